package io.careflow.pstn.rating;

import java.math.BigDecimal;
import java.util.Objects;

/**
 * Increments of one call that follow each other and have one price. Only rating makes them. Immutable and thread-safe.
 *
 * @param perMinute price of 60 seconds, in the currency of the charge
 * @param steps how many increments, at least 1
 * @param step seconds of each
 * @param hours the windows that set the price, as {@link TimeWindow#parse} reads them; empty if it holds at any hour
 */
public record ChargePart(BigDecimal perMinute, long steps, int step, String hours) {

    /** Checks the parts. */
    public ChargePart {
        Objects.requireNonNull(perMinute, "perMinute");
        Objects.requireNonNull(hours, "hours");
        if (steps < 1 || step < 1) {
            throw new IllegalArgumentException("a part of a charge has at least one step of one second");
        }
    }

    /** Seconds billed. */
    public long seconds() {
        return steps * step;
    }

    /** The exact price times 60, before any rounding. */
    BigDecimal times60() {
        return perMinute.multiply(BigDecimal.valueOf(seconds()));
    }

    boolean continues(ChargePart before) {
        return step == before.step && perMinute.compareTo(before.perMinute) == 0 && hours.equals(before.hours);
    }
}
