package io.careflow.pstn.rating;

import static io.careflow.pstn.rating.Decks.charge;
import static io.careflow.pstn.rating.Decks.deck;
import static io.careflow.pstn.rating.Decks.quote;
import static io.careflow.pstn.rating.Decks.rate;
import static io.careflow.pstn.rating.Decks.result;
import static io.careflow.pstn.rating.Decks.usd;
import static org.assertj.core.api.Assertions.assertThat;

import io.careflow.pstn.call.Direction;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import org.junit.jupiter.api.Test;

class MarginTest {

    private static final Instant T = Instant.parse("2026-03-02T15:00:00Z");

    @Test
    void isWhatTheCustomerPaysLessWhatTheCarrierTakes() {
        Margin margin =
                Margin.of(result(deck(rate("0.02", 60, 60)), T, 61_000), result(deck(rate("0.01", 6, 6)), T, 61_000));
        assertThat(margin).isInstanceOfSatisfying(Margin.Known.class, known -> {
            assertThat(known.amount()).isEqualTo(usd("0.029"));
            assertThat(known.amountTimes60()).isEqualByComparingTo("1.74");
            assertThat(known.isLoss()).isFalse();
            assertThat(known.customer().billedSeconds()).isEqualTo(120);
            assertThat(known.carrier().billedSeconds()).isEqualTo(66);
        });
    }

    @Test
    void seesALossThatRoundingHides() {
        Margin margin = Margin.of(
                result(deck(rate("0.0000001", 1, 1)), T, 1_000), result(deck(rate("0.0000002", 1, 1)), T, 1_000));
        assertThat(margin).isInstanceOfSatisfying(Margin.Known.class, known -> {
            assertThat(known.amount()).isEqualTo(usd("0"));
            assertThat(known.isLoss()).isTrue();
        });
    }

    @Test
    void aDearerIncrementOfTheCarrierIsALossAtTheSameRate() {
        Margin margin = Margin.of(
                quote(deck(rate("0.02", 1, 1)), T).forTalk(java.time.Duration.ofSeconds(10)),
                quote(deck(rate("0.02", 60, 60)), T).forTalk(java.time.Duration.ofSeconds(10)));
        assertThat(margin)
                .isInstanceOfSatisfying(
                        Margin.Known.class, known -> assertThat(known.isLoss()).isTrue());
    }

    @Test
    void isUnknownWhereAPriceIs() {
        RatingResult known = result(deck(rate("1", 1, 1)), T, 1_000);
        RatingResult none = result(deck(Rate.builder("44").perMinute("1").increments(1, 1)), T, 1_000);
        RatingResult refused = result(deck(Rate.builder("1").rejecting()), T, 1_000);
        assertThat(reason(Margin.of(known, none))).startsWith("the carrier's price is unknown: no rate for");
        assertThat(reason(Margin.of(none, known))).startsWith("the customer's price is unknown: no rate for");
        assertThat(reason(Margin.of(known, refused))).startsWith("the carrier's price is unknown: deck d/1");
    }

    @Test
    void isUnknownBetweenCurrencies() {
        RateDeck euros = RateDeck.builder("d", "1", "carrier", Direction.OUTBOUND)
                .currency(Currency.getInstance("EUR"))
                .add(rate("1", 1, 1).build())
                .build();
        RatingResult inEuros = Rater.of(List.of(euros))
                .rate("carrier", Direction.OUTBOUND, RatedCall.answered(Decks.NUMBER, T, 1_000));
        RatingResult inDollars = result(deck(rate("1", 1, 1)), T, 1_000);
        assertThat(charge(inEuros).amount().amount()).isPositive();
        assertThat(reason(Margin.of(inDollars, inEuros))).isEqualTo("the customer pays in USD, the carrier takes EUR");
    }

    private static String reason(Margin margin) {
        return ((Margin.Unknown) margin).reason();
    }
}
