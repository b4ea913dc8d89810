package io.careflow.pstn.rating;

import java.math.BigDecimal;

/**
 * The price from a second of a call on: of the increments that start there or later. Immutable and thread-safe.
 *
 * @param fromSecond billed seconds after which it holds, 1 or more
 * @param perMinute price of 60 seconds, in the deck's currency
 * @param increment step in seconds
 */
public record RateTier(int fromSecond, BigDecimal perMinute, int increment) {

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if a number of seconds is outside 1 to 86400, or the price is negative or has more than 10
     *     decimals or 9 digits before the point
     */
    public RateTier {
        Prices.seconds("fromSecond of a tier", fromSecond, 1, "");
        Prices.seconds("increment of a tier", increment, 1, "");
        perMinute = Prices.checked("perMinute of a tier", perMinute, "");
    }
}
