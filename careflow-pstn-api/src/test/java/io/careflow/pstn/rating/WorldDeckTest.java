package io.careflow.pstn.rating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.careflow.pstn.call.Direction;
import java.time.Instant;
import java.util.Currency;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Decks of every size that is laid out differently, asked for numbers of every length. */
class WorldDeckTest {

    private static final Instant T = Instant.parse("2026-04-01T00:00:00Z");
    private static final String OTHERS = "/:*+ ax\u0000\u007f\u0130\u0660\u0669\u06f5\uff10\uff19\u3010\uffff";

    private static final Rate PRICE =
            Rate.builder("1").perMinute("0.01").increments(1, 1).build();

    private static final Rate CATCH_ALL =
            Rate.catchAll().perMinute("0.01").increments(1, 1).build();

    private final Random random = new Random(11);

    @ParameterizedTest
    @ValueSource(ints = {1, 9, 10, 100, 1_000, 10_000, 150_000})
    void findsWhatProbingEveryLengthFinds(int size) {
        Map<String, Rate> rates = rates(size);
        RateDeck deck = deck(rates);
        String[] prefixes = rates.keySet().toArray(String[]::new);
        for (int i = 0; i < 30_000; i++) {
            String number = number(prefixes, 1 + i % 40);
            Rate expected = null;
            for (int length = Math.min(18, number.length()); length >= 0 && expected == null; length--) {
                expected = rates.get(number.substring(0, length));
            }
            int index = deck.indexOf(number, T);
            assertThat(index < 0 ? null : deck.rate(index)).as(number).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1_000, 150_000})
    void refusesEveryOtherCharacterAtEveryPosition(int size) {
        Map<String, Rate> rates = rates(size);
        RateDeck deck = deck(rates);
        String[] prefixes = rates.keySet().toArray(String[]::new);
        for (int length = 1; length <= 40; length++) {
            for (int position = 0; position < length; position++) {
                for (int i = 0; i < OTHERS.length(); i++) {
                    StringBuilder number = new StringBuilder(number(prefixes, length));
                    number.setCharAt(position, OTHERS.charAt(i));
                    assertRefuses(deck, number.toString(), position);
                }
            }
        }
    }

    /** One prefix for each of the first table's digits: nothing is below it. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void findsInATableWithoutNodes(int digits) {
        Map<String, Rate> rates = new HashMap<>();
        int size = (int) Math.pow(10, digits);
        for (int i = 0; i < size; i++) {
            String prefix = Integer.toString(size + i).substring(1);
            rates.put(prefix, rate(prefix));
        }
        RateDeck deck = deck(rates);
        assertThat(deck.find("4".repeat(12), T)).contains(rate("4".repeat(digits)));
        assertThat(deck.find("4".repeat(digits), T)).contains(rate("4".repeat(digits)));
    }

    private static void assertRefuses(RateDeck deck, String number, int position) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> deck.indexOf(number, T))
                .withMessage("the number has something other than a digit at position " + (position + 1));
    }

    /** Half of the prefixes goes on where another ends, and so on, up to eighteen digits. */
    private Map<String, Rate> rates(int size) {
        Map<String, Rate> rates = new HashMap<>();
        String last = "";
        if (size == 9 || size == 10_000) {
            rates.put(last, rate(last));
        }
        while (rates.size() < size) {
            boolean longer = random.nextBoolean() && last.length() < 18;
            last = longer ? last + random.nextInt(10) : digits(1 + random.nextInt(9));
            rates.put(last, rate(last));
        }
        return rates;
    }

    /** Half of them begins as a prefix does, as far as the length goes. */
    private String number(String[] prefixes, int length) {
        String start = random.nextBoolean() ? prefixes[random.nextInt(prefixes.length)] : "";
        return (start + digits(length)).substring(0, length);
    }

    private String digits(int count) {
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < count; i++) {
            digits.append((char) ('0' + random.nextInt(10)));
        }
        return digits.toString();
    }

    private static Rate rate(String prefix) {
        return prefix.isEmpty() ? CATCH_ALL : PRICE.withPrefix(prefix);
    }

    private static RateDeck deck(Map<String, Rate> rates) {
        RateDeckBuilder deck =
                RateDeck.builder("world", "1", "carrier", Direction.OUTBOUND).currency(Currency.getInstance("USD"));
        rates.values().forEach(deck::add);
        return deck.build();
    }
}
