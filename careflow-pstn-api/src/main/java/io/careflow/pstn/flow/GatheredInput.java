package io.careflow.pstn.flow;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a caller entered.
 *
 * @param digits keys pressed, without finish key; empty if none
 * @param speech words recognised, or null if none
 * @param confidence how sure the recogniser is of the words, 0 to 100, or null
 * @param end why the gather ended
 */
public record GatheredInput(
        String digits, @Nullable String speech, @Nullable Integer confidence, End end) {

    public GatheredInput {
        Objects.requireNonNull(digits, "digits");
        Objects.requireNonNull(end, "end");
        if (confidence != null && (confidence < 0 || confidence > 100)) {
            throw new IllegalArgumentException("confidence is " + confidence + "; allowed are 0 to 100");
        }
    }

    /** Keys pressed. */
    public static GatheredInput digits(String digits, End end) {
        return new GatheredInput(digits, null, null, end);
    }

    /** Whether nothing was entered at all. */
    public boolean isEmpty() {
        return digits.isEmpty() && (speech == null || speech.isBlank());
    }

    /** Why a gather ended. */
    public enum End {
        /** Enough digits, or an utterance. */
        COMPLETE,
        /** The finish key. */
        FINISH_KEY,
        /** One of the times was over. */
        TIMEOUT
    }
}
