package io.careflow.pstn.asterisk.config;

import io.careflow.pstn.trunk.IpRange;

/** Where a server of ours listens: an IPv4 address of this machine, {@code 0.0.0.0} for all of them, and a port. */
record Listener(String address, int port) {
    Listener {
        String unused = requireAddress("listen address", address);
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("listen port is " + port + "; allowed are 1 to 65535");
        }
    }

    static String requireAddress(String field, String address) {
        try {
            return new IpRange(address, 32).address();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    field + " is '" + SafeText.shown(address) + "'; expected an IPv4 address like 192.0.2.10", e);
        }
    }

    @Override
    public String toString() {
        return address + ":" + port;
    }
}
