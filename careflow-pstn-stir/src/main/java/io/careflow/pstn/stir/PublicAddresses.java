package io.careflow.pstn.stir;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;

/** Which addresses are anybody's, and not those of a machine or a network of one's own. */
final class PublicAddresses {
    private PublicAddresses() {}

    static boolean contain(InetAddress address) {
        if (address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return false;
        }
        byte[] bytes = address.getAddress();
        return address instanceof Inet4Address ? isPublic4(bytes) : address instanceof Inet6Address && isPublic6(bytes);
    }

    // IANA's registry of special-purpose addresses (RFC 6890), beyond what the JDK knows.
    private static boolean isPublic4(byte[] bytes) {
        int a = bytes[0] & 0xFF;
        int b = bytes[1] & 0xFF;
        int c = bytes[2] & 0xFF;
        boolean special = a == 0
                || a >= 240
                || (a == 100 && (b & 0xC0) == 64)
                || (a == 192 && b == 0 && (c == 0 || c == 2))
                || (a == 192 && b == 88 && c == 99)
                || (a == 198 && (b & 0xFE) == 18)
                || (a == 198 && b == 51 && c == 100)
                || (a == 203 && b == 0 && c == 113);
        return !special;
    }

    // Only 2000::/3 is given to the public. In it lie documentation, and tunnels that lead to IPv4 addresses of any
    // kind.
    private static boolean isPublic6(byte[] bytes) {
        int first = ((bytes[0] & 0xFF) << 8) | (bytes[1] & 0xFF);
        int second = ((bytes[2] & 0xFF) << 8) | (bytes[3] & 0xFF);
        boolean special = (first & 0xE000) != 0x2000
                || first == 0x2002
                || first == 0x3fff
                || (first == 0x2001 && (second < 0x0200 || second == 0x0db8));
        return !special;
    }
}
