package io.careflow.pstn.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.call.Disposition;
import io.careflow.pstn.call.Party;
import io.careflow.pstn.directory.CareFlowId;
import io.careflow.pstn.directory.Did;
import io.careflow.pstn.directory.Directory;
import io.careflow.pstn.directory.User;
import io.careflow.pstn.event.InboundCall;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.flow.Dial;
import io.careflow.pstn.guard.CallGuard;
import io.careflow.pstn.guard.GuardRule;
import io.careflow.pstn.guard.GuardRules;
import io.careflow.pstn.guard.GuardRulesBook;
import io.careflow.pstn.guard.MemoryGuardStore;
import io.careflow.pstn.guard.TalkPrice;
import io.careflow.pstn.money.Money;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("An inbound call to a user who has a telephone number outside")
class ForwardGuardTest {
    private static final Instant NOW = Instant.parse("2026-01-05T15:00:00Z");
    private static final PhoneNumber OWN = new PhoneNumber("+18195550102");
    private static final PhoneNumber MOBILE = new PhoneNumber("+14165550142");
    private static final PhoneNumber SATELLITE = new PhoneNumber("+88216555012");

    private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    private final List<RuntimeException> failures = new ArrayList<>();
    private int calls;

    @Test
    @DisplayName("rings phones of ours only, unless forwarding is allowed; with none of ours the user is not reachable")
    void notUnlessAllowed() {
        assertThat(rung("sip:1001")).containsExactly(Destination.sip("sip:1001"));
        CallFlow flow = desk(MOBILE).next(arriving());
        assertThat(flow.ending()).isNotInstanceOf(Dial.class);
        assertThat(flow.note().outcome()).isEqualTo(Disposition.NOT_REGISTERED);
    }

    @Test
    @DisplayName("rings the number too where the guard lets it pass, no longer than the guard says")
    void allowed() {
        ForwardGuard guard = ForwardGuard.of(guard(), (user, number) -> Optional.of(cents("0.02")));
        InboundDesk desk = desk(MOBILE).forwarding(guard);
        Dial dial = (Dial) desk.next(arriving()).ending();
        assertThat(dial.destinations()).containsExactly(Destination.number(MOBILE));
        assertThat(dial.longest()).isLessThanOrEqualTo(Duration.ofMinutes(60));
    }

    @Test
    @DisplayName(
            "never rings a number that the rules deny, which the record says, one of unknown price, or any while the guard fails")
    void denied() {
        ForwardGuard guard = ForwardGuard.of(guard(), (user, number) -> Optional.of(cents("0.02")));
        CallFlow refused = desk(SATELLITE).forwarding(guard).next(arriving());
        assertThat(refused.ending()).isNotInstanceOf(Dial.class);
        assertThat(refused.note().outcome()).isEqualTo(Disposition.DENIED);
        ForwardGuard unpriced = ForwardGuard.of(guard(), (user, number) -> Optional.empty());
        assertThat(desk(MOBILE).forwarding(unpriced).next(arriving()).ending()).isNotInstanceOf(Dial.class);
        ForwardGuard failing = (call, user, number, wanted) -> {
            throw new IllegalStateException("down");
        };
        assertThat(desk(MOBILE).forwarding(failing).next(arriving()).ending()).isNotInstanceOf(Dial.class);
        assertThat(failures).hasSize(1);
    }

    @Test
    @DisplayName("counts with all other calls: the limit of the user holds")
    void counted() {
        CallGuard shared = guard();
        InboundDesk desk =
                desk(MOBILE).forwarding(ForwardGuard.of(shared, (user, number) -> Optional.of(cents("0.02"))));
        List<Boolean> rung = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            rung.add(desk.next(arriving()).ending() instanceof Dial);
        }
        assertThat(rung).containsExactly(true, true, false);
    }

    private CallGuard guard() {
        GuardRules rules = GuardRules.standard("CA").limit(GuardRule.USER_MINUTE, 2);
        return new CallGuard(GuardRulesBook.always(rules), new MemoryGuardStore(clock), clock);
    }

    private static TalkPrice cents(String perMinute) {
        return TalkPrice.perStartedMinute(Money.of(perMinute, "USD"));
    }

    private List<Destination> rung(String phone) {
        InboundDesk desk = new InboundDesk(
                new One(List.of(Destination.sip(phone), Destination.number(MOBILE))),
                InboundPrompts.english(),
                InboundSettings.defaults());
        return ((Dial) desk.next(arriving()).ending()).destinations();
    }

    private InboundDesk desk(PhoneNumber only) {
        return new InboundDesk(
                new One(List.of(Destination.number(only))),
                InboundPrompts.english(),
                InboundSettings.defaults(),
                (event, failure) -> failures.add(failure));
    }

    private InboundCall arriving() {
        CallRef call = new CallRef(new ProviderId("test"), "c" + calls++);
        return new InboundCall("e-" + call.id(), NOW, call, Party.of("+14165550100"), Party.of(OWN));
    }

    private record One(List<Destination> endpoints) implements Directory {
        @Override
        public Optional<Did> did(PhoneNumber number) {
            User user = new User("bert", new TenantId("clinic"), new CareFlowId(2), "Bert", endpoints, false);
            return Optional.of(new Did(number, user.tenant(), "telnyx", user));
        }

        @Override
        public Optional<User> user(TenantId tenant, CareFlowId id) {
            return Optional.empty();
        }
    }
}
