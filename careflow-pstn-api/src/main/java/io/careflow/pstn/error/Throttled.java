package io.careflow.pstn.error;

import org.jspecify.annotations.Nullable;

/**
 * The provider asks us to slow down (HTTP 429). Effect NONE. Try again after {@link #retryAfter}.
 */
public final class Throttled extends PstnException {
    private static final long serialVersionUID = 1L;

    /** A failure with its facts and, if there is one, the exception behind it. */
    public Throttled(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
    }

    /** A failure with its facts. */
    public Throttled(Failure failure) {
        this(failure, null);
    }
}
