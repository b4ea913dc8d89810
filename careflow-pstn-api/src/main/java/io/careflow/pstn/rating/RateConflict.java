package io.careflow.pstn.rating;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Two rates that price the same calls at some moment, with nothing to say which of them holds. Immutable and thread-safe.
 *
 * @param first the lower row number of the two
 * @param second the higher
 * @param prefix what both price; empty for the catch-all
 * @param from the instant from which both do; null if both always have
 */
public record RateConflict(
        int first, int second, String prefix, @Nullable Instant from) {

    /** In one line, for example {@code rows 1 and 3 both price prefix 1 from 2026-04-01T00:00:00Z}. */
    @Override
    public String toString() {
        return "rows " + first + " and " + second + " both price "
                + (prefix.isEmpty() ? "the catch-all prefix" : "prefix " + prefix)
                + Optional.ofNullable(from).map(instant -> " from " + instant).orElse("");
    }
}
