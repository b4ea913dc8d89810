package io.careflow.pstn.rating;

import java.time.Duration;
import java.util.Objects;

/**
 * How long a call may last, and what it costs if it does. Immutable and thread-safe.
 *
 * @param talk the longest talk, in whole seconds; zero if the call must not be placed
 * @param price what so much talk costs; if the call must not be placed, why: a charge of zero that says what is not paid for, or the
 *     reason why there is no price
 */
public record Allowance(Duration talk, RatingResult price) {

    /** Checks the parts. */
    public Allowance {
        Objects.requireNonNull(price, "price");
        if (talk.isNegative()) {
            throw new IllegalArgumentException("talk must not be negative: " + talk);
        }
    }

    /** Whether the call must not be placed. */
    public boolean isDenied() {
        return talk.isZero();
    }
}
