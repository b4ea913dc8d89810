package io.careflow.pstn.number;

import io.careflow.pstn.Capability;
import io.careflow.pstn.CommandId;
import io.careflow.pstn.PhoneNumber;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds a number for a while before it is ordered, so that nobody else gets it. Costs nothing. Thread-safe. Every method
 * throws a {@link io.careflow.pstn.error.PstnException} whose effect says whether the carrier may have acted.
 */
public interface NumberReservations extends Capability {

    /**
     * Holds a number. Sent once; if the answer is lost, the reservation is looked up by the command's id.
     *
     * @param commandId the caller's key of this one reservation
     * @throws io.careflow.pstn.error.NumberUnavailable if somebody else has it
     */
    Reservation reserve(CommandId commandId, PhoneNumber number);

    /** What the carrier knows of a reservation; empty if it knows none of this id. */
    Optional<Reservation> fetch(String id);

    /**
     * Holds it longer.
     *
     * @throws io.careflow.pstn.error.NotFound if there is no such reservation
     * @throws io.careflow.pstn.error.NotPermitted if the carrier holds it no longer
     */
    Reservation extend(String id);

    /**
     * A number that is held for us.
     *
     * @param id the carrier's id of the reservation
     * @param number which number
     * @param status whether it is held
     * @param rawStatus the carrier's word
     * @param until when it is free again, or null if the carrier does not say
     */
    record Reservation(
            String id,
            PhoneNumber number,
            Status status,
            String rawStatus,
            @Nullable Instant until) {
        public Reservation {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(number, "number");
            Objects.requireNonNull(status, "status");
            Objects.requireNonNull(rawStatus, "rawStatus");
        }
    }

    /** Whether a number is held. */
    enum Status {
        /** It is. */
        HELD,
        /** Not yet. */
        PENDING,
        /** It is not. */
        FAILED,
        /** The carrier says something else; see the raw status. */
        OTHER
    }
}
