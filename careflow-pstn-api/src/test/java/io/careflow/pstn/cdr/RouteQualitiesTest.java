package io.careflow.pstn.cdr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.careflow.pstn.TenantId;
import io.careflow.pstn.call.Direction;
import io.careflow.pstn.call.Disposition;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.call.NeutralCause;
import io.careflow.pstn.call.Party;
import io.careflow.pstn.call.ReleasedBy;
import io.careflow.pstn.routing.CauseVerdict;
import io.careflow.pstn.routing.FailoverClass;
import io.careflow.pstn.routing.FailoverDecision.Move;
import io.careflow.pstn.routing.RouteAttempt;
import io.careflow.pstn.routing.RouteQuality;
import io.careflow.pstn.routing.TriedRoute;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RouteQualitiesTest {
    private static final Set<NeutralCause> SAY_NOTHING = EnumSet.of(
            NeutralCause.UNALLOCATED,
            NeutralCause.INVALID_NUMBER,
            NeutralCause.NUMBER_CHANGED,
            NeutralCause.INVALID_REQUEST,
            NeutralCause.BLOCKED,
            NeutralCause.CANCELED);

    @Test
    @DisplayName("ASR, ACD and PDD are of each trunk towards each country")
    void measures() {
        RouteQualities qualities = RouteQualities.byCountry();
        qualities.add(record(
                tried("east", "+14165550100", NeutralCause.CONGESTION, null, null, 1),
                tried("west", "+14165550100", NeutralCause.COMPLETED, 2, 5, 65)));
        qualities.add(record(tried("west", "+14165550101", NeutralCause.BUSY, 4, null, 6)));
        qualities.add(record(tried("west", "+442079460000", NeutralCause.COMPLETED, null, 3, 13)));

        Map<RouteQualities.Key, RouteQuality> all = qualities.all();

        assertThat(all).hasSize(3);
        assertThat(all.get(new RouteQualities.Key("west", "CA")))
                .isEqualTo(new RouteQuality(2, 1, 60_000, 2, 6_000, Story.at(65)));
        assertThat(all.get(new RouteQualities.Key("west", "GB")))
                .as("no ringing: the answer ends the delay")
                .isEqualTo(new RouteQuality(1, 1, 10_000, 1, 3_000, Story.at(13)));
        assertThat(all.get(new RouteQualities.Key("east", "CA")))
                .isEqualTo(new RouteQuality(1, 0, 0, 0, 0, Story.at(1)));
    }

    @ParameterizedTest
    @EnumSource(NeutralCause.class)
    @DisplayName(
            "an unanswered attempt counts against its route, unless the number, the request, a guard or the caller decided")
    void whatCounts(NeutralCause cause) {
        RouteQualities qualities = RouteQualities.byPrefix(0);
        qualities.add(record(tried("east", "+14165550100", cause, null, null, 9)));

        assertThat(qualities.all().isEmpty()).isEqualTo(SAY_NOTHING.contains(cause));
    }

    @Test
    @DisplayName("a caller who gives up while it rings counts, one who gives up before does not")
    void canceled() {
        RouteQualities qualities = RouteQualities.byPrefix(2);
        qualities.add(record(tried("east", "+14165550100", NeutralCause.CANCELED, 3, null, 9)));
        qualities.add(record(tried("east", "+14165550100", NeutralCause.CANCELED, null, null, 9)));

        assertThat(qualities.all())
                .isEqualTo(
                        Map.of(new RouteQualities.Key("east", "14"), new RouteQuality(1, 0, 0, 1, 3_000, Story.at(9))));
    }

    @Test
    @DisplayName(
            "a call out without attempts counts under its carrier; one that came in, or of no known carrier, does not")
    void withoutAttempts() {
        RouteQualities qualities = RouteQualities.byPrefix(1);
        qualities.add(bare(Direction.OUTBOUND, "telnyx", 16));
        qualities.add(bare(Direction.OUTBOUND, "telnyx", 1));
        qualities.add(bare(Direction.OUTBOUND, null, 16));
        qualities.add(bare(Direction.INBOUND, "telnyx", 16));

        assertThat(qualities.all())
                .isEqualTo(
                        Map.of(new RouteQualities.Key("telnyx", "1"), new RouteQuality(1, 0, 0, 0, 0, Story.at(30))));
    }

    @Test
    @DisplayName("a prefix longer than 18 digits is refused")
    void refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> RouteQualities.byPrefix(19));
    }

    private static Cdr record(TriedRoute... attempts) {
        return bare(Direction.INBOUND, null, 16).trying(List.of(attempts));
    }

    private static Cdr bare(Direction direction, @Nullable String carrier, int q850) {
        return new Cdr(
                Story.CALL,
                TenantId.DEFAULT,
                direction,
                carrier,
                Party.of("+14165550199"),
                Party.of("+14165550100"),
                null,
                null,
                new CdrTimes(Story.at(0), null, null, null, null, null, Story.at(30), true),
                Disposition.FAILED,
                HangupCause.of(q850, ""),
                ReleasedBy.UNKNOWN,
                List.of(),
                null,
                CdrCost.UNRATED);
    }

    private static TriedRoute tried(
            String trunk,
            String called,
            NeutralCause cause,
            @Nullable Integer rang,
            @Nullable Integer answered,
            int ended) {
        RouteAttempt attempt = new RouteAttempt(
                1,
                trunk,
                Story.CALL.provider(),
                null,
                new CauseVerdict(cause, FailoverClass.FINAL),
                HangupCause.UNKNOWN,
                null,
                "test");
        return new TriedRoute(attempt, called, "", Story.at(0), time(rang), time(answered), Story.at(ended), Move.STOP);
    }

    private static @Nullable Instant time(@Nullable Integer second) {
        return second == null ? null : Story.at(second);
    }
}
