package io.careflow.pstn.desk;

import io.careflow.pstn.directory.CareFlowId;
import io.careflow.pstn.flow.Prompt;
import io.careflow.pstn.flow.Say;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * Saying the CareFlow ID instead of typing it, which always remains possible. An ID that the recogniser is not sure of is read
 * back, and rings nobody before the caller has confirmed it with 1 or a word; anything else, also silence, is a no, and the ID
 * is asked for again.
 *
 * @param askId asks for the ID, to be typed or said; takes the place of {@link InboundPrompts#askId}
 * @param notUnderstood something was said in which there was no ID
 * @param readBack says which ID was understood and how it is confirmed
 * @param confirmBelow an ID that was recognised with less confidence than this is read back, as is one whose confidence
 *     nobody tells: 0 to 101, where 101 means every one
 * @param yes words that confirm, in lower case
 * @param no words that deny, in lower case
 */
public record VoiceEntry(
        Prompt askId, Prompt notUnderstood, ReadBack readBack, int confirmBelow, Set<String> yes, Set<String> no) {

    public VoiceEntry {
        Objects.requireNonNull(askId, "askId");
        Objects.requireNonNull(notUnderstood, "notUnderstood");
        Objects.requireNonNull(readBack, "readBack");
        if (confirmBelow < 0 || confirmBelow > 101) {
            throw new IllegalArgumentException("confirmBelow is " + confirmBelow + "; allowed are 0 to 101");
        }
        yes = Set.copyOf(yes);
        no = Set.copyOf(no);
    }

    /** Spoken English; IDs recognised with a confidence below 80 are read back. */
    public static VoiceEntry english() {
        return new VoiceEntry(
                new Say("Please enter or say your CareFlow ID.", Locale.ENGLISH),
                new Say("Sorry, I did not understand.", Locale.ENGLISH),
                id -> List.of(new Say(
                        "I understood " + String.join(", ", id.keypad().split(""))
                                + ". If this is right, press 1 or say yes." + " If not, press 2 or say no.",
                        Locale.ENGLISH)),
                80,
                Set.of("yes", "yeah", "yep", "correct", "right"),
                Set.of("no", "nope", "wrong"));
    }

    /** The same, reading back what is recognised with less confidence than this. */
    public VoiceEntry confirmingBelow(int value) {
        return new VoiceEntry(askId, notUnderstood, readBack, value, yes, no);
    }

    /** Says an ID to the caller. Thread-safe. */
    @FunctionalInterface
    public interface ReadBack {
        /** What the caller hears; not empty. */
        List<Prompt> of(CareFlowId id);
    }
}
