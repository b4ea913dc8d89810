package io.careflow.pstn.rating;

import static io.careflow.pstn.rating.Decks.NUMBER;
import static io.careflow.pstn.rating.Decks.charge;
import static io.careflow.pstn.rating.Decks.deck;
import static io.careflow.pstn.rating.Decks.rate;
import static io.careflow.pstn.rating.Decks.rater;
import static io.careflow.pstn.rating.Decks.usd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.careflow.pstn.call.Direction;
import io.careflow.pstn.money.Money;
import io.careflow.pstn.money.Rounding;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tiers, included seconds, maximum, origins, plans, and what a rate refuses. */
class RateFeaturesTest {

    private static final Instant T = Instant.parse("2026-03-02T15:00:00Z");

    @Test
    void aTierPricesTheIncrementsThatStartInIt() {
        RateDeckBuilder deck = deck(rate("0.6", 45, 45).tier(60, "0.06", 10).tier(120, "0", 60));
        assertThat(charge(deck, T, 200_000))
                .hasToString("prefix 1, 240 s billed (45+45+3x10+2x60) of 200 s, 90 s at 0.6 USD/min"
                        + " + 30 s at 0.06 USD/min + 120 s at 0 USD/min -> 0.93, fee 0 = 0.930000 USD");
    }

    @Test
    void tiersRise() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rate("1", 1, 1).tier(60, "1", 1).tier(60, "2", 1))
                .withMessage("tiers must begin in rising order after second 0 for prefix 1, not 60 after 60");
        assertThatIllegalArgumentException().isThrownBy(() -> rate("1", 1, 1).tier(0, "1", 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rate("1", 1, 1).tier(60, "1", 0))
                .withMessage("increment of a tier must be 1 to 86400 seconds, not 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rate("1", 1, 1).tier(60, "-1", 1))
                .withMessage("perMinute must not be negative for prefix 1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            10 | prefix 1, 0 s billed of 10 s less 10 s included, fee 0.01 = 0.010000 USD
            11 | prefix 1, 30 s billed (30) of 11 s less 10 s included, 0.06 USD/min -> 0.03, fee 0.01, raised to the minimum 0.05 = 0.050000 USD
            71 | prefix 1, 66 s billed (30+6x6) of 71 s less 10 s included, 0.06 USD/min -> 0.066, fee 0.01 = 0.076000 USD
            """)
    void includedSecondsAreNotBilledButTheFeeIs(int seconds, String explained) {
        RateDeckBuilder deck = deck(
                rate("0.06", 30, 6).includedSeconds(10).connectionFee("0.01").minimumCharge("0.05"));
        assertThat(charge(deck, T, seconds * 1000L)).hasToString(explained);
    }

    @Test
    void aFreeMaximumEndsTheCost() {
        RateDeckBuilder deck = deck(rate("60", 1, 1).connectionFee("1").maximumCharge("10", MaximumPolicy.FREE));
        assertThat(charge(deck, T, 9_000).explanation()).endsWith("-> 9, fee 1 = 10.000000 USD");
        assertThat(charge(deck, T, 1_800_000).explanation())
                .endsWith("-> 1800, fee 1, capped at the maximum 10 = 10.000000 USD");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rate("1", 1, 1)
                        .minimumCharge("2")
                        .maximumCharge("1", MaximumPolicy.FREE)
                        .build())
                .withMessage("maximumCharge 1 must not be below minimumCharge 2 for prefix 1");
    }

    @ParameterizedTest
    @CsvSource({
        "11, 12, (10+2)",
        "12, 12, (10+2)",
        "13, 18, (10+2+6)",
        "25, 30, (10+2+3x6)",
        "10, 10, (10)",
        "3, 10, (10)"
    })
    void totalModRoundsTheTotal(int seconds, long billed, String sum) {
        RateDeckBuilder deck = deck(rate("0.06", 10, 6)).incrementPolicy(IncrementPolicy.TOTAL_MOD);
        assertThat(charge(deck, T, seconds * 1000L).billedSeconds()).isEqualTo(billed);
        assertThat(charge(deck, T, seconds * 1000L).explanation()).contains(billed + " s billed " + sum + " of");
    }

    @ParameterizedTest
    @CsvSource({"44207946, 0.03", "4930123, 0.02", "12125550100, 0.05", "'', 0.05", "anonymous, 0.05"})
    void theLongestOriginWinsAndOthersFallToTheRateWithoutOne(String caller, String price) {
        RateDeckBuilder deck = deck(
                rate("0.05", 60, 60),
                rate("0.02", 60, 60).originPrefix("4"),
                rate("0.03", 60, 60).originPrefix("44"));
        RatedCall call = RatedCall.answered(NUMBER, T, 1000).from(caller);
        assertThat(charge(rater(deck).rate("carrier", Direction.OUTBOUND, call)).amount())
                .isEqualTo(usd(price));
    }

    @Test
    void aRateForOtherCallersLeavesTheMatchToAShorterPrefix() {
        RateDeckBuilder deck = deck(
                rate("0.05", 60, 60),
                Rate.builder("1416").perMinute("0.01").increments(60, 60).originPrefix("44"));
        assertThat(charge(deck, T, 1000).rate().map(Rate::prefix)).contains("1");
        RatedCall call = RatedCall.answered(NUMBER, T, 1000).from("442079460000");
        Charge charge = charge(rater(deck).rate("carrier", Direction.OUTBOUND, call));
        assertThat(charge.rate().map(Rate::prefix)).contains("1416");
        assertThat(call.origin()).isEqualTo("442079460000");
    }

    @Test
    void originsAreDigitsAndOneRateEach() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rate("1", 1, 1).originPrefix("+44"))
                .withMessage("originPrefix must be 1 to 18 digits for prefix 1: '+44'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> deck(
                                rate("1", 1, 1).originPrefix("44"),
                                rate("2", 1, 1).originPrefix("44"))
                        .build())
                .withMessageContaining("rows 1 and 2 both price prefix 1");
    }

    @Test
    void aPlanPaysForCallsInItsZone() {
        ChannelPlan plan = new ChannelPlan("two channels", 2, usd("1.50"), Set.of("1"), Set.of("1876", "1900"));
        RateDeckBuilder deck = deck(
                        Rate.builder("1416").perMinute("0.01").increments(60, 60),
                        Rate.builder("1876").perMinute("0.25").increments(60, 60),
                        Rate.builder("44").perMinute("0.02").increments(1, 1))
                .channelPlan(plan);
        assertThat(charge(deck, T, 600_000))
                .hasToString("prefix 1, 600 s billed (1+599x1) of 600 s, 0 USD/min -> 0, fee 0, paid by two channels"
                        + " = 0.000000 USD");
        assertThat(price(deck, "18765550100")).isEqualTo(usd("0.25"));
        assertThat(price(deck, "442079460000")).isEqualTo(usd("0.02"));
        assertThat(rater(deck).rate("carrier", Direction.OUTBOUND, RatedCall.answered("19005550100", T, 1)))
                .as("neither included nor priced")
                .isInstanceOf(RatingResult.NoRate.class);
        assertThat(plan.monthlyFee().amount()).isEqualTo(usd("3"));
        assertThat(deck.build().channelPlan()).contains(plan);
    }

    @Test
    void refusesPlansThatCannotBe() {
        Set<String> none = Set.of();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ChannelPlan("p", 1, usd("1"), Set.of("1"), Set.of("1")))
                .withMessage("plan p both includes and excludes prefix 1");
        assertThatIllegalArgumentException().isThrownBy(() -> new ChannelPlan("p", 0, usd("1"), Set.of("1"), none));
        assertThatIllegalArgumentException().isThrownBy(() -> new ChannelPlan("p", 1, usd("-1"), Set.of("1"), none));
        assertThatIllegalArgumentException().isThrownBy(() -> new ChannelPlan("p", 1, usd("1"), none, none));
        assertThatIllegalArgumentException().isThrownBy(() -> new ChannelPlan(" ", 1, usd("1"), Set.of("1"), none));
        assertThatIllegalArgumentException().isThrownBy(() -> new ChannelPlan("p", 1, usd("1"), Set.of("+1"), none));
        ChannelPlan euros = new ChannelPlan("p", 1, Money.of("1", "EUR"), Set.of("1"), none);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> deck(rate("1", 1, 1)).channelPlan(euros).build())
                .withMessage("deck d is in USD, its channel plan in EUR");
    }

    @Test
    void whoOwnsATollFreeNumberPaysForCallsToIt() {
        RateDeck inbound = RateDeck.builder("in", "1", "carrier", Direction.INBOUND)
                .currency(Currency.getInstance("USD"))
                .add(rate("0.0090", 60, 60).build())
                .add(Rate.builder("1800").perMinute("0.0250").increments(6, 6).build())
                .build();
        RatingResult result = Rater.of(List.of(inbound))
                .rate("carrier", Direction.INBOUND, RatedCall.answered("18005550111", T, 65_000));
        assertThat(charge(result).amount()).isEqualTo(usd("0.0275"));
    }

    @Test
    void aDeckMayKeepAmountsUnrounded() {
        RateDeckBuilder deck = deck(rate("0.0001", 1, 1)).rounding(Rounding.NONE);
        assertThat(charge(deck, T, 3_000).amount()).isEqualTo(usd("0.000005"));
        assertThat(charge(deck, T, 1_000).amount()).isEqualTo(usd("0.0000016667"));
    }

    @Test
    void ratesWithDifferentFeaturesDiffer() {
        assertThat(rate("1", 1, 1).build())
                .isEqualTo(rate("1", 1, 1).build())
                .isNotEqualTo(rate("1", 1, 1).includedSeconds(1).build())
                .isNotEqualTo(rate("1", 1, 1).tier(1, "1", 1).build())
                .isNotEqualTo(rate("1", 1, 1).windows("MON 00:00-24:00").build())
                .isNotEqualTo(rate("1", 1, 1).originPrefix("1").build())
                .isNotEqualTo(
                        rate("1", 1, 1).maximumCharge("1", MaximumPolicy.FREE).build());
    }

    private static Money price(RateDeckBuilder deck, String number) {
        return charge(rater(deck).rate("carrier", Direction.OUTBOUND, RatedCall.answered(number, T, 60_000)))
                .amount();
    }
}
