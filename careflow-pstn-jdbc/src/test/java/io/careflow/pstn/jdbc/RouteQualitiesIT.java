package io.careflow.pstn.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.Direction;
import io.careflow.pstn.call.Disposition;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.call.NeutralCause;
import io.careflow.pstn.call.Party;
import io.careflow.pstn.call.ReleasedBy;
import io.careflow.pstn.cdr.Cdr;
import io.careflow.pstn.cdr.CdrCost;
import io.careflow.pstn.cdr.CdrQuery;
import io.careflow.pstn.cdr.CdrTimes;
import io.careflow.pstn.cdr.RouteQualities;
import io.careflow.pstn.routing.CauseVerdict;
import io.careflow.pstn.routing.FailoverClass;
import io.careflow.pstn.routing.FailoverDecision.Move;
import io.careflow.pstn.routing.RouteAttempt;
import io.careflow.pstn.routing.TriedRoute;
import io.careflow.pstn.trunk.TrunkRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class RouteQualitiesIT {
    private static final List<String> NUMBERS =
            List.of("+14165550100", "+14165550101", "+442079460000", "+4915112345678", "sip:1001");
    private static final List<Integer> CAUSES = List.of(0, 1, 16, 17, 19, 22, 28, 34);

    private final JdbiCdrStore store =
            TestPostgres.open(TestPostgres.emptyDatabase()).cdrs();
    private final Random random = new Random(20261122);

    @Test
    @DisplayName("the database adds up what reading the records one by one adds up, on records of every kind")
    void agree() {
        for (int i = 0; i < 600; i++) {
            store.append(record(i));
        }
        CdrQuery part = CdrQuery.between(Cdrs.START.plusSeconds(100), Cdrs.START.plusSeconds(500));
        for (int digits : new int[] {0, 1, 2, 4, 18}) {
            for (CdrQuery query : List.of(Cdrs.ALL, part, part.of(Cdrs.CLINIC), Cdrs.ALL.of(new ProviderId("no")))) {
                assertThat(store.qualities(query, digits))
                        .isEqualTo(RouteQualities.byPrefix(digits)
                                .read(store, query)
                                .all());
            }
        }
        assertThat(store.qualitiesByCountry(part))
                .isEqualTo(RouteQualities.byCountry().read(store, part).all());
        assertThat(store.qualitiesByCountry(Cdrs.ALL).keySet())
                .extracting(RouteQualities.Key::destination)
                .contains("CA", "GB", "DE", "");
        assertThat(store.qualities(Cdrs.ALL, 1)).hasSizeGreaterThan(10);
        assertThat(store.qualities(Cdrs.ALL.of(new ProviderId("no")), 1)).isEmpty();
    }

    @Test
    @DisplayName("a prefix of no possible length is refused before anything is read")
    void refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> store.qualities(Cdrs.ALL, 19));
        assertThatIllegalArgumentException().isThrownBy(() -> store.qualities(Cdrs.ALL, -1));
    }

    private Cdr record(int number) {
        Instant start = Cdrs.START.plusSeconds(number).plusMillis(random.nextInt(1000));
        Instant picked = random.nextBoolean() ? start.plusMillis(random.nextInt(5000)) : null;
        Instant answered = picked != null && random.nextBoolean() ? picked.plusMillis(random.nextInt(5000)) : null;
        Instant rang = random.nextBoolean() ? start.plusMillis(random.nextInt(3000)) : null;
        Instant ended = start.plusMillis(20_000 + random.nextInt(60_000));
        Cdr cdr = new Cdr(
                new CallRef(Cdrs.PROVIDER, "n" + number),
                random.nextBoolean() ? Cdrs.CLINIC : io.careflow.pstn.TenantId.DEFAULT,
                any(List.of(Direction.values())),
                random.nextInt(4) == 0 ? null : any(List.of("telnyx", "voipms")),
                Party.of("+14165550199"),
                Party.of(any(NUMBERS)),
                null,
                null,
                new CdrTimes(start, picked, rang, null, answered, answered == null ? null : ended, ended, true),
                any(List.of(Disposition.values())),
                new HangupCause(any(CAUSES), null, ""),
                ReleasedBy.UNKNOWN,
                List.of(),
                null,
                CdrCost.UNRATED);
        List<TriedRoute> attempts = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            attempts.add(attempt(attempts.size() + 1, start));
        }
        return cdr.trying(attempts);
    }

    private TriedRoute attempt(int number, Instant start) {
        NeutralCause cause = any(List.of(NeutralCause.values()));
        ProviderId provider = Cdrs.PROVIDER;
        String route = any(List.of("east", "west"));
        RouteAttempt attempt = new RouteAttempt(
                number,
                route,
                provider,
                random.nextBoolean() ? new TrunkRef(provider, route + "-trunk") : null,
                new CauseVerdict(cause, FailoverClass.FINAL),
                HangupCause.UNKNOWN,
                null,
                "test");
        Instant rang = later(start, 3000);
        Instant answered = later(rang == null ? start : rang, 9000);
        Instant ended = start.plusMillis(30_000 + random.nextInt(9000));
        return new TriedRoute(attempt, any(NUMBERS), "", start, rang, answered, ended, Move.STOP);
    }

    private @Nullable Instant later(Instant than, int millis) {
        return random.nextBoolean() ? than.plusMillis(random.nextInt(millis)) : null;
    }

    private <T> T any(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
