package io.careflow.pstn.error;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The request is well formed, but a rule of the carrier, the account or the law forbids it. Effect NONE. Repeating it is
 * pointless before {@link #why} is mended.
 */
public class NotPermitted extends PstnException {
    private static final long serialVersionUID = 1L;

    private final Why why;

    /** A failure with its facts and, if there is one, the exception behind it. */
    public NotPermitted(Failure failure, Why why, @Nullable Throwable cause) {
        super(failure, cause);
        this.why = Objects.requireNonNull(why, "why");
    }

    /** A failure with its facts. */
    public NotPermitted(Failure failure, Why why) {
        this(failure, why, null);
    }

    /** Which rule forbids it. */
    public Why why() {
        return why;
    }

    /** What kind of rule forbids something. */
    public enum Why {
        /** The destination is on a block list: premium rate, fraud, regulation. */
        DESTINATION_BLOCKED,
        /** The account may not reach this country or zone. */
        GEO_PERMISSION,
        /** The number shown is neither owned nor verified, or must not be shown. */
        CALLER_ID,
        /** The carrier has no way to this destination. */
        UNREACHABLE,
        /** A trial account may not do this. */
        TRIAL,
        /** A limit of the account is reached: of resources, or of calls at one time. */
        LIMIT,
        /** The law wants an address, an identity or a registration first. */
        REGULATORY,
        /** The account is suspended or closed. */
        ACCOUNT,
        /** The recipient has opted out. */
        OPTED_OUT,
        /** The number or the credentials in use cannot do this. */
        NOT_CAPABLE
    }
}
