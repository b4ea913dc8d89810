package io.careflow.pstn.error;

import org.jspecify.annotations.Nullable;

/**
 * The provider does not accept our credentials, or they lack a permission (HTTP 401, 403). Effect NONE. Retrying does not
 * help; correct the configuration.
 */
public final class AuthenticationFailed extends PstnException {
    private static final long serialVersionUID = 1L;

    /** A failure with its facts and, if there is one, the exception behind it. */
    public AuthenticationFailed(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
    }

    /** A failure with its facts. */
    public AuthenticationFailed(Failure failure) {
        this(failure, null);
    }
}
