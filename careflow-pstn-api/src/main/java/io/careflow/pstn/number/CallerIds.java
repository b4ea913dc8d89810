package io.careflow.pstn.number;

import io.careflow.pstn.Capability;
import io.careflow.pstn.PhoneNumber;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Numbers of other carriers that we proved to be ours, so that they may be shown as caller IDs. Thread-safe. Every method
 * throws a {@link io.careflow.pstn.error.PstnException} whose effect says whether the carrier may have acted.
 */
public interface CallerIds extends Capability {

    /** The numbers that are verified, or about to be. */
    List<CallerId> list();

    /** Has the carrier call or text the number, once, and tell a code there. */
    void begin(PhoneNumber number, Method method);

    /**
     * Hands in the code that was told.
     *
     * @return the number, verified
     * @throws io.careflow.pstn.error.InvalidRequest if the code is wrong or too old
     * @throws io.careflow.pstn.error.NotFound if the number was told no code
     */
    CallerId confirm(PhoneNumber number, String code);

    /** The number may be shown no longer. One that is not verified is no error. */
    void remove(PhoneNumber number);

    /** How the code is told. */
    enum Method {
        /** By a text message. */
        SMS,
        /** By a call. */
        CALL
    }

    /**
     * A number that may be shown.
     *
     * @param verifiedAt since when, or null if the carrier does not say
     * @param rawStatus the carrier's word; empty if it has none
     */
    record CallerId(PhoneNumber number, @Nullable Instant verifiedAt, String rawStatus) {
        public CallerId {
            Objects.requireNonNull(number, "number");
            Objects.requireNonNull(rawStatus, "rawStatus");
        }
    }
}
