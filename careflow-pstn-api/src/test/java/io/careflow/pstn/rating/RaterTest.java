package io.careflow.pstn.rating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.careflow.pstn.call.Direction;
import io.careflow.pstn.rating.RatingResult.NoRate;
import io.careflow.pstn.rating.RatingResult.Rated;
import io.careflow.pstn.rating.RatingResult.Refused;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RaterTest {

    private static final Instant T = Instant.parse("2026-03-02T15:00:00Z");

    private final RateDeck deck = RateDeck.builder("us", "7", "carrier", Direction.OUTBOUND)
            .currency(Currency.getInstance("USD"))
            .add(Rate.builder("1416").perMinute("0.0120").increments(60, 6).build())
            .add(Rate.builder("1900").rejecting().build())
            .add(Rate.builder("44")
                    .perMinute("1")
                    .increments(10, 10)
                    .connectionFee("0.05")
                    .minimumCharge("0.5")
                    .graceSeconds(3)
                    .build())
            .build();
    private final Rater rater = Rater.of(List.of(deck));

    private Charge charge(RatedCall call) {
        RatingResult result = rater.rate("carrier", Direction.OUTBOUND, call);
        assertThat(result).isInstanceOf(Rated.class);
        return ((Rated) result).charge();
    }

    @Test
    void explainsItself() {
        Charge charge = charge(RatedCall.answered("14165550100", T, 62_000));
        assertThat(charge.explanation())
                .isEqualTo("prefix 1416, 66 s billed (60+6) of 62 s, 0.012 USD/min -> 0.0132, fee 0 = 0.013200 USD");
        assertThat(charge.deckId()).isEqualTo("us");
        assertThat(charge.deckVersion()).isEqualTo("7");
        assertThat(charge.talkMillis()).isEqualTo(62_000);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    14165550100 | 60000 | prefix 1416, 60 s billed (60) of 60 s, 0.012 USD/min -> 0.012, fee 0 = 0.012000 USD
                    14165550100 | 73001 | prefix 1416, 78 s billed (60+3x6) of 73.001 s, 0.012 USD/min -> 0.0156, fee 0 = 0.015600 USD
                    442071838750 | 3000 | prefix 44, 3 s is within the grace of 3 s = 0.000000 USD
                    442071838750 | 3001 | prefix 44, 10 s billed (10) of 3.001 s, 1 USD/min -> 0.1666666666..., fee 0.05, raised to the minimum 0.5 = 0.500000 USD
                    442071838750 | 40000 | prefix 44, 40 s billed (10+3x10) of 40 s, 1 USD/min -> 0.6666666666..., fee 0.05 = 0.716667 USD
                    442071838750 | 0 | prefix 44, 0 s is 0 s = 0.000000 USD
                    """)
    void explainsEveryPart(String digits, long talkMillis, String expected) {
        assertThat(charge(RatedCall.answered(digits, T, talkMillis))).hasToString(expected);
    }

    @Test
    void keepsTheExactAmountBesideTheRoundedOne() {
        Charge charge = charge(RatedCall.answered("442071838750", T, 40_000));
        assertThat(charge.amountTimes60()).isEqualByComparingTo("43");
        assertThat(charge.amountToTenDecimals()).isEqualTo("0.7166666667");
        assertThat(charge.amount()).hasToString("0.716667 USD");
    }

    @ParameterizedTest
    @ValueSource(strings = {"14165550100", "999", "19005550100", "*98", ""})
    void unansweredIsFreeWhateverTheNumber(String digits) {
        Charge charge = charge(RatedCall.unanswered(digits));
        assertThat(charge.amount()).hasToString("0 USD");
        assertThat(charge.rate()).isEmpty();
        assertThat(charge.billedSeconds()).isZero();
        assertThat(charge.explanation()).isEqualTo("not answered = 0.000000 USD");
    }

    @Test
    void anUnknownPriceIsNotZero() {
        assertThat(rater.rate("carrier", Direction.OUTBOUND, RatedCall.answered("999", T, 1)))
                .isEqualTo(new NoRate(
                        "no rate for 999 at 2026-03-02T15:00:00Z in deck us/7 (carrier OUTBOUND, USD, 3 rates)"));
    }

    @Test
    void noDeckIsNoRateEvenWhenUnanswered() {
        assertThat(rater.rate("carrier", Direction.INBOUND, RatedCall.answered("14165550100", T, 1)))
                .isEqualTo(new NoRate("no INBOUND deck for provider carrier"));
        assertThat(rater.rate("other", Direction.OUTBOUND, RatedCall.unanswered("14165550100")))
                .isInstanceOf(NoRate.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"19005550100", "*98", "+14165550100", "", "1416555010012345678901234567890123456789012"})
    void refusesRejectedPrefixesAndWhatIsNoNumber(String digits) {
        assertThat(rater.rate("carrier", Direction.OUTBOUND, RatedCall.answered(digits, T, 1000)))
                .isInstanceOf(Refused.class);
    }

    @Test
    void refusesNegativeTalk() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RatedCall.answered("1", T, -1))
                .withMessage("talkMillis must not be negative: -1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RatedCall.answered("1", T, T.minusMillis(1)))
                .withMessageContaining("is before answeredAt");
        assertThat(RatedCall.answered("1", T, T.plusMillis(5))).isEqualTo(RatedCall.answered("1", T, 5));
    }

    @Test
    void survivesTheLongestTalk() {
        Charge charge = charge(RatedCall.answered("14165550100", T, Long.MAX_VALUE));
        assertThat(charge.billedSeconds()).isGreaterThanOrEqualTo(Long.MAX_VALUE / 1000);
    }

    @Test
    void refusesTwoDecksForTheSameCalls() {
        assertThat(rater.deck("carrier", Direction.OUTBOUND)).contains(deck);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Rater.of(List.of(deck, deck)))
                .withMessageContaining("two decks")
                .withMessageContaining("us/7");
    }
}
