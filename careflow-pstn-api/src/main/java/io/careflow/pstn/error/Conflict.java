package io.careflow.pstn.error;

import org.jspecify.annotations.Nullable;

/**
 * The thing exists but is in a state that does not allow this (HTTP 409, 412), such as a call that is over.
 * Effect NONE.
 */
public final class Conflict extends PstnException {
    private static final long serialVersionUID = 1L;

    /** A failure with its facts and, if there is one, the exception behind it. */
    public Conflict(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
    }

    /** A failure with its facts. */
    public Conflict(Failure failure) {
        this(failure, null);
    }
}
