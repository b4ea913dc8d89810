package io.careflow.pstn.call;

/** Which way a call goes, seen from the application. */
public enum Direction {
    /** From the public network to us. */
    INBOUND,
    /** From us to the public network. */
    OUTBOUND,
    /** Between two of our own users; never touches the public network and costs nothing. */
    ON_NET
}
