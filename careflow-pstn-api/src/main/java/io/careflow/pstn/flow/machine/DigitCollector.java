package io.careflow.pstn.flow.machine;

import io.careflow.pstn.flow.Gather;
import io.careflow.pstn.flow.GatheredInput;
import io.careflow.pstn.flow.GatheredInput.End;
import io.careflow.pstn.flow.InputKind;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Collects the digits of one gather, for machines that report keys one by one. A pure state machine: it is told what
 * happened and when, and says until when it waits; the caller owns the clock and the timer. Immutable.
 */
public final class DigitCollector {
    private final Gather gather;
    private final String digits;
    private final @Nullable Instant nextKeyBy;
    private final @Nullable Instant allBy;
    private final @Nullable GatheredInput result;

    private DigitCollector(
            Gather gather,
            String digits,
            @Nullable Instant nextKeyBy,
            @Nullable Instant allBy,
            @Nullable GatheredInput result) {
        this.gather = gather;
        this.digits = digits;
        this.nextKeyBy = nextKeyBy;
        this.allBy = allBy;
        this.result = result;
    }

    /** A collector whose prompts still play: no time runs yet. */
    public static DigitCollector of(Gather gather) {
        return new DigitCollector(gather, "", null, null, null);
    }

    /** The prompts are over at this moment; from now on the times run. */
    public DigitCollector promptsOver(Instant at) {
        if (result != null || allBy != null) {
            return this;
        }
        return new DigitCollector(gather, digits, at.plus(gather.firstDigit()), at.plus(gather.total()), null);
    }

    /** A key was pressed. Unknown characters, and keys where only speech is asked for, change nothing. */
    public DigitCollector key(char key, Instant at) {
        boolean expected = gather.kinds().contains(InputKind.DTMF) && "0123456789*#ABCD".indexOf(key) >= 0;
        if (result != null || !expected) {
            return this;
        }
        Instant end = allBy == null ? at.plus(gather.total()) : allBy;
        if (gather.finishKey() != null && key == gather.finishKey()) {
            return over(digits, End.FINISH_KEY);
        }
        if (gather.restartKey() != null && key == gather.restartKey()) {
            return new DigitCollector(gather, "", at.plus(gather.firstDigit()), end, null);
        }
        String more = digits + key;
        return more.length() >= gather.maxDigits()
                ? over(more, End.COMPLETE)
                : new DigitCollector(gather, more, at.plus(gather.betweenDigits()), end, null);
    }

    /** The caller began to speak, if the gather asks for that: no word is waited for any more, only the total time runs. */
    public DigitCollector speaking() {
        boolean expected = gather.kinds().contains(InputKind.SPEECH) && digits.isEmpty();
        return result != null || allBy == null || !expected
                ? this
                : new DigitCollector(gather, digits, allBy, allBy, null);
    }

    /**
     * The recogniser understood something; this completes the gather if it asks for speech.
     *
     * @param confidence 0 to 100, or null if the recogniser does not tell
     */
    public DigitCollector speech(String words, @Nullable Integer confidence) {
        return result != null || !gather.kinds().contains(InputKind.SPEECH)
                ? this
                : new DigitCollector(
                        gather, digits, null, null, new GatheredInput(digits, words, confidence, End.COMPLETE));
    }

    /** The time is now this; ends the gather if one of its times is over. */
    public DigitCollector tick(Instant now) {
        Optional<Instant> deadline = deadline();
        return deadline.isPresent() && !now.isBefore(deadline.get()) ? over(digits, End.TIMEOUT) : this;
    }

    /** When {@link #tick} has to be called next; empty while prompts play and when it is over. */
    public Optional<Instant> deadline() {
        if (result != null || nextKeyBy == null || allBy == null) {
            return Optional.empty();
        }
        return Optional.of(nextKeyBy.isBefore(allBy) ? nextKeyBy : allBy);
    }

    /** The result, once it is over. */
    public Optional<GatheredInput> result() {
        return Optional.ofNullable(result);
    }

    private DigitCollector over(String entered, End end) {
        return new DigitCollector(gather, entered, null, null, GatheredInput.digits(entered, end));
    }
}
