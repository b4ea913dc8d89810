package io.careflow.pstn.rating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.call.Direction;
import java.time.Instant;
import java.util.Currency;
import java.util.stream.IntStream;
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

    @Test
    void indexesItsRatesInTheOrderOfTheirPrefixes() {
        RateDeck deck = deck().add(rate("44").build())
                .add(rate("0").build())
                .add(rate("1416").effectiveFrom(T).build())
                .add(rate("1").build())
                .add(Rate.catchAll().perMinute("1").increments(1, 1).build())
                .build();
        assertThat(IntStream.range(0, deck.size()).mapToObj(i -> deck.rate(i).prefix()))
                .containsExactly("", "0", "1", "1416", "44");
        assertThat(deck.indexOf("14165550100", T)).isEqualTo(3);
        assertThat(deck.indexOf("14165550100", T.minusNanos(1))).isEqualTo(2);
        assertThat(deck.indexOf("9", T)).isZero();
        RateDeck other = deck().add(rate("44").build()).build();
        assertThat(other.indexOf("45", T)).isEqualTo(-1);
        assertThatIllegalArgumentException().isThrownBy(() -> other.indexOf("44x", T));
    }

    /** Enough prefixes that the first table reads several digits, and numbers shorter than those. */
    @Test
    void largeDecksFindShortNumbersToo() {
        RateDeckBuilder builder = deck();
        for (int i = 1_000; i < 10_000; i++) {
            builder.add(rate(Integer.toString(i)).build());
        }
        RateDeck deck = builder.add(rate("12").build()).add(rate("07").build()).build();
        assertThat(deck.find("12", T).map(Rate::prefix)).contains("12");
        assertThat(deck.find("123", T).map(Rate::prefix)).contains("12");
        assertThat(deck.find("1234", T).map(Rate::prefix)).contains("1234");
        assertThat(deck.find("12345678901234567890", T).map(Rate::prefix)).contains("1234");
        assertThat(deck.find("0799", T).map(Rate::prefix)).contains("07");
        assertThat(deck.find("1", T)).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> deck.find("1x", T));
        assertThatIllegalArgumentException().isThrownBy(() -> deck.find("12345*", T));
        assertThatIllegalArgumentException().isThrownBy(() -> deck.find("*2345", T));
        assertThatIllegalArgumentException().isThrownBy(() -> deck.find("1:345", T));
        assertThatIllegalArgumentException().isThrownBy(() -> deck.find("1".repeat(41), T));
    }

    @Test
    void ratesOfOnePriceForManyPrefixesShareIt() {
        Rate one = rate("1").connectionFee("0.5").build();
        assertThat(one.withPrefix("0044"))
                .isEqualTo(rate("0044").connectionFee("0.5").build());
        assertThatIllegalArgumentException().isThrownBy(() -> one.withPrefix("+44"));
        assertThatIllegalArgumentException().isThrownBy(() -> one.withPrefix(""));
    }

    @Test
    void tellsConflictsAsValues() {
        assertThatThrownBy(() -> deck().add(rate("1").build(), 4)
                        .add(rate("1").build(), 2)
                        .build())
                .isInstanceOfSatisfying(
                        ConflictingRates.class,
                        e -> assertThat(e.conflicts()).containsExactly(new RateConflict(2, 4, "1", null)));
    }
}
