package io.careflow.pstn.asterisk;

import io.careflow.pstn.flow.Gather;
import io.careflow.pstn.flow.Say;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;

/** What a caller said in answer to a gather: a short recording, in memory only. Immutable and thread-safe. */
public final class Utterance {
    private final byte[] wav;
    private final Locale language;
    private final int maxDigits;
    private final List<String> hints;

    /**
     * An utterance.
     *
     * @param wav a WAV file: 8000 Hz, 16 bit, one channel, PCM
     * @param language of the question, and so probably of the answer
     * @param maxDigits how many digits are expected at most
     * @param hints words that are expected; may be empty
     */
    public Utterance(byte[] wav, Locale language, int maxDigits, List<String> hints) {
        this.wav = wav.clone();
        this.language = language;
        this.maxDigits = maxDigits;
        this.hints = List.copyOf(hints);
    }

    /** The answer to this gather; its language is that of the first thing said in its prompts, else English. */
    static Utterance answering(Gather gather, byte[] wav) {
        Locale asked = gather.prompts().stream()
                .filter(Say.class::isInstance)
                .map(prompt -> ((Say) prompt).language())
                .findFirst()
                .orElse(Locale.ENGLISH);
        return new Utterance(wav, asked, gather.maxDigits(), gather.hints());
    }

    /** The WAV file, from its beginning: 8000 Hz, 16 bit, one channel, PCM. */
    public InputStream wav() {
        return new ByteArrayInputStream(wav);
    }

    /** The language of the question. */
    public Locale language() {
        return language;
    }

    /** How many digits are expected at most. */
    public int maxDigits() {
        return maxDigits;
    }

    /** Words that are expected; may be empty. */
    public List<String> hints() {
        return hints;
    }

    /** Its size only. */
    @Override
    public String toString() {
        return "Utterance[" + wav.length + " bytes, " + language + "]";
    }
}
