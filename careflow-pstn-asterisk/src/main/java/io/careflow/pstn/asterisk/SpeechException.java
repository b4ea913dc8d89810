package io.careflow.pstn.asterisk;

import org.jspecify.annotations.Nullable;

/** A text could not be spoken, or speech not be recognised. The message says what to do about it, and never quotes the text. */
public final class SpeechException extends Exception {
    private static final long serialVersionUID = 1L;

    /** A failure and, if there is one, the exception behind it. */
    public SpeechException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
