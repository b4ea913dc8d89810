package io.careflow.pstn.flow;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Digits as recognisers write down what a caller said: {@code four seven one one}, {@code oh double one seven},
 * {@code 47 11} or {@code 4711}. The words are English, with the words that recognisers write for them because they sound
 * alike ({@code for}, {@code to}); digits themselves need no language. What is not all digits is none: nothing is guessed.
 */
public final class SpokenDigits {
    private static final int LONGEST_TEXT = 400;
    private static final int MOST_DIGITS = 64;
    private static final Map<String, String> WORDS = Map.ofEntries(
            Map.entry("zero", "0"),
            Map.entry("oh", "0"),
            Map.entry("o", "0"),
            Map.entry("nought", "0"),
            Map.entry("one", "1"),
            Map.entry("won", "1"),
            Map.entry("two", "2"),
            Map.entry("to", "2"),
            Map.entry("too", "2"),
            Map.entry("three", "3"),
            Map.entry("four", "4"),
            Map.entry("for", "4"),
            Map.entry("fore", "4"),
            Map.entry("five", "5"),
            Map.entry("six", "6"),
            Map.entry("seven", "7"),
            Map.entry("eight", "8"),
            Map.entry("ate", "8"),
            Map.entry("nine", "9"),
            Map.entry("niner", "9"));

    private SpokenDigits() {}

    /** The digits that were said, in order; empty if there are none, more than 64, or anything else among them. */
    public static Optional<String> find(String words) {
        if (words.length() > LONGEST_TEXT) {
            return Optional.empty();
        }
        String separated =
                words.toLowerCase(Locale.ROOT).replaceAll("[-_.,;:!?\\s]+", " ").strip();
        StringBuilder digits = new StringBuilder();
        int times = 1;
        for (String word : separated.split(" ", -1)) {
            int multiple = multiple(word);
            String meant = word.matches("[0-9]+") ? word : WORDS.getOrDefault(word, "");
            boolean single = times == 1;
            boolean fits = multiple > 1 ? single : meant.length() == 1 || (single && !meant.isEmpty());
            if (!fits) {
                return Optional.empty();
            }
            digits.append(meant.repeat(times));
            times = multiple;
        }
        return times > 1 || digits.length() > MOST_DIGITS ? Optional.empty() : Optional.of(digits.toString());
    }

    /** How often the digit that follows is meant. */
    private static int multiple(String word) {
        return switch (word) {
            case "double" -> 2;
            case "triple", "treble" -> 3;
            default -> 1;
        };
    }
}
