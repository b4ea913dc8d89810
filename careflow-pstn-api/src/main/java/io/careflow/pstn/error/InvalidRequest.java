package io.careflow.pstn.error;

import org.jspecify.annotations.Nullable;

/**
 * The provider, or this library before any I/O, refuses the request as it stands (HTTP 400, 422). Effect NONE. Retrying does
 * not help; correct the request.
 */
public final class InvalidRequest extends PstnException {
    private static final long serialVersionUID = 1L;

    /** A failure with its facts and, if there is one, the exception behind it. */
    public InvalidRequest(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
    }

    /** A failure with its facts. */
    public InvalidRequest(Failure failure) {
        this(failure, null);
    }
}
