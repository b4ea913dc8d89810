package io.careflow.pstn.rating;

import static org.assertj.core.api.Assertions.assertThat;

import io.careflow.pstn.call.Direction;
import io.careflow.pstn.money.Rounding;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** Whole numbers say what decimals say, or that they cannot. */
class ScaledTest {

    private static final BigDecimal LIMIT = BigDecimal.valueOf(Long.MAX_VALUE, 10);

    @Property
    void aSumOfPricesIsExactOrTooLarge(
            @ForAll("prices") BigDecimal price,
            @ForAll("prices") BigDecimal fee,
            @ForAll @LongRange(max = 10_000_000_000L) long seconds) {
        BigDecimal exact = price.multiply(BigDecimal.valueOf(seconds)).add(fee.multiply(Charge.SIXTY));
        long scaled = Scaled.sum(Scaled.times60(fee), Scaled.usage(Scaled.of(price), seconds));
        if (scaled == Scaled.TOO_LARGE) {
            assertThat(price.max(fee).max(exact)).isGreaterThan(LIMIT);
        } else {
            assertThat(Scaled.decimal(scaled)).isEqualByComparingTo(exact);
            assertThat(Scaled.decimal(scaled).scale()).isBetween(0, 10);
        }
    }

    @Property
    void roundingIsThatOfDecimals(
            @ForAll("amounts") long times60,
            @ForAll("modes") RoundingMode mode,
            @ForAll @IntRange(max = 10) int decimals) {
        Rounding rounding = new Rounding(mode, decimals);
        BigDecimal exact = rounding.quotient(BigDecimal.valueOf(times60, 10), Charge.SIXTY);
        assertThat(BigDecimal.valueOf(Scaled.rounded(times60, rounding), decimals))
                .isEqualTo(exact);
    }

    /** A charge that a long holds is the same as one that is walked through, increment by increment. */
    @Property
    void aPlainChargeIsThatOfTheWalk(
            @ForAll("prices") BigDecimal price,
            @ForAll("prices") BigDecimal minimum,
            @ForAll @IntRange(min = 1, max = 120) int initial,
            @ForAll @IntRange(min = 1, max = 120) int step,
            @ForAll @LongRange(min = 1, max = 100_000_000) long seconds,
            @ForAll @IntRange(max = 90) int included) {
        RateDeck deck = Decks.deck(Rate.builder("1")
                        .perMinute(price)
                        .minimumCharge(minimum)
                        .includedSeconds(included)
                        .increments(initial, step))
                .build();
        Terms terms = deck.rate(0).terms();
        RatedCall call = RatedCall.answered(Decks.NUMBER, Instant.EPOCH, seconds * 1000);
        Tariff tariff = new Tariff(List.of(deck.rate(0)), Instant.EPOCH, deck.zone());
        Charge walked =
                Charge.walked(deck.policy(), call, terms, 1, new Meter(deck, tariff, deck.rate(0), seconds).parts());
        Charge rated = Decks.charge(Rater.of(List.of(deck)).rate("carrier", Direction.OUTBOUND, call));
        assertThat(rated).isEqualTo(walked).hasSameHashCodeAs(walked).hasToString(walked.toString());
        assertThat(rated.billedSeconds()).isEqualTo(walked.billedSeconds());
    }

    @Property
    void localTimeIsThatOfTheZone(
            @ForAll("zones") String zone,
            @ForAll @LongRange(min = -10_000_000_000L, max = 10_000_000_000L) long second) {
        Instant instant = Instant.ofEpochSecond(second);
        long offset = ZoneId.of(zone).getRules().getOffset(instant).getTotalSeconds();
        assertThat(new ZoneClock(ZoneId.of(zone)).localSecond(instant)).isEqualTo(second + offset);
    }

    @Provide
    Arbitrary<String> zones() {
        return Arbitraries.of(
                "UTC", "America/New_York", "Europe/London", "Australia/Lord_Howe", "Pacific/Apia", "Asia/Tehran");
    }

    @Provide
    Arbitrary<RoundingMode> modes() {
        return Arbitraries.of(RoundingMode.class).filter(mode -> mode != RoundingMode.UNNECESSARY);
    }

    @Provide
    Arbitrary<Long> amounts() {
        return Arbitraries.oneOf(
                Arbitraries.longs().between(0, Long.MAX_VALUE),
                Arbitraries.longs().between(0, 1_000_000).map(half -> half * 300_000),
                Arbitraries.longs().between(0, 30_000_000).map(half -> half * 300_000_000_000L));
    }

    @Provide
    Arbitrary<BigDecimal> prices() {
        return Arbitraries.oneOf(
                Arbitraries.bigDecimals()
                        .between(BigDecimal.ZERO, BigDecimal.TEN)
                        .ofScale(10),
                Arbitraries.bigDecimals()
                        .between(BigDecimal.ZERO, new BigDecimal("999999999"))
                        .ofScale(10));
    }
}
