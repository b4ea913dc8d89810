package io.careflow.pstn.asterisk;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * Turns text into speech that Asterisk can play. Implement it to use a speech service of your choice. Must be thread-safe;
 * may block for seconds.
 */
public interface SpeechSynthesizer {

    /** Names engine and version. A different name means that stored speech is made anew. */
    String name();

    /**
     * Writes the spoken text as a WAV file: 8000 Hz, 16 bit, one channel, PCM.
     *
     * @param text plain text, never markup
     * @param locale the language of the text
     * @param voice the engine's own name of a voice; empty for the language's usual one
     * @param target where to write; overwritten if it exists
     * @throws SpeechException if there is no such speech; the target is then of no use
     */
    void synthesize(String text, Locale locale, Optional<String> voice, Path target) throws SpeechException;
}
