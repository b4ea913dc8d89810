package io.careflow.pstn.asterisk.config;

import io.careflow.pstn.trunk.IpRange;

/**
 * An Asterisk behind the proxy. A value.
 *
 * @param address IPv4 address on which it takes SIP over UDP
 * @param port 1 to 65535
 */
public record AsteriskNode(String address, int port) {
    /** Checks address and port. */
    public AsteriskNode {
        String unused = new IpRange(address, 32).address();
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port of node " + address + " is " + port + "; allowed are 1 to 65535");
        }
    }
}
