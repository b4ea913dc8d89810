package io.careflow.pstn.siptrunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.money.Money;
import io.careflow.pstn.rating.Fee;
import io.careflow.pstn.rating.RatedCall;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class TrunkCostsTest {
    private static final Instant NOW = Instant.parse("2026-03-01T04:30:00Z");
    private static final ZoneId TORONTO = ZoneId.of("America/Toronto");

    @Test
    @DisplayName("a call within the zone of the flat rate costs nothing more")
    void included() {
        CallCost cost = costs(Trunk.flat()).of(call("14165551212"));
        assertThat(cost.marginal()).isEqualTo(Money.of("0", "USD"));
        assertThat(cost.basis()).isEqualTo(CallCost.Basis.FLAT);
    }

    @Test
    @DisplayName("an excluded prefix has its rate, and is unknown where there is none")
    void excluded() {
        CallCost jamaica = costs(Trunk.flat()).of(call("18765551212"));
        assertThat(jamaica.marginal()).isEqualTo(Money.of("0.60", "USD"));
        assertThat(jamaica.basis()).isEqualTo(CallCost.Basis.METERED);
        CallCost premium = costs(Trunk.flat()).of(call("19005551212"));
        assertThat(premium.marginal()).isNull();
        assertThat(premium.basis()).isEqualTo(CallCost.Basis.UNKNOWN);
        assertThat(premium.explanation()).contains("19005551212");
    }

    @Test
    @DisplayName("a number outside the zone is unknown, not free")
    void outside() {
        assertThat(costs(Trunk.flat()).of(call("442071234567")).marginal()).isNull();
        assertThat(costs(TrunkPricing.UNKNOWN).of(call("14165551212")).marginal())
                .isNull();
    }

    @Test
    @DisplayName("a flat rate without any rate beside it is a deck all the same")
    void flatAlone() {
        TrunkPricing pricing =
                TrunkPricing.flatPerChannel(Money.of("24.99", "USD"), 4, Set.of("1416"), Set.of("1416976"));
        assertThat(costs(pricing).of(call("14165551212")).basis()).isEqualTo(CallCost.Basis.FLAT);
        assertThat(costs(pricing).of(call("14169765121")).basis()).isEqualTo(CallCost.Basis.UNKNOWN);
    }

    @Test
    @DisplayName("a flat rate for the account is paid once, however many channels it has")
    void account() {
        TrunkPricing pricing = new TrunkPricing(
                TrunkPricing.Model.FLAT_ACCOUNT,
                Currency.getInstance("USD"),
                null,
                0,
                Money.of("50", "USD"),
                Money.of("1", "USD"),
                null,
                Set.of("1"),
                Set.of("1900"),
                null,
                List.of(),
                null,
                "contract");
        assertThat(costs(pricing).monthly())
                .extracting(Fee::amount)
                .containsExactly(Money.of("50", "USD"), Money.of("1", "USD"));
        assertThat(costs(pricing).of(call("14165551212")).basis()).isEqualTo(CallCost.Basis.FLAT);
    }

    @Test
    @DisplayName("the month is spread over its minutes in a report, and over none if nobody talked")
    void allocated() {
        TrunkCosts costs = costs(Trunk.flat());
        TrunkCosts.Allocation month = costs.allocated(Duration.ofMinutes(9996));
        assertThat(month.fees()).isEqualTo(Money.of("99.96", "USD"));
        assertThat(month.perMinute()).contains(Money.of("0.01", "USD"));
        assertThat(month.share(Duration.ofMinutes(100))).contains(Money.of("1", "USD"));
        assertThat(month.minutes()).isEqualByComparingTo(new BigDecimal("9996"));
        assertThat(costs.allocated(Duration.ZERO).perMinute()).isEmpty();
        assertThat(costs(TrunkPricing.UNKNOWN).allocated(Duration.ofHours(1)).perMinute())
                .isEmpty();
    }

    @Test
    @DisplayName("80 and 100 percent of fair use are told once a month each, in the month of the carrier's clock")
    void fairUse() {
        List<FairUse> told = new ArrayList<>();
        FairUseMeter meter = new FairUseMeter(fair(), TORONTO, told::add);
        meter.add(NOW, Duration.ofMinutes(3199));
        assertThat(told).isEmpty();
        meter.add(NOW, Duration.ofMinutes(1));
        assertThat(told).extracting(FairUse::level).containsExactly(FairUse.Level.NEAR);
        meter.add(NOW, Duration.ofMinutes(799));
        assertThat(told).hasSize(1);
        meter.add(NOW, Duration.ofMinutes(2));
        meter.add(NOW, Duration.ofMinutes(2));
        assertThat(told).extracting(FairUse::level).containsExactly(FairUse.Level.NEAR, FairUse.Level.EXCEEDED);
        // In Toronto it is still February.
        assertThat(meter.use(YearMonth.of(2026, 2)).used()).isEqualTo(Duration.ofMinutes(4003));
        assertThat(meter.use(YearMonth.of(2026, 3)).used()).isZero();
    }

    @Test
    @DisplayName("one long call that reaches both levels tells both, in order")
    void bothLevels() {
        List<FairUse> told = new ArrayList<>();
        new FairUseMeter(fair(), TORONTO, told::add).add(NOW, Duration.ofMinutes(5000));
        assertThat(told).extracting(FairUse::percent).containsExactly(80L, 125L);
    }

    @Test
    @DisplayName("a profile that knows no fair use has nothing to watch")
    void noFairUse() {
        SipTrunkProfile profile = Trunk.builder().pricing(Trunk.flat()).build();
        assertThat(FairUse.of(profile, YearMonth.of(2026, 2))).isEmpty();
        assertThatThrownBy(() -> new FairUseMeter(profile, TORONTO, use -> {}))
                .hasMessageContaining("fairUseMinutesPerChannel");
    }

    private static SipTrunkProfile fair() {
        return Trunk.builder().pricing(Trunk.flat().fairUse(1000)).build();
    }

    private static TrunkCosts costs(TrunkPricing pricing) {
        return TrunkCosts.of(Trunk.builder().pricing(pricing).build());
    }

    /** 90 seconds of talk. */
    private static RatedCall call(String digits) {
        return RatedCall.answered(digits, NOW, 90_000);
    }
}
