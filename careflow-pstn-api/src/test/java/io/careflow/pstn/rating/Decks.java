package io.careflow.pstn.rating;

import static org.assertj.core.api.Assertions.assertThat;

import io.careflow.pstn.call.Direction;
import io.careflow.pstn.money.Money;
import io.careflow.pstn.rating.RatingResult.NoRate;
import io.careflow.pstn.rating.RatingResult.Rated;
import io.careflow.pstn.rating.RatingResult.Refused;
import java.time.Instant;
import java.util.Currency;
import java.util.List;

/** What the tests of rating have in common: one carrier, one deck of outbound calls in USD. */
final class Decks {

    static final String NUMBER = "14165550100";

    private Decks() {}

    static RateDeckBuilder deck(RateBuilder... rates) {
        RateDeckBuilder deck =
                RateDeck.builder("d", "1", "carrier", Direction.OUTBOUND).currency(Currency.getInstance("USD"));
        List.of(rates).forEach(rate -> deck.add(rate.build()));
        return deck;
    }

    static RateBuilder rate(String perMinute, int initial, int subsequent) {
        return Rate.builder("1").perMinute(perMinute).increments(initial, subsequent);
    }

    static Rater rater(RateDeckBuilder deck) {
        return Rater.of(List.of(deck.build()));
    }

    static Quote quote(RateDeckBuilder deck, Instant answeredAt) {
        return rater(deck).quote("carrier", Direction.OUTBOUND, NUMBER, answeredAt);
    }

    static RatingResult result(RateDeckBuilder deck, Instant answeredAt, long millis) {
        return rater(deck).rate("carrier", Direction.OUTBOUND, RatedCall.answered(NUMBER, answeredAt, millis));
    }

    static Charge charge(RateDeckBuilder deck, Instant answeredAt, long millis) {
        return charge(result(deck, answeredAt, millis));
    }

    static Charge charge(RatingResult result) {
        assertThat(result).isInstanceOf(Rated.class);
        return ((Rated) result).charge();
    }

    static String reason(RatingResult result) {
        return result instanceof NoRate none ? none.reason() : ((Refused) result).reason();
    }

    static Money usd(String amount) {
        return Money.of(amount, "USD");
    }
}
