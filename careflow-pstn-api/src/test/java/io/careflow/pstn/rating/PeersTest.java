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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Amounts that other billing systems get wrong, by their own tests or reports; here each is right, and still explains itself. */
class PeersTest {

    private static final Instant T = Instant.parse("2026-03-02T15:00:00Z");

    @Test
    void cgratesGetCostRoundingMakes03001OfThirtyCents() {
        Charge charge = charge(deck(rate("0.1", 1, 1)).rounding(rounding(RoundingMode.HALF_UP, 4)), 180);
        assertThat(charge.explanation()).endsWith(" = 0.3000 USD");
        assertThat(charge.amountTimes60()).isEqualByComparingTo("18");
    }

    @Test
    void cgratesDebitRoundingMakes030006OfThirtyCents() {
        assertThat(charge(deck(rate("0.1", 1, 1)), 180).amount()).isEqualTo(usd("0.3"));
        assertThat(charge(deck(rate("0.1", 1, 1)).roundingStage(RoundingStage.INCREMENT), 180)
                        .amount())
                .as("only if asked to round as it does")
                .isEqualTo(usd("0.30006"));
    }

    @Test
    void cgratesCostOfTwoGroupsMakes07002OfSeventyCents() {
        RateBuilder rate = rate("0.2", 60, 60).connectionFee("0.4").tier(60, "0.1", 1);
        Charge charge = charge(deck(rate).rounding(rounding(RoundingMode.UP, 4)), 120);
        assertThat(charge.amount()).isEqualTo(usd("0.7"));
        assertThat(charge.explanation())
                .isEqualTo("prefix 1, 120 s billed (60+60x1) of 120 s, 60 s at 0.2 USD/min + 60 s at 0.1 USD/min"
                        + " -> 0.3, fee 0.4 = 0.7000 USD");
    }

    @Test
    void cgratesOldTutorialMakes06418Of0641667() {
        RateBuilder rate = rate("0.2", 60, 60).connectionFee("0.4").tier(60, "0.1", 1);
        assertThat(charge(deck(rate), 85).amount()).isEqualTo(usd("0.641667"));
        assertThat(charge(deck(rate).rounding(rounding(RoundingMode.UP, 4)), 85).amount())
                .isEqualTo(usd("0.6417"));
    }

    @Test
    void ivozproviderMakes04980OfFiftyCents() {
        Charge charge = charge(deck(rate("0.05", 1, 1)).rounding(rounding(RoundingMode.UP, 4)), 600);
        assertThat(charge.amount()).isEqualTo(usd("0.5"));
    }

    @Test
    void cgratesIncrementsAtFiveDecimalsMakeACallFree() {
        assertThat(charge(deck(rate("0.0002", 1, 1)), 600).amount()).isEqualTo(usd("0.002"));
        RateDeckBuilder asThere = deck(rate("0.0002", 1, 1))
                .roundingStage(RoundingStage.INCREMENT)
                .rounding(rounding(RoundingMode.HALF_UP, 5));
        assertThat(charge(asThere, 600).amount()).isEqualTo(usd("0"));
        assertThat(charge(asThere, 600).explanation()).contains(", each increment rounded");
    }

    /**
     * By how much rounding each second at five decimals misses, for ten minutes. At 0.0045 a second costs exactly half of the last
     * place; binary floating point falls off on the other side of it and misses by -6.67.
     */
    @ParameterizedTest
    @CsvSource({
        "0.0002, -100",
        "0.0005, 20",
        "0.001, 20",
        "0.0045, 6.67",
        "0.0085, -1.18",
        "0.01, 2",
        "0.014, -1.43",
        "0.05, -0.4"
    })
    void roundingEachIncrementMissesByPercentsWhereOursIsExact(String price, BigDecimal percent) {
        Rounding five = rounding(RoundingMode.HALF_UP, 5);
        BigDecimal exact = new BigDecimal(price).multiply(BigDecimal.TEN);
        Charge ours = charge(deck(rate(price, 1, 1)), 600);
        assertThat(ours.amount().amount()).isEqualByComparingTo(exact);

        Charge theirs = charge(
                deck(rate(price, 1, 1)).roundingStage(RoundingStage.INCREMENT).rounding(five), 600);
        BigDecimal error = theirs.amountTimes60()
                .subtract(ours.amountTimes60())
                .multiply(BigDecimal.valueOf(100))
                .divide(ours.amountTimes60(), 2, RoundingMode.HALF_UP);
        assertThat(error).isEqualByComparingTo(percent);
    }

    @Test
    void cgratesIssue118BillsHalfOfThirtySix() {
        Charge charge = charge(deck(rate("0.006", 30, 6)), 57);
        assertThat(charge.billedSeconds()).isEqualTo(60);
        assertThat(charge.amount()).isEqualTo(usd("0.006"));
    }

    @Test
    void a2billingGrantsTalkThatIsNotPaidFor() {
        Allowance allowance = quote(rate("0.04", 60, 60)).affordable(usd("0.01"), Duration.ofHours(1));
        assertThat(allowance.isDenied()).isTrue();
        assertThat(allowance.price())
                .isInstanceOfSatisfying(
                        Rated.class,
                        rated -> assertThat(rated.charge())
                                .hasToString(
                                        "prefix 1, 0.01 USD does not pay the first 60 s, which cost 0.04 USD = 0.000000 USD"));
    }

    @Test
    void astppGrantsHalfAMinuteThatIsChargedAsAWhole() {
        Allowance allowance =
                quote(rate("0.10", 60, 60).connectionFee("0.05")).affordable(usd("1.00"), Duration.ofHours(1));
        assertThat(allowance.talk()).hasMinutes(9);
        assertThat(allowance.price())
                .isInstanceOfSatisfying(
                        Rated.class,
                        rated -> assertThat(rated.charge().amount()).isEqualTo(usd("0.95")));
    }

    @Test
    void kazooShowsTwelveSecondsAndChargesSixteen() {
        Charge charge = charge(deck(rate("0.06", 10, 6)), 11);
        assertThat(charge.billedSeconds()).isEqualTo(16);
        assertThat(charge.amount()).isEqualTo(usd("0.016"));
        assertThat(charge.explanation()).contains("16 s billed (10+6) of 11 s");
        assertThat(charge.parts().stream().mapToLong(ChargePart::seconds).sum()).isEqualTo(16);
    }

    private static Quote quote(RateBuilder rate) {
        return Rater.of(List.of(deck(rate).build())).quote("carrier", Direction.OUTBOUND, "14165550100", T);
    }

    private static Charge charge(RateDeckBuilder deck, int seconds) {
        RatingResult result = Rater.of(List.of(deck.build()))
                .rate("carrier", Direction.OUTBOUND, RatedCall.answered("14165550100", T, seconds * 1000L));
        return ((Rated) result).charge();
    }

    private static RateDeckBuilder deck(RateBuilder rate) {
        return RateDeck.builder("d", "1", "carrier", Direction.OUTBOUND)
                .currency(Currency.getInstance("USD"))
                .add(rate.build());
    }

    private static RateBuilder rate(String perMinute, int initial, int subsequent) {
        return Rate.builder("1").perMinute(perMinute).increments(initial, subsequent);
    }

    private static Rounding rounding(RoundingMode mode, int decimals) {
        return new Rounding(mode, decimals);
    }

    private static Money usd(String amount) {
        return Money.of(amount, "USD");
    }
}
