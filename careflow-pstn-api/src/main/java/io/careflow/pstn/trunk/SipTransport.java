package io.careflow.pstn.trunk;

/** How SIP travels (RFC 3261 section 18). */
public enum SipTransport {
    /** UDP, port 5060. */
    UDP,
    /** TCP, port 5060. */
    TCP,
    /** TLS, port 5061. */
    TLS
}
