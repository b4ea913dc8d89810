package io.careflow.pstn.trunk;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A SIP server that calls are sent to.
 *
 * @param host name or IPv4 address
 * @param port 1 to 65535
 * @param transport how SIP travels
 * @param priority the lowest is tried first: 0 to 65535
 * @param weight shares calls among those of one priority: 1 to 65535
 */
public record SipEndpoint(String host, int port, SipTransport transport, int priority, int weight) {
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]{0,252})");
    private static final int MOST = 65_535;

    public SipEndpoint {
        if (!HOST.matcher(host).matches()) {
            throw new IllegalArgumentException(
                    "SIP host '" + host + "' is not usable; expected a host name or IPv4 address");
        }
        within("SIP port", port, 1);
        Objects.requireNonNull(transport, "transport");
        within("priority", priority, 0);
        within("weight", weight, 1);
    }

    /** The only server, by UDP on port 5060. */
    public static SipEndpoint of(String host) {
        return new SipEndpoint(host, 5060, SipTransport.UDP, 10, 10);
    }

    /** The same over this transport, on its usual port. */
    public SipEndpoint over(SipTransport value) {
        return new SipEndpoint(host, value == SipTransport.TLS ? 5061 : 5060, value, priority, weight);
    }

    /** The same on this port. */
    public SipEndpoint port(int value) {
        return new SipEndpoint(host, value, transport, priority, weight);
    }

    /** The same, ranked like this. */
    public SipEndpoint ranked(int ofPriority, int ofWeight) {
        return new SipEndpoint(host, port, transport, ofPriority, ofWeight);
    }

    private static void within(String what, int value, int least) {
        if (value < least || value > MOST) {
            throw new IllegalArgumentException(what + " is " + value + "; allowed are " + least + " to " + MOST);
        }
    }
}
