package io.careflow.pstn.error;

import org.jspecify.annotations.Nullable;

/**
 * The wanted number cannot be had: somebody else took it, or the carrier withdrew it. Effect NONE. Search again and order
 * another one.
 */
public final class NumberUnavailable extends PstnException {
    private static final long serialVersionUID = 1L;

    /** A failure with its facts and, if there is one, the exception behind it. */
    public NumberUnavailable(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
    }

    /** A failure with its facts. */
    public NumberUnavailable(Failure failure) {
        this(failure, null);
    }
}
