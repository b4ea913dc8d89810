package io.careflow.pstn.rating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.careflow.pstn.call.Direction;
import java.time.Instant;
import java.util.Currency;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateDeckTest {

    private static final Instant T = Instant.parse("2026-04-01T00:00:00Z");

    private static RateDeckBuilder deck() {
        return RateDeck.builder("d", "1", "carrier", Direction.OUTBOUND).currency(Currency.getInstance("USD"));
    }

    private static RateBuilder rate(String prefix) {
        return Rate.builder(prefix).perMinute("0.01").increments(1, 1);
    }

    @Test
    void theLongestPrefixWins() {
        RateDeck deck = deck().add(rate("1").build())
                .add(rate("1416").build())
                .add(rate("0").build())
                .add(rate("00").build())
                .build();
        assertThat(deck.find("14165550100", T).map(Rate::prefix)).contains("1416");
        assertThat(deck.find("1415", T).map(Rate::prefix)).contains("1");
        assertThat(deck.find("001", T).map(Rate::prefix)).contains("00");
        assertThat(deck.find("0", T).map(Rate::prefix)).contains("0");
        assertThat(deck.find("44", T)).isEmpty();
    }

    @Test
    void numbersMayBeLongerThanAnyPrefix() {
        RateDeck deck = deck().add(rate("123456789012345678").build()).build();
        assertThat(deck.find("1234567890123456789999", T)).isPresent();
        assertThat(deck.find("12345678901234567", T)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "+1416", "*98", "1416#", "alice", "14165550100,14165550100", "\u0661\u0662"})
    void refusesWhatIsNoNumber(String digits) {
        RateDeck deck = deck().add(rate("1").build()).build();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> deck.find(digits, T))
                .withMessageStartingWith("the number");
    }

    @Test
    void acceptsPeriodsThatTouch() {
        RateDeck deck = deck().add(rate("1").effectiveFrom(T).perMinute("0.02").build())
                .add(rate("1").effectiveTo(T).build())
                .build();
        assertThat(deck.find("1", T).orElseThrow().perMinute()).isEqualByComparingTo("0.02");
        assertThat(deck.find("1", T.minusNanos(1)).orElseThrow().perMinute()).isEqualByComparingTo("0.01");
    }

    @Test
    void refusesOverlapsWithBothRows() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> deck().add(rate("1").effectiveTo(T.plusMillis(1)).build())
                                .add(rate("44").build())
                                .add(rate("1").effectiveFrom(T).build())
                                .build())
                .withMessage(
                        "deck d has overlapping rates (1): rows 1 and 3 both price prefix 1 from 2026-04-01T00:00:00Z");
    }

    @Test
    void refusesDuplicatesByTheirRowInTheFile() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> deck().add(rate("1").build(), 17)
                        .add(rate("1").build(), 4)
                        .build())
                .withMessageContaining("rows 4 and 17 both price prefix 1");
    }

    @Test
    void reportsEveryRateInsideALongOne() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> deck().add(rate("1").build())
                        .add(rate("1")
                                .effectiveFrom(T)
                                .effectiveTo(T.plusSeconds(1))
                                .build())
                        .add(rate("1").effectiveFrom(T.plusSeconds(5)).build())
                        .build())
                .withMessageContaining("rows 1 and 2")
                .withMessageContaining("rows 1 and 3");
    }

    @Test
    void refusesADeckWithoutRatesCurrencyOrName() {
        assertThatIllegalArgumentException().isThrownBy(() -> deck().build()).withMessage("deck d has no rates");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RateDeck.builder("d", "1", "c", Direction.INBOUND)
                        .add(rate("1").build())
                        .build())
                .withMessage("currency is missing in deck d");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RateDeck.builder("d", " ", "c", Direction.INBOUND))
                .withMessage("version must not be blank");
    }

    @Test
    void doesNotChangeWithItsBuilder() {
        RateDeckBuilder builder = deck().add(rate("1").build());
        RateDeck deck = builder.build();
        builder.add(rate("44").build());
        assertThat(deck.find("44", T)).isEmpty();
        assertThat(deck).hasToString("d/1 (carrier OUTBOUND, USD, 1 rates)");
    }
}
