package io.careflow.pstn.rating;

import static org.assertj.core.api.Assertions.assertThat;

import io.careflow.pstn.call.Direction;
import io.careflow.pstn.money.Money;
import io.careflow.pstn.money.Rounding;
import io.careflow.pstn.rating.RatingResult.Rated;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;

/**
 * What must hold whatever the rates, the hour and the length of a call. More tries: {@code -Djqwik.tries.default=20000}. A failure
 * prints the seed that repeats it.
 */
class RatingLawsTest {

    private static final long TWO_HOURS = 7_200_000;
    private static final Duration DAY = Duration.ofDays(1);

    @Property
    void costIsExactlyThatOfSteppingThroughTheIncrements(
            @ForAll("prices") Tries.Prices prices,
            @ForAll("instants") Instant answer,
            @ForAll @LongRange(max = TWO_HOURS) long millis) {
        Charge charge = prices.charge(answer, millis);
        List<BigDecimal> expected = new SlowOracle(prices).times60AndSeconds(answer, millis);

        assertThat(charge.amountTimes60()).isEqualByComparingTo(expected.get(0));
        assertThat(charge.billedSeconds()).isEqualTo(expected.get(1).longValueExact());
        assertThat(charge.amount().amount())
                .isEqualByComparingTo(expected.get(0).divide(BigDecimal.valueOf(60), 6, RoundingMode.HALF_UP));
        assertThat(charge.amountTimes60().scale()).isLessThanOrEqualTo(10);
    }

    @Property
    void longerTalkNeverCostsLessAndNothingIsNegative(
            @ForAll("prices") Tries.Prices prices,
            @ForAll("instants") Instant answer,
            @ForAll @LongRange(max = TWO_HOURS) long millis,
            @ForAll @LongRange(max = 120_000) long more) {
        Charge shorter = prices.charge(answer, millis);
        Charge longer = prices.charge(answer, millis + more);

        assertThat(shorter.amountTimes60().signum()).isNotNegative();
        assertThat(shorter.amount().signum()).isNotNegative();
        assertThat(longer.amountTimes60()).isGreaterThanOrEqualTo(shorter.amountTimes60());
        assertThat(longer.amount()).isGreaterThanOrEqualTo(shorter.amount());
        assertThat(longer.billedSeconds()).isGreaterThanOrEqualTo(shorter.billedSeconds());
    }

    @Property
    void theOrderOfTheDeckChangesNothing(
            @ForAll("prices") Tries.Prices prices,
            @ForAll("instants") Instant answer,
            @ForAll @LongRange(max = TWO_HOURS) long millis,
            @ForAll long seed) {
        assertThat(Tries.charge(prices.shuffled(seed), answer, millis)).isEqualTo(prices.charge(answer, millis));
    }

    /** Cut a call billed by the second wherever you like: its parts cost what the whole does. */
    @Property
    void partsOfACallCostWhatTheWholeDoes(
            @ForAll("pricesBySecond") Tries.Prices prices,
            @ForAll("instants") Instant answer,
            @ForAll @LongRange(max = 7_200) long first,
            @ForAll @LongRange(max = 7_200) long second) {
        BigDecimal whole = prices.charge(answer, (first + second) * 1000).amountTimes60();
        BigDecimal before = prices.charge(answer, first * 1000).amountTimes60();
        BigDecimal after =
                prices.charge(answer.plusSeconds(first), second * 1000).amountTimes60();
        assertThat(before.add(after)).isEqualByComparingTo(whole);
    }

    @Property
    void thePartsOfAChargeAddUpToIt(
            @ForAll("prices") Tries.Prices prices,
            @ForAll("instants") Instant answer,
            @ForAll @LongRange(max = TWO_HOURS) long millis) {
        Charge charge = prices.charge(answer, millis);
        assertThat(charge.parts().stream().mapToLong(ChargePart::seconds).sum()).isEqualTo(charge.billedSeconds());
        String amount = charge.amount().amount().setScale(6).toPlainString();
        assertThat(charge.explanation()).doesNotContain("\n").endsWith(" = " + amount + " USD");
    }

    @Property
    void grantedTalkIsPaidForAndAnotherSecondIsNot(
            @ForAll("prices") Tries.Prices prices,
            @ForAll("instants") Instant answer,
            @ForAll @LongRange(max = 20_000_000) long micros) {
        Money balance = new Money(BigDecimal.valueOf(micros, 6), Currency.getInstance("USD"));
        Allowance allowance = quote(prices, answer).affordable(balance, DAY);
        assertThat(allowance.price()).isInstanceOf(Rated.class);
        if (allowance.isDenied()) {
            Rate rate = prices.charge(answer, 1_000).rate().orElseThrow();
            long first = Math.max(rate.graceSeconds(), rate.includedSeconds()) + 1L;
            assertThat(costs(prices.charge(answer, first * 1000), limit(rate, balance)))
                    .isTrue();
            return;
        }
        long seconds = allowance.talk().toSeconds();
        Charge charge = prices.charge(answer, seconds * 1000);
        BigDecimal limit = limit(charge.rate().orElseThrow(), balance);
        assertThat(costs(charge, limit)).isFalse();
        assertThat(allowance.price()).isEqualTo(new Rated(charge));
        if (seconds < DAY.toSeconds()) {
            assertThat(costs(prices.charge(answer, (seconds + 1) * 1000), limit))
                    .isTrue();
        }
    }

    @Property
    void whatACallCostPaysForIt(
            @ForAll("prices") Tries.Prices prices,
            @ForAll("instants") Instant answer,
            @ForAll @LongRange(min = 100, max = 7_200) long seconds) {
        Charge charge = prices.charge(answer, seconds * 1000);
        if (charge.rate().orElseThrow().maximumPolicy() == MaximumPolicy.DISCONNECT) {
            return;
        }
        BigDecimal cost =
                charge.amountToTenDecimals().max(charge.amount().amount()).add(new BigDecimal("0.0000000001"));
        Money balance = new Money(cost, charge.amount().currency());
        assertThat(quote(prices, answer).affordable(balance, DAY).talk().toSeconds())
                .isGreaterThanOrEqualTo(seconds);
    }

    @Property
    void aTotalDoesNotDrift(
            @ForAll("prices") Tries.Prices prices,
            @ForAll("instants") Instant answer,
            @ForAll @LongRange(max = TWO_HOURS) long millis) {
        Charge charge = prices.charge(answer, millis);
        ExactTotal total = ExactTotal.in(charge.amount().currency());
        for (int i = 0; i < 60; i++) {
            total = total.plus(charge);
        }
        assertThat(total.amount(Rounding.NONE).amount()).isEqualByComparingTo(charge.amountTimes60());
    }

    @Provide
    Arbitrary<Tries.Prices> prices() {
        return Tries.prices();
    }

    @Provide
    Arbitrary<Tries.Prices> pricesBySecond() {
        return Tries.pricesBySecond();
    }

    @Provide
    Arbitrary<Instant> instants() {
        return Tries.instants();
    }

    private static Quote quote(Tries.Prices prices, Instant answer) {
        return Rater.of(List.of(prices.deck())).quote("carrier", Direction.OUTBOUND, Decks.NUMBER, answer);
    }

    private static BigDecimal limit(Rate rate, Money balance) {
        return rate.maximumPolicy() == MaximumPolicy.DISCONNECT
                ? balance.amount().min(rate.maximumCharge().orElse(balance.amount()))
                : balance.amount();
    }

    /** More than this, exactly or as booked. */
    private static boolean costs(Charge charge, BigDecimal limit) {
        return charge.amount().amount().compareTo(limit) > 0
                || charge.amountTimes60().compareTo(limit.multiply(BigDecimal.valueOf(60))) > 0;
    }
}
