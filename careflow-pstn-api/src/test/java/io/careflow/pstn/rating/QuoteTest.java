package io.careflow.pstn.rating;

import static io.careflow.pstn.rating.Decks.charge;
import static io.careflow.pstn.rating.Decks.deck;
import static io.careflow.pstn.rating.Decks.quote;
import static io.careflow.pstn.rating.Decks.rate;
import static io.careflow.pstn.rating.Decks.rater;
import static io.careflow.pstn.rating.Decks.reason;
import static io.careflow.pstn.rating.Decks.usd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.careflow.pstn.call.Direction;
import io.careflow.pstn.money.Money;
import io.careflow.pstn.money.Rounding;
import io.careflow.pstn.rating.RatingResult.NoRate;
import io.careflow.pstn.rating.RatingResult.Refused;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuoteTest {

    private static final Instant T = Instant.parse("2026-03-02T15:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void tellsAMinuteAndSeveral() {
        Quote quote = quote(deck(rate("0.0120", 60, 6).connectionFee("0.005")), T);
        assertThat(quote.perMinute()).contains(usd("0.012"));
        assertThat(charge(quote.forMinutes(1)).amount()).isEqualTo(usd("0.017"));
        assertThat(charge(quote.forMinutes(10)).amount()).isEqualTo(usd("0.125"));
        assertThat(charge(quote.forTalk(Duration.ofSeconds(61))).billedSeconds())
                .isEqualTo(66);
        assertThat(quote).hasToString("carrier OUTBOUND, 14165550100 at 2026-03-02T15:00:00Z");
        assertThatIllegalArgumentException().isThrownBy(() -> quote.forMinutes(-1));
    }

    @Test
    void anUnknownPriceIsNoPrice() {
        Quote quote = rater(deck(rate("1", 1, 1))).quote("carrier", Direction.OUTBOUND, "999", T);
        assertThat(quote.perMinute()).isEmpty();
        assertThat(quote.forMinutes(1)).isInstanceOf(NoRate.class);
        assertThat(quote.allowed(HOUR).isDenied()).isTrue();
        assertThat(quote.affordable(usd("100"), HOUR).price()).isInstanceOf(NoRate.class);

        Quote rejected = quote(deck(Rate.builder("1").rejecting()), T);
        assertThat(rejected.perMinute()).isEmpty();
        assertThat(rejected.affordable(usd("100"), HOUR).isDenied()).isTrue();
    }

    @Test
    void asksEachProviderThatHasADeck() {
        Rater rater = Rater.of(List.of(
                priceList("slow", Direction.OUTBOUND, "1", "0.01"),
                priceList("fast", Direction.OUTBOUND, "1", "0.02"),
                priceList("far", Direction.OUTBOUND, "44", "0.02"),
                priceList("fast", Direction.INBOUND, "1", "0.03")));
        List<Quote> quotes = rater.quotes(Direction.OUTBOUND, "14165550100", T);
        assertThat(quotes).extracting(Quote::provider).containsExactly("far", "fast", "slow");
        assertThat(quotes.get(0).forMinutes(2)).isInstanceOf(NoRate.class);
        assertThat(charge(quotes.get(1).forMinutes(2)).amount()).isEqualTo(usd("0.04"));
        assertThat(charge(quotes.get(2).forMinutes(2)).amount()).isEqualTo(usd("0.02"));
    }

    @Test
    void needsAnInstantOfAnswer() {
        Rater rater = rater(deck(rate("1", 1, 1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rater.quote("carrier", Direction.OUTBOUND, RatedCall.unanswered("1")))
                .withMessage("a quote needs the instant of answer");
    }

    @Test
    void tellsWhatALiveCallHasCost() {
        Quote quote = quote(deck(rate("0.60", 60, 6)), T);
        assertThat(charge(quote.running(at(61)).now()).amount()).isEqualTo(usd("0.66"));
        assertThat(quote.running(at(61)).talk()).hasSeconds(61);
        assertThat(charge(quote.running(at(0)).now()).amount()).isEqualTo(usd("0"));
        assertThat(charge(quote.until(T.plusSeconds(67))).amount()).isEqualTo(usd("0.72"));
    }

    @Test
    void aClockBeforeTheAnswerIsAnErrorAndNotTakenAsPositive() {
        Quote quote = quote(deck(rate("1", 1, 1)), T);
        assertThatIllegalStateException()
                .isThrownBy(() -> quote.running(at(-1)).now())
                .withMessage("the clock shows a time before the answer at 2026-03-02T15:00:00Z");
        assertThatIllegalArgumentException().isThrownBy(() -> quote.until(T.minusMillis(1)));
    }

    @Test
    void grantsWholeIncrementsUpToTheCeiling() {
        Quote quote = quote(deck(rate("0.10", 60, 60).connectionFee("0.05")), T);
        assertThat(quote.affordable(usd("1.00"), HOUR).talk()).hasSeconds(540);
        assertThat(quote.affordable(usd("1.00"), Duration.ofSeconds(100)).talk())
                .hasSeconds(100);
        assertThat(quote.affordable(usd("0.15"), HOUR).talk()).hasSeconds(60);
        assertThat(quote.affordable(usd("0.1499"), HOUR).isDenied()).isTrue();
        assertThat(quote.affordable(usd("-5"), HOUR).isDenied()).isTrue();
        assertThat(quote.allowed(HOUR).talk()).isEqualTo(HOUR);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> quote.allowed(Duration.ZERO))
                .withMessageStartingWith("ceiling must be positive");
    }

    @Test
    void whatIsBookedIsPaidForToo() {
        Quote up = quote(deck(rate("0.10", 1, 1)).rounding(new Rounding(RoundingMode.UP, 1)), T);
        assertThat(up.affordable(usd("0.05"), HOUR).isDenied()).isTrue();
        assertThat(up.affordable(usd("0.10"), HOUR).talk()).hasSeconds(60);
        Quote down = quote(deck(rate("0.10", 1, 1)).rounding(new Rounding(RoundingMode.DOWN, 1)), T);
        assertThat(down.affordable(usd("0.05"), HOUR).talk()).hasSeconds(30);
    }

    @Test
    void noMoneyMeansNoCallEvenWhereTheFirstSecondsCostNothing() {
        Quote grace = quote(deck(rate("0.60", 1, 1).graceSeconds(3)), T);
        assertThat(grace.affordable(usd("0.03"), HOUR).isDenied()).isTrue();
        assertThat(grace.affordable(usd("0.04"), HOUR).talk()).hasSeconds(4);
        Quote included = quote(deck(rate("0.60", 10, 10).includedSeconds(30).connectionFee("0.01")), T);
        assertThat(included.affordable(usd("0.10"), HOUR).isDenied()).isTrue();
        assertThat(included.affordable(usd("0.11"), HOUR).talk()).hasSeconds(40);
        assertThat(included.affordable(usd("0.11"), Duration.ofSeconds(20)).talk())
                .hasSeconds(20);
    }

    @Test
    void aMaximumDisconnectsBeforeTheCallAndAFreeOneDoesNot() {
        RateBuilder rate = rate("60", 1, 1).maximumCharge("10", MaximumPolicy.DISCONNECT);
        assertThat(quote(deck(rate), T).allowed(HOUR).talk()).hasSeconds(10);
        assertThat(quote(deck(rate), T).affordable(usd("7"), HOUR).talk()).hasSeconds(7);
        assertThat(quote(deck(rate), T).affordable(usd("70"), HOUR).talk()).hasSeconds(10);
        assertThat(charge(quote(deck(rate), T).forMinutes(30)).amount()).isEqualTo(usd("1800"));

        RateBuilder free = rate("60", 1, 1).maximumCharge("10", MaximumPolicy.FREE);
        assertThat(quote(deck(free), T).affordable(usd("10"), HOUR).talk()).isEqualTo(HOUR);
        assertThat(quote(deck(free), T).affordable(usd("9"), HOUR).talk()).hasSeconds(9);
    }

    @Test
    void moneyOfAnotherCurrencyPaysForNothing() {
        Allowance allowance = quote(deck(rate("0", 1, 1)), T).affordable(Money.of("100", "EUR"), HOUR);
        assertThat(allowance.isDenied()).isTrue();
        assertThat(allowance.price()).isInstanceOf(Refused.class);
        assertThat(reason(allowance.price())).isEqualTo("the balance is in EUR, the price in USD");
    }

    private static Clock at(int seconds) {
        return Clock.fixed(T.plusSeconds(seconds), ZoneOffset.UTC);
    }

    private static RateDeck priceList(String provider, Direction direction, String prefix, String price) {
        return RateDeck.builder("d", "1", provider, direction)
                .currency(Currency.getInstance("USD"))
                .add(Rate.builder(prefix).perMinute(price).increments(60, 60).build())
                .build();
    }
}
