package io.careflow.pstn.trunk;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * IPv4 addresses in CIDR notation (RFC 4632).
 *
 * @param address any address of the range, dotted
 * @param prefixLength 0 to 32
 */
public record IpRange(String address, int prefixLength) {
    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final Pattern ADDRESS = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
    private static final Pattern CIDR = Pattern.compile("([0-9.]{7,15})(?:/([0-9]{1,2}))?");

    public IpRange {
        if (!ADDRESS.matcher(address).matches()) {
            throw new IllegalArgumentException(
                    "IP address '" + address + "' is not usable; expected one like 192.0.2.10");
        }
        if (prefixLength < 0 || prefixLength > 32) {
            throw new IllegalArgumentException("prefix length is " + prefixLength + "; allowed are 0 to 32");
        }
    }

    /**
     * Reads {@code 192.0.2.10} or {@code 192.0.2.0/24}.
     *
     * @throws IllegalArgumentException saying what is expected
     */
    public static IpRange parse(String text) {
        Matcher cidr = CIDR.matcher(text);
        if (!cidr.matches()) {
            throw new IllegalArgumentException("'" + text + "' is no IP range; expected one like 192.0.2.0/24");
        }
        return new IpRange(cidr.group(1), cidr.group(2) == null ? 32 : Integer.parseInt(cidr.group(2)));
    }

    @Override
    public String toString() {
        return address + "/" + prefixLength;
    }
}
