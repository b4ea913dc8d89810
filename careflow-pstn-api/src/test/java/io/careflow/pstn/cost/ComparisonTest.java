package io.careflow.pstn.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.call.Direction;
import io.careflow.pstn.money.Money;
import io.careflow.pstn.rating.ExactTotal;
import io.careflow.pstn.rating.Fee;
import io.careflow.pstn.rating.Rate;
import io.careflow.pstn.rating.RateDeck;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The example of everyday: 100 minutes in and 100 out, US, one number. */
class ComparisonTest {
    private static final Instant AT = Instant.parse("2026-03-05T12:00:00Z");
    private static final Currency USD = Currency.getInstance("USD");
    private static final UsageProfile USE =
            UsageProfile.NONE.withMinutes("US", "12125550100", 100, 100).withNumbers("US", 1);

    private final Offer dear = offer("dear", "USD", "0.01", "0.02").number("US", Money.of("1", "USD"));
    private final Offer cheapOut = offer("cheap-out", "USD", "0.03", "0.005").number("US", Money.of("4", "USD"));

    @Test
    void eachProviderIsExplainedPartByPart() {
        OfferCost cost = Comparison.of(USE, List.of(dear), AT).offers().get(0);
        assertThat(cost.parts())
                .extracting(OfferPart::what)
                .containsExactly("1 x number, US", "100 min in, US", "100 min out, US");
        // 33 calls of 3 minutes and one of 1: 100 minutes, whole ones.
        assertThat(cost.total()).hasValue(usd("4"));
        assertThat(cost.parts().get(2).explanation())
                .startsWith("33 x (prefix 1, 180 s billed")
                .contains(" + 1 x (");
        assertThat(cost.parts().get(2).cost()).hasValue(usd("2"));
    }

    @Test
    void callsAreRoundedUpOneByOne() {
        UsageProfile short61 = UsageProfile.NONE.withMinutes("US", "1212", 0, 61, Duration.ofSeconds(61));
        assertThat(Comparison.of(short61, List.of(dear), AT).offers().get(0).total())
                .hasValue(usd("2.40"));
    }

    @Test
    void theCheapestMixTakesNumbersHereAndCallsThere() {
        Comparison comparison = Comparison.of(USE, List.of(cheapOut, dear), AT);
        assertThat(comparison.cheapest().get(USD))
                .extracting(OfferCost::provider)
                .isEqualTo("dear");
        assertThat(comparison.cheapestMix().get(USD)).isEqualTo(new Comparison.Mix("dear", "cheap-out", usd("2.50")));
    }

    @Test
    void aFeeThatIsPaidOnceCanMakeOneProviderCheaper() {
        Offer withFee = cheapOut.monthly(Fee.of("account", Money.of("1.60", "USD")));
        Comparison.Mix mix =
                Comparison.of(USE, List.of(withFee, dear), AT).cheapestMix().get(USD);
        assertThat(mix).isEqualTo(new Comparison.Mix("dear", "dear", usd("4")));
    }

    @Test
    void whatIsUnknownIsSaidAndNeverWins() {
        Offer half = Offer.of("half", deck("half", "USD", Direction.OUTBOUND, "0.001"));
        Comparison comparison = Comparison.of(USE, List.of(half, dear), AT);
        OfferCost cost = comparison.offers().get(0);
        assertThat(cost.total()).isEmpty();
        assertThat(cost.unknown())
                .extracting(OfferPart::explanation)
                .containsExactly("no price of a number, US is known", "no INBOUND deck for provider half");
        assertThat(comparison.cheapest().get(USD))
                .extracting(OfferCost::provider)
                .isEqualTo("dear");
        assertThat(comparison.cheapestMix().get(USD))
                .extracting(Comparison.Mix::outbound)
                .isEqualTo("half");
        assertThat(Comparison.of(USE, List.of(half), AT).cheapest()).isEmpty();
        assertThat(Comparison.of(USE, List.of(half), AT).cheapestMix()).isEmpty();
    }

    @Test
    void currenciesAreNotConvertedSoEachHasItsWinner() {
        Offer canadian = offer("canadian", "CAD", "0", "0").number("US", Money.of("0.01", "CAD"));
        Comparison comparison = Comparison.of(USE, List.of(canadian, dear), AT);
        assertThat(comparison.cheapest().keySet())
                .extracting(Currency::getCurrencyCode)
                .containsExactly("CAD", "USD");
        assertThat(comparison.cheapestMix().get(USD)).isEqualTo(new Comparison.Mix("dear", "dear", usd("4")));
    }

    @Test
    void twoOffersOfOneProviderAreRefused() {
        assertThatThrownBy(() -> Comparison.of(USE, List.of(dear, dear), AT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("two offers of provider dear");
    }

    @Test
    void badProfilesAreRefused() {
        assertThatThrownBy(() -> UsageProfile.NONE.withMinutes("US", "+1212", 1, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 to 18 digits without plus");
        assertThatThrownBy(() -> UsageProfile.NONE.withNumbers("usa", 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("country such as US");
        assertThatThrownBy(() -> UsageProfile.NONE.withMinutes("US", "1212", -1, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be more than 0");
    }

    private static Offer offer(String name, String currency, String in, String out) {
        return Offer.of(
                name, deck(name, currency, Direction.INBOUND, in), deck(name, currency, Direction.OUTBOUND, out));
    }

    private static RateDeck deck(String name, String currency, Direction direction, String price) {
        return RateDeck.builder(name + direction, "1", name, direction)
                .currency(Currency.getInstance(currency))
                .add(Rate.builder("1").perMinute(price).increments(60, 60).build())
                .build();
    }

    private static ExactTotal usd(String amount) {
        return ExactTotal.in(USD).plus(Money.of(amount, "USD"));
    }
}
