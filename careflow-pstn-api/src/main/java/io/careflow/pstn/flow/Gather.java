package io.careflow.pstn.flow;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Asks the caller for input by keypad, by voice, or both; the first that is complete counts. Answers the call if it is not
 * answered yet.
 *
 * <p>The prompts are interrupted by the first digit. Digits pressed before the gather's own prompts are not kept, so that
 * every provider behaves alike. The gather is over when {@code maxDigits} are in, the finish key is pressed, the time
 * between digits or the total time after the prompts is over. The restart key throws away what was entered.
 *
 * @param kinds keypad, voice, or both
 * @param prompts what the caller hears meanwhile; may be empty
 * @param maxDigits 1 to 64
 * @param finishKey ends the input and is not part of it, or null for none
 * @param restartKey throws the input away and starts again, or null for none
 * @param firstDigit how long to wait after the prompts for the first digit or word
 * @param betweenDigits how long to wait after a digit for the next
 * @param total how long to wait after the prompts in all
 * @param hints words that a speaking caller is likely to use, for the recogniser: at most 100, of 1 to 100 characters without
 *     commas; only with {@link InputKind#SPEECH}
 * @param then where the application goes on with the result
 */
public record Gather(
        Set<InputKind> kinds,
        List<Prompt> prompts,
        int maxDigits,
        @Nullable Character finishKey,
        @Nullable Character restartKey,
        Duration firstDigit,
        Duration betweenDigits,
        Duration total,
        List<String> hints,
        Continuation then)
        implements Ending {
    private static final int MOST_HINTS = 100;
    private static final int LONGEST_HINT = 100;

    public Gather {
        if (kinds.isEmpty()) {
            throw new IllegalArgumentException(
                    "gather has no kind of input; allowed are " + EnumSet.allOf(InputKind.class));
        }
        kinds = Set.copyOf(kinds);
        prompts = List.copyOf(prompts);
        Limits.within("maximum of digits", maxDigits, 1, 64);
        requireKey("finish key", finishKey);
        requireKey("restart key", restartKey);
        if (finishKey != null && finishKey.equals(restartKey)) {
            throw new IllegalArgumentException(
                    "finish key and restart key are both '" + finishKey + "'; they must differ");
        }
        Duration least = Duration.ofMillis(100);
        Limits.within("time to the first digit", firstDigit, least, Duration.ofMinutes(2));
        Limits.within("time between digits", betweenDigits, least, Duration.ofMinutes(1));
        Limits.within("total time", total, least, Duration.ofMinutes(5));
        hints = List.copyOf(hints);
        requireHints(kinds, hints);
        Objects.requireNonNull(then, "then");
    }

    /** Up to this many digits: # ends, * starts again, 5 s for the first digit, 3 s between digits, 20 s in all. */
    public static Gather digits(int maxDigits, Continuation then) {
        return new Gather(
                Set.of(InputKind.DTMF),
                List.of(),
                maxDigits,
                '#',
                '*',
                Duration.ofSeconds(5),
                Duration.ofSeconds(3),
                Duration.ofSeconds(20),
                List.of(),
                then);
    }

    /** The same with these kinds of input. */
    public Gather accepting(Set<InputKind> value) {
        return new Gather(
                value, prompts, maxDigits, finishKey, restartKey, firstDigit, betweenDigits, total, hints, then);
    }

    /** The same with these prompts. */
    public Gather asking(Prompt... value) {
        return new Gather(
                kinds, List.of(value), maxDigits, finishKey, restartKey, firstDigit, betweenDigits, total, hints, then);
    }

    /** The same with these times. */
    public Gather within(Duration first, Duration between, Duration all) {
        return new Gather(kinds, prompts, maxDigits, finishKey, restartKey, first, between, all, hints, then);
    }

    /** The same with words that a speaking caller is likely to use. */
    public Gather hinting(String... value) {
        return new Gather(
                kinds,
                prompts,
                maxDigits,
                finishKey,
                restartKey,
                firstDigit,
                betweenDigits,
                total,
                List.of(value),
                then);
    }

    @Override
    public String name() {
        return kinds.contains(InputKind.SPEECH) ? "gather-speech" : "gather";
    }

    private static void requireHints(Set<InputKind> kinds, List<String> hints) {
        Limits.within("number of hints", hints.size(), 0, MOST_HINTS);
        if (!hints.isEmpty() && !kinds.contains(InputKind.SPEECH)) {
            throw new IllegalArgumentException("hints are for speech, but the gather takes " + kinds);
        }
        for (String hint : hints) {
            if (hint.isBlank() || hint.length() > LONGEST_HINT || hint.indexOf(',') >= 0) {
                throw new IllegalArgumentException("hint '" + hint + "' is not usable: allowed are 1 to " + LONGEST_HINT
                        + " characters without commas");
            }
        }
    }

    private static void requireKey(String what, @Nullable Character key) {
        if (key != null && "0123456789*#ABCD".indexOf(key) < 0) {
            throw new IllegalArgumentException(what + " is '" + key + "'; allowed are 0-9, *, # and A-D");
        }
    }
}
