package io.careflow.pstn.asterisk;

import java.util.Optional;

/**
 * Turns what a caller said into words. Implement it to use a recogniser of your choice. Must be thread-safe; may block until it
 * is interrupted, which happens when the provider's time limit is over or the result is of no use any more.
 *
 * <p>A provider does not close it: one recogniser may serve several.
 */
public interface SpeechRecognizer extends AutoCloseable {

    /** Names the engine, for logs. */
    String name();

    /**
     * The words of one utterance.
     *
     * @return empty if nothing was understood
     * @throws SpeechException if the recogniser failed; its message never quotes what was said
     * @throws InterruptedException if it was interrupted; nothing of its work is left behind then
     */
    Optional<RecognizedSpeech> recognize(Utterance utterance) throws SpeechException, InterruptedException;

    /** Ends what is at work. May be called more than once. */
    @Override
    default void close() {}
}
