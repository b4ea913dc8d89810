package io.careflow.pstn.error;

import org.jspecify.annotations.Nullable;

/**
 * No usable answer: connection refused, time-out, HTTP 408 or 5xx. The effect is NONE only where the request certainly was
 * not sent; otherwise UNKNOWN: look the operation up before you repeat it.
 */
public final class ProviderUnavailable extends PstnException {
    private static final long serialVersionUID = 1L;

    /** A failure with its facts and, if there is one, the exception behind it. */
    public ProviderUnavailable(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
    }

    /** A failure with its facts. */
    public ProviderUnavailable(Failure failure) {
        this(failure, null);
    }
}
