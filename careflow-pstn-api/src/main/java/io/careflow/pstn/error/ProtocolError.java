package io.careflow.pstn.error;

import org.jspecify.annotations.Nullable;

/**
 * The provider answered something that cannot be understood: a truncated body, HTML instead of JSON, a missing field. The
 * effect of a write is UNKNOWN.
 */
public final class ProtocolError extends PstnException {
    private static final long serialVersionUID = 1L;

    /** A failure with its facts and, if there is one, the exception behind it. */
    public ProtocolError(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
    }

    /** A failure with its facts. */
    public ProtocolError(Failure failure) {
        this(failure, null);
    }
}
