package io.careflow.pstn.rating;

/** How seconds of talk become billed seconds. */
public enum IncrementPolicy {
    /** The initial increment, then started steps: 10/6 bills 11 s of talk as 10 + 6 = 16 s. The default. */
    INIT_PLUS_N,
    /**
     * The initial increment; beyond it the total is rounded up to a multiple of the step: 10/6 bills 11 s of talk as 12 s. Only for
     * decks that come from A2Billing or MagnusBilling, which bill so.
     */
    TOTAL_MOD
}
