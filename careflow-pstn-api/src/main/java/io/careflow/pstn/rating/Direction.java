package io.careflow.pstn.rating;

/** Which way a call crosses the carrier, and so which number its price hangs on. */
public enum Direction {
    /** We called: priced by the number that was called. */
    OUTBOUND,
    /** We were called: priced by our own number that was called. */
    INBOUND
}
