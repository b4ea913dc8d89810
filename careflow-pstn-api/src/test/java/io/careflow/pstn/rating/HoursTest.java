package io.careflow.pstn.rating;

import static io.careflow.pstn.rating.Decks.NUMBER;
import static io.careflow.pstn.rating.Decks.charge;
import static io.careflow.pstn.rating.Decks.deck;
import static io.careflow.pstn.rating.Decks.rate;
import static io.careflow.pstn.rating.Decks.reason;
import static io.careflow.pstn.rating.Decks.result;
import static io.careflow.pstn.rating.Decks.usd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.careflow.pstn.rating.RatingResult.NoRate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Prices that depend on the hour: which rate holds, where a call is split, and what has no price. */
class HoursTest {

    private static final ZoneId TORONTO = ZoneId.of("America/Toronto");
    /** A Monday, 17:58:30 in Toronto. */
    private static final Instant BEFORE_SIX = Instant.parse("2026-03-02T22:58:30Z");

    private static RateBuilder peak() {
        return rate("0.02", 60, 60).windows("MON-FRI 08:00-18:00");
    }

    private static RateBuilder offPeak() {
        return rate("0.01", 60, 60);
    }

    private static RateDeckBuilder peakDeck(WindowPolicy policy) {
        return deck(offPeak(), peak()).zone(TORONTO).windowPolicy(policy);
    }

    @Test
    void explainsEachPartOfASplitCall() {
        Charge charge = charge(peakDeck(WindowPolicy.SPLIT), BEFORE_SIX, 180_000);
        assertThat(charge)
                .hasToString("prefix 1, 180 s billed (60+2x60) of 180 s, 120 s at 0.02 USD/min MON-FRI 08:00-18:00"
                        + " + 60 s at 0.01 USD/min -> 0.05, fee 0 = 0.050000 USD");
        assertThat(charge.parts()).extracting(ChargePart::seconds).containsExactly(60L, 60L, 60L);
    }

    @Test
    void explainsTheHoursOfACallThatIsNotSplit() {
        assertThat(charge(peakDeck(WindowPolicy.AT_ANSWER), BEFORE_SIX, 180_000))
                .hasToString(
                        "prefix 1, 180 s billed (60+2x60) of 180 s, 0.02 USD/min MON-FRI 08:00-18:00 -> 0.06, fee 0"
                                + " = 0.060000 USD");
    }

    @Test
    void theRateWithoutHoursTakesWhatIsLeftWhereverItStands() {
        RateDeckBuilder other = deck(peak(), offPeak()).zone(TORONTO).windowPolicy(WindowPolicy.SPLIT);
        assertThat(charge(other, BEFORE_SIX, 180_000))
                .isEqualTo(charge(peakDeck(WindowPolicy.SPLIT), BEFORE_SIX, 180_000));
    }

    @Test
    void findTellsTheRateOfTheHour() {
        RateDeck deck = peakDeck(WindowPolicy.SPLIT).build();
        assertThat(deck.find(NUMBER, BEFORE_SIX).map(rate -> rate.perMinute().toPlainString()))
                .contains("0.02");
        assertThat(deck.find(NUMBER, BEFORE_SIX.plusSeconds(90))
                        .map(rate -> rate.perMinute().toPlainString()))
                .contains("0.01");
        assertThat(deck.zone()).isEqualTo(TORONTO);
    }

    /** 01:59:30 before each change of the clocks; a window that begins inside the hour that is left out or comes twice. */
    @ParameterizedTest
    @CsvSource({
        // The clock jumps from 02:00 to 03:00: 02:30 never comes, but 03:00 is after it.
        "2026-03-08T06:59:30Z, 60, 30 s at 0.06 USD/min MON-SUN 00:00-02:30 + 30 s at 0.6",
        // The clock shows 01:30 twice: dear from 01:30, cheap again from the second 01:00, dear from the second 01:30
        // on.
        "2026-11-01T05:00:00Z, 5400, 3600 s at 0.06 USD/min MON-SUN 00:00-01:30 + 1800 s at 0.6 USD/min MON-SUN 01:30-24:00",
    })
    void timeThatPassesIsBilledWhenClocksAreChanged(Instant answer, long seconds, String explained) {
        String edge = seconds == 60 ? "02:30" : "01:30";
        RateDeckBuilder deck = deck(
                        rate("0.06", 1, 1).windows("MON-SUN 00:00-" + edge),
                        rate("0.6", 1, 1).windows("MON-SUN " + edge + "-24:00"))
                .zone(ZoneId.of("America/New_York"))
                .windowPolicy(WindowPolicy.SPLIT);
        Charge charge = charge(deck, answer, seconds * 1000);
        assertThat(charge.billedSeconds()).isEqualTo(seconds);
        assertThat(charge.explanation()).contains(explained);
    }

    @Test
    void theExplanationOfALongCallStaysReadable() {
        RateDeckBuilder deck = deck(rate("0.02", 60, 7).windows("MON-SUN 08:00-18:00"), rate("0.01", 60, 11))
                .zone(TORONTO)
                .windowPolicy(WindowPolicy.SPLIT);
        Charge charge = charge(deck, BEFORE_SIX, Duration.ofDays(30).toMillis());
        assertThat(charge.parts()).hasSizeGreaterThan(50);
        assertThat(charge.explanation()).hasSizeLessThan(200).contains(" s at 0.02 USD/min", " s at 0.01 USD/min");
    }

    @Test
    void aDayThatNeverWasIsSkipped() {
        RateDeckBuilder deck = deck(
                        rate("0.06", 1, 1).windows("THU 00:00-24:00"),
                        rate("0.6", 1, 1).windows("SAT 00:00-24:00"))
                .zone(ZoneId.of("Pacific/Apia"))
                .windowPolicy(WindowPolicy.SPLIT);
        // Samoa went from Thursday, 29 December 2011, to Saturday, the 31st.
        assertThat(charge(deck, Instant.parse("2011-12-30T09:59:00Z"), 120_000).explanation())
                .contains("60 s at 0.06 USD/min THU 00:00-24:00 + 60 s at 0.6 USD/min SAT 00:00-24:00");
    }

    @Test
    void anHourWithoutARateHasNoPriceAndIsNotGivenToAShorterPrefix() {
        RateDeckBuilder deck =
                deck(peak(), Rate.catchAll().perMinute("1").increments(1, 1)).zone(TORONTO);
        RatingResult result = result(deck, BEFORE_SIX.plusSeconds(90), 1000);
        assertThat(result).isInstanceOf(NoRate.class);
        assertThat(reason(result))
                .startsWith("no rate for 14165550100 at 2026-03-02T23:00:00Z, 2026-03-02T18:00-05:00[America/Toronto]");
    }

    @Test
    void aCallThatRunsIntoAnHourWithoutARateHasNoPrice() {
        RateDeckBuilder deck = deck(peak()).zone(TORONTO).windowPolicy(WindowPolicy.SPLIT);
        assertThat(charge(deck, BEFORE_SIX, 120_000).amount()).isEqualTo(usd("0.04"));
        assertThat(reason(result(deck, BEFORE_SIX, 120_001)))
                .startsWith("no rate of prefix 1 at 2026-03-02T23:00:30Z, 2026-03-02T18:00:30-05:00[America/Toronto]");
        RateDeckBuilder rejecting = deck(peak(), Rate.builder("1").rejecting().windows("MON 18:00-24:00"))
                .zone(TORONTO)
                .windowPolicy(WindowPolicy.SPLIT);
        assertThat(reason(result(rejecting, BEFORE_SIX, 120_001))).startsWith("calls to prefix 1 are rejected at");
    }

    @Test
    void grantsTalkOnlyUpToWhereThePriceIsKnown() {
        RateDeckBuilder deck = deck(peak()).zone(TORONTO).windowPolicy(WindowPolicy.SPLIT);
        assertThat(Decks.quote(deck, BEFORE_SIX).allowed(Duration.ofHours(1)).talk())
                .hasSeconds(120);
    }

    @Test
    void refusesToSplitWhatIsLongerThanAYear() {
        assertThat(reason(result(peakDeck(WindowPolicy.SPLIT), BEFORE_SIX, Long.MAX_VALUE)))
                .contains("too long to be split over windows");
        assertThat(charge(
                                peakDeck(WindowPolicy.SPLIT),
                                BEFORE_SIX,
                                Duration.ofDays(400).toMillis())
                        .billedSeconds())
                .isEqualTo(400L * 86_400);
        assertThat(charge(peakDeck(WindowPolicy.AT_ANSWER), BEFORE_SIX, Long.MAX_VALUE)
                        .billedSeconds())
                .isGreaterThan(1L << 50);
    }

    @Test
    void feeMinimumAndMaximumAreThoseOfTheAnswer() {
        RateDeckBuilder deck = deck(
                        peak().connectionFee("1").minimumCharge("2").maximumCharge("3", MaximumPolicy.FREE),
                        offPeak().connectionFee("10").minimumCharge("20"))
                .zone(TORONTO)
                .windowPolicy(WindowPolicy.SPLIT);
        assertThat(charge(deck, BEFORE_SIX, 180_000).amount()).isEqualTo(usd("2"));
        assertThat(charge(deck, BEFORE_SIX, 360_000_000).explanation())
                .endsWith("capped at the maximum 3 = 3.000000 USD");
    }

    @Test
    void includedSecondsPassBeforeTheHoursAreLookedAt() {
        RateDeckBuilder deck = deck(
                        rate("0.60", 1, 1).windows("MON-FRI 08:00-18:00").includedSeconds(60), rate("0.06", 1, 1))
                .zone(TORONTO)
                .windowPolicy(WindowPolicy.SPLIT);
        assertThat(charge(deck, BEFORE_SIX, 100_000).explanation())
                .contains("40 s billed (1+39x1) of 100 s less 60 s included, 30 s at 0.6 USD/min MON-FRI 08:00-18:00"
                        + " + 10 s at 0.06 USD/min -> 0.31");
    }

    @Test
    void pricesThatChangeDuringTheCallDoNotChangeIt() {
        Instant change = BEFORE_SIX.plusSeconds(60);
        RateDeckBuilder deck = deck(
                        peak().effectiveTo(change), peak().perMinute("9").effectiveFrom(change), offPeak())
                .zone(TORONTO)
                .windowPolicy(WindowPolicy.SPLIT);
        assertThat(charge(deck, BEFORE_SIX, 180_000).amount()).isEqualTo(usd("0.05"));
    }

    @Test
    void needsAZoneForHoursAndOnlyThen() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> deck(peak()).build())
                .withMessage("zone is missing in deck d, whose rates have windows");
        assertThat(deck(offPeak()).build().zone()).isEqualTo(java.time.ZoneOffset.UTC);
    }

    @Test
    void refusesHoursThatOverlapWithBothRows() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> deck(peak(), offPeak(), rate("9", 1, 1).windows("FRI-SUN 17:00-24:00"))
                        .zone(TORONTO)
                        .build())
                .withMessage("deck d has overlapping rates (1): rows 1 and 3 both price prefix 1");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> deck(peak(), offPeak(), offPeak()).zone(TORONTO).build())
                .withMessageContaining("rows 2 and 3 both price prefix 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> peak().windows(java.util.List.of()))
                .withMessage("windows must not be empty for prefix 1");
    }
}
