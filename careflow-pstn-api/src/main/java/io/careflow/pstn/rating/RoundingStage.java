package io.careflow.pstn.rating;

/** When an amount is rounded. */
public enum RoundingStage {
    /** Once, at the end of a call. The default. */
    CALL,
    /**
     * Each increment by itself, then the call. Only to repeat the bills of systems that do so: it adds up errors, and a small price
     * may round to nothing. At 5 decimals, ten minutes at 0.0002 a minute, billed by the second, cost zero.
     */
    INCREMENT
}
