package io.careflow.pstn.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.call.Direction;
import io.careflow.pstn.money.Money;
import io.careflow.pstn.rating.RateDeck;
import io.careflow.pstn.rating.RateDeckBuilder;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PricedDeckTest {
    private static final PhoneNumber OURS = new PhoneNumber("+14165550100");
    private static final PhoneNumber CANADA = new PhoneNumber("+14165550199");
    private static final PhoneNumber BRITAIN = new PhoneNumber("+442071838750");
    private static final PhoneNumber FRANCE = new PhoneNumber("+33155550100");

    @Test
    @DisplayName("what is told becomes rates, what is not told is named and not free")
    void deck() {
        PricedDeck priced = PricedDeck.of(
                new List(Map.of(CANADA, Money.of("0.013", "CAD"), BRITAIN, Money.of("0.02", "CAD"))),
                OURS,
                Map.of("1416", CANADA, "44", BRITAIN, "33", FRANCE),
                60,
                60,
                builder());

        RateDeck deck = priced.deck().orElseThrow();
        assertThat(deck).hasToString("twilio/1 (twilio OUTBOUND, CAD, 2 rates)");
        assertThat(deck.find(CANADA.digits(), Instant.EPOCH).orElseThrow()).hasToString("1416: 0.013/min 60/60");
        assertThat(deck.find(FRANCE.digits(), Instant.EPOCH)).isEmpty();
        assertThat(priced.unknown()).containsExactly("33");
    }

    @Test
    @DisplayName("where nothing is told there is no deck")
    void nothing() {
        PricedDeck priced = PricedDeck.of(new List(Map.of()), OURS, Map.of("33", FRANCE), 60, 60, builder());

        assertThat(priced.deck()).isEmpty();
        assertThat(priced.unknown()).containsExactly("33");
    }

    @Test
    @DisplayName("two currencies, a number of another prefix and no numbers at all are refused")
    void refused() {
        Prices mixed = new List(Map.of(CANADA, Money.of("0.013", "CAD"), BRITAIN, Money.of("0.02", "GBP")));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> PricedDeck.of(mixed, OURS, Map.of("1", CANADA, "44", BRITAIN), 60, 60, builder()))
                .withMessageContaining("currency");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PricedDeck.of(mixed, OURS, Map.of("33", CANADA), 60, 60, builder()))
                .withMessageContaining("prefix '33'");
        assertThatIllegalArgumentException().isThrownBy(() -> PricedDeck.of(mixed, OURS, Map.of(), 60, 60, builder()));
    }

    private static RateDeckBuilder builder() {
        return RateDeck.builder("twilio", "1", "twilio", Direction.OUTBOUND);
    }

    private record List(Map<PhoneNumber, Money> told) implements Prices {
        @Override
        public Optional<CallPrice> call(PhoneNumber from, PhoneNumber to) {
            return Optional.ofNullable(told.get(to)).map(price -> new CallPrice(price, ""));
        }

        @Override
        public Optional<Money> message(PhoneNumber from, PhoneNumber to) {
            return Optional.empty();
        }
    }
}
