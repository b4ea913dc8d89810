package io.careflow.pstn.call;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A SIP address of a user: {@code sip:1001} on the home PBX, or {@code sip:alice@example.org} elsewhere. Characters that
 * could change the meaning of a dial string or a header are refused.
 *
 * @param user the user part
 * @param host host and optional port, or null for the home PBX
 */
public record SipAddress(String user, @Nullable String host) {
    private static final Pattern USER = Pattern.compile("\\+?[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]{0,252})(:[0-9]{1,5})?");

    public SipAddress {
        if (!USER.matcher(user).matches()) {
            throw new IllegalArgumentException(
                    "SIP user is not usable: 1 to 64 letters, digits, '.', '_' and '-', with an optional leading '+'");
        }
        if (host != null && !HOST.matcher(host).matches()) {
            throw new IllegalArgumentException(
                    "SIP host is not usable: expected a host name or IPv4 address, with :port");
        }
    }

    /**
     * Reads {@code sip:user}, {@code sip:user@host} or the same without the scheme.
     *
     * @throws IllegalArgumentException saying what is allowed
     */
    public static SipAddress parse(String text) {
        String rest = text.startsWith("sip:") ? text.substring(4) : text;
        int at = rest.indexOf('@');
        return at < 0 ? new SipAddress(rest, null) : new SipAddress(rest.substring(0, at), rest.substring(at + 1));
    }

    @Override
    public String toString() {
        return host == null ? "sip:" + user : "sip:" + user + "@" + host;
    }
}
