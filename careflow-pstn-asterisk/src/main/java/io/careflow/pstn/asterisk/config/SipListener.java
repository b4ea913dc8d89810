package io.careflow.pstn.asterisk.config;

import io.careflow.pstn.trunk.IpRange;
import io.careflow.pstn.trunk.SipTransport;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An address on which SIP is heard. A value.
 *
 * @param kind how SIP travels
 * @param address IPv4 address of this machine; not 0.0.0.0, as replies and routes name it
 * @param port 1 to 65535
 * @param advertised host that others know this address by, where it is translated on the way; else null
 */
public record SipListener(
        Kind kind, String address, int port, @Nullable String advertised) {
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]{0,252}[A-Za-z0-9])?");

    /** Checks address, port and host. */
    public SipListener {
        Objects.requireNonNull(kind, "kind");
        String unused = new IpRange(address, 32).address();
        if (address.equals("0.0.0.0")) {
            throw new IllegalArgumentException("SIP address is 0.0.0.0; name the address that others reach");
        }
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("SIP port is " + port + "; allowed are 1 to 65535");
        }
        if (advertised != null && !HOST.matcher(advertised).matches()) {
            throw new IllegalArgumentException(
                    "advertised host is '" + SafeText.shown(advertised) + "'; expected a host name or an IPv4 address");
        }
    }

    /** UDP, known by its own address. */
    public static SipListener udp(String address, int port) {
        return new SipListener(Kind.UDP, address, port, null);
    }

    /** TCP, known by its own address. */
    public static SipListener tcp(String address, int port) {
        return new SipListener(Kind.TCP, address, port, null);
    }

    /** TLS, known by its own address. */
    public static SipListener tls(String address, int port) {
        return new SipListener(Kind.TLS, address, port, null);
    }

    /** WebSocket without encryption, for a proxy on the same machine that ends TLS, or for tests. */
    public static SipListener ws(String address, int port) {
        return new SipListener(Kind.WS, address, port, null);
    }

    /** WebSocket over TLS. */
    public static SipListener wss(String address, int port) {
        return new SipListener(Kind.WSS, address, port, null);
    }

    /** The same, known by this host. */
    public SipListener advertised(String host) {
        return new SipListener(kind, address, port, host);
    }

    boolean carries(SipTransport transport) {
        return kind.name().equals(transport.name());
    }

    /** How others know it. */
    String contact() {
        return (advertised == null ? address : advertised) + ":" + port;
    }

    /** As Kamailio names its sockets. */
    String socket() {
        return kind.socket + ":" + address + ":" + port;
    }

    /** How SIP travels. */
    public enum Kind {
        /** RFC 3261. */
        UDP("udp"),
        /** RFC 3261. */
        TCP("tcp"),
        /** RFC 3261. */
        TLS("tls"),
        /** RFC 7118 without encryption. */
        WS("tcp"),
        /** RFC 7118 over TLS. */
        WSS("tls");

        private final String socket;

        Kind(String socket) {
            this.socket = socket;
        }

        boolean isWebSocket() {
            return this == WS || this == WSS;
        }

        boolean isEncrypted() {
            return this == TLS || this == WSS;
        }
    }
}
