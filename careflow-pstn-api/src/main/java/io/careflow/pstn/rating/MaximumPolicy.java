package io.careflow.pstn.rating;

/** What happens when a call reaches the maximum that its rate allows it to cost. */
public enum MaximumPolicy {
    /** The rest of the call is free: it never costs more than the maximum. */
    FREE,
    /**
     * A call is granted no more time than the maximum pays for (see {@link Quote#allowed}). A call that ran on all the same is charged
     * in full: the maximum acts before the call, not on its record.
     */
    DISCONNECT
}
