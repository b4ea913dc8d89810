package io.careflow.pstn.asterisk;

import io.careflow.pstn.directory.CareFlowId;
import io.careflow.pstn.flow.SpokenDigits;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What may be said in answer to a gather: as many digits as it asks for, a CareFlow ID, or words that it hints at. */
final class SpokenGrammar {
    private final int maxDigits;
    private final Set<String> words;

    SpokenGrammar(Utterance utterance) {
        maxDigits = utterance.maxDigits();
        words = utterance.hints().stream()
                .flatMap(hint -> Arrays.stream(plain(hint).split(" ", -1)))
                .collect(Collectors.toUnmodifiableSet());
    }

    boolean allows(String said) {
        return SpokenDigits.find(said)
                .map(digits -> digits.length() <= maxDigits)
                .orElseGet(() -> CareFlowId.findSpoken(said).isPresent()
                        || (!namesDigits(said)
                                && Arrays.stream(plain(said).split(" ", -1)).allMatch(words::contains)));
    }

    /** Digit words are often hinted at, but what has them and is no number was not understood. */
    private static boolean namesDigits(String said) {
        return Arrays.stream(plain(said).split(" ", -1))
                .anyMatch(word -> SpokenDigits.find(word).isPresent());
    }

    private static String plain(String text) {
        return text.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}']+", " ")
                .strip();
    }
}
