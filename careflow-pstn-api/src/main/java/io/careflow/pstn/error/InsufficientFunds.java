package io.careflow.pstn.error;

import org.jspecify.annotations.Nullable;

/**
 * The account's balance does not allow it (HTTP 402). Effect NONE.
 */
public final class InsufficientFunds extends PstnException {
    private static final long serialVersionUID = 1L;

    /** A failure with its facts and, if there is one, the exception behind it. */
    public InsufficientFunds(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
    }

    /** A failure with its facts. */
    public InsufficientFunds(Failure failure) {
        this(failure, null);
    }
}
