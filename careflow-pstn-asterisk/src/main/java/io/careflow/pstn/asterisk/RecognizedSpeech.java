package io.careflow.pstn.asterisk;

import org.jspecify.annotations.Nullable;

/**
 * What a recogniser understood.
 *
 * @param words the words, not blank
 * @param confidence how sure it is, 0 to 100, or null if it does not tell
 */
public record RecognizedSpeech(String words, @Nullable Integer confidence) {
    private static final int LONGEST = 1000;

    public RecognizedSpeech {
        if (words.isBlank() || words.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "words have " + words.length() + " characters; allowed are 1 to " + LONGEST + ", not all blank");
        }
        if (confidence != null && (confidence < 0 || confidence > 100)) {
            throw new IllegalArgumentException("confidence is " + confidence + "; allowed are 0 to 100");
        }
    }

    /** Without the words: what callers say is nobody's business but the application's. */
    @Override
    public String toString() {
        return "RecognizedSpeech[" + words.length() + " characters, confidence " + confidence + "]";
    }
}
