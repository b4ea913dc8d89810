package io.careflow.pstn.guard;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;

/**
 * What the counters say to a claim.
 *
 * @param taken whether it was taken; false if one of them does not fit
 * @param readings one for each bound, in the claim's order
 */
public record GuardAnswer(boolean taken, List<Reading> readings) {
    public GuardAnswer {
        readings = List.copyOf(readings);
    }

    /**
     * How one counter stands.
     *
     * @param bound the limit
     * @param before its value without this claim
     * @param fits whether this claim fits under it
     */
    public record Reading(GuardBound bound, BigDecimal before, boolean fits) {
        public Reading {
            Objects.requireNonNull(bound, "bound");
            Objects.requireNonNull(before, "before");
        }
    }
}
