package io.careflow.pstn.siptrunk;

import io.careflow.pstn.PhoneNumber;
import java.util.Optional;
import java.util.regex.Pattern;

/** How a carrier writes telephone numbers: the one place where a number in E.164 becomes digits and back. */
public enum NumberFormat {
    /** {@code +14165551212}, {@code +442071234567}. */
    E164_PLUS,
    /** {@code 14165551212}, {@code 442071234567}. */
    E164_NOPLUS,
    /** {@code 4165551212}; numbers outside country code 1 cannot be written. */
    NANP_10,
    /** {@code 14165551212}; numbers outside country code 1 cannot be written. */
    NANP_11,
    /** {@code 4165551212}, and {@code 011442071234567} outside country code 1. */
    NANP_10_PLUS_011_INTL,
    /** {@code 14165551212}, and {@code 011442071234567} outside country code 1. */
    NANP_11_PLUS_011_INTL;

    private static final String NANP = "+1";
    private static final int NANP_LENGTH = 12;
    private static final String ABROAD = "011";
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,18}");
    private static final Pattern TEN = Pattern.compile("[2-9][0-9]{9}");
    private static final Pattern ELEVEN = Pattern.compile("1[2-9][0-9]{9}");

    /**
     * The number as the carrier wants it.
     *
     * @throws IllegalArgumentException if this format has no way to write it
     */
    public String write(PhoneNumber number) {
        String e164 = number.e164();
        if (this == E164_PLUS) {
            return e164;
        }
        if (this == E164_NOPLUS) {
            return number.digits();
        }
        if (!e164.startsWith(NANP)) {
            if (this == NANP_10 || this == NANP_11) {
                throw new IllegalArgumentException(
                        "number " + e164 + " cannot be written as " + this + ", which has no international numbers");
            }
            return ABROAD + number.digits();
        }
        if (e164.length() != NANP_LENGTH) {
            throw new IllegalArgumentException(
                    "number " + e164 + " cannot be written as " + this + ": country code 1 is followed by 10 digits");
        }
        return this == NANP_10 || this == NANP_10_PLUS_011_INTL ? e164.substring(2) : number.digits();
    }

    /**
     * Reads a number that the carrier wrote. More is read than is written: whatever can mean only one number, such as one with a
     * plus sign whatever the format.
     *
     * @param text as it came; a word or an extension is no number
     * @return the number, or empty if it is none or could be several
     */
    public Optional<PhoneNumber> read(String text) {
        if (text.startsWith("+")) {
            return international(text.substring(1));
        }
        if (!DIGITS.matcher(text).matches()) {
            return Optional.empty();
        }
        if (this == E164_PLUS || this == E164_NOPLUS) {
            return international(text);
        }
        if (text.startsWith(ABROAD)) {
            return international(text.substring(ABROAD.length()));
        }
        if (TEN.matcher(text).matches()) {
            return international("1" + text);
        }
        return ELEVEN.matcher(text).matches() ? international(text) : Optional.empty();
    }

    private static Optional<PhoneNumber> international(String digits) {
        try {
            return DIGITS.matcher(digits).matches() ? Optional.of(PhoneNumber.parse("+" + digits)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
