package io.careflow.pstn.error;

import org.jspecify.annotations.Nullable;

/**
 * The thing does not exist, or not any more (HTTP 404, 410). Effect NONE. For a call this is normal once it has ended.
 */
public final class NotFound extends PstnException {
    private static final long serialVersionUID = 1L;

    /** A failure with its facts and, if there is one, the exception behind it. */
    public NotFound(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
    }

    /** A failure with its facts. */
    public NotFound(Failure failure) {
        this(failure, null);
    }
}
