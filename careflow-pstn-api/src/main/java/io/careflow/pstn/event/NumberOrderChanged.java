package io.careflow.pstn.event;

import io.careflow.pstn.PhoneNumber;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Something became of an order of numbers that the carrier delivers later.
 *
 * @param order the carrier's id of the order
 * @param reference our own reference of it, or null if it has none
 * @param numbers the numbers ordered
 * @param outcome in our words
 * @param rawStatus the carrier's word
 */
public record NumberOrderChanged(
        String id,
        Instant occurredAt,
        String order,
        @Nullable String reference,
        List<PhoneNumber> numbers,
        Outcome outcome,
        String rawStatus)
        implements PstnEvent {
    public NumberOrderChanged {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(occurredAt, "occurredAt");
        Objects.requireNonNull(order, "order");
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(rawStatus, "rawStatus");
        numbers = List.copyOf(numbers);
    }

    /** What became of it. */
    public enum Outcome {
        /** Still under way. */
        PENDING,
        /** The numbers are ours. */
        DELIVERED,
        /** They are not, and will not be. */
        FAILED,
        /** The carrier says something else; see the raw status. */
        OTHER
    }
}
