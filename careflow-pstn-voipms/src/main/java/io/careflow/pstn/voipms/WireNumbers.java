package io.careflow.pstn.voipms;

import io.careflow.pstn.PhoneNumber;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Telephone numbers as VoIP.ms writes them: ten digits for North America, for other countries the digits of E.164. Numbers are
 * identifiers: what cannot be read keeps its text where it comes from.
 */
final class WireNumbers {
    private static final Pattern NANP = Pattern.compile("[2-9][0-9]{9}");
    private static final Pattern E164 = Pattern.compile("[1-9][0-9]{6,14}");

    private WireNumbers() {}

    /** As the API takes it: {@code 4165550100}, or {@code 442071234567}. */
    static String toWire(PhoneNumber number) {
        String digits = number.digits();
        return isNanp(number) ? digits.substring(1) : digits;
    }

    /** As it is dialled, in forwardings too: {@code 4165550100}, or {@code 011442071234567}. */
    static String toDialString(PhoneNumber number) {
        return isNanp(number) ? toWire(number) : "011" + number.digits();
    }

    /** Whether it belongs to the plan of +1. */
    static boolean isNanp(PhoneNumber number) {
        String digits = number.digits();
        return digits.length() == 11
                && digits.startsWith("1")
                && NANP.matcher(digits.substring(1)).matches();
    }

    /**
     * The number that a text of VoIP.ms means: ten digits, eleven that begin with 1, E.164 with or without its plus sign, a
     * plus sign that a form turned into a blank, dots and dashes between the digits. Empty for everything else.
     */
    static Optional<PhoneNumber> fromWire(String text) {
        String plain = text.strip().replaceAll("[.() -]", "");
        boolean international = plain.startsWith("+");
        String digits = international ? plain.substring(1) : plain;
        if (!international && NANP.matcher(digits).matches()) {
            return Optional.of(new PhoneNumber("+1" + digits));
        }
        return E164.matcher(digits).matches() ? Optional.of(new PhoneNumber("+" + digits)) : Optional.empty();
    }
}
