package io.careflow.pstn.rating;

import java.math.BigDecimal;

/** Checks what a deck says: prices and seconds. A refusal names the field and, where one is given, the rate. */
final class Prices {

    /** With these, every charge is an exact decimal over 60. */
    static final int MAX_DECIMALS = 10;

    private static final int MAX_INTEGER_DIGITS = 9;
    private static final int MAX_SECONDS = 86_400;

    private Prices() {}

    static BigDecimal parsed(String field, String text, String ofWhat) {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(field + " is not a decimal" + ofWhat + ": '" + text + "'", e);
        }
    }

    /** The price without trailing zeros. */
    static BigDecimal checked(String field, BigDecimal value, String ofWhat) {
        if (value.signum() < 0) {
            throw new IllegalArgumentException(field + " must not be negative" + ofWhat);
        }
        BigDecimal stripped = value.stripTrailingZeros();
        if (stripped.scale() > MAX_DECIMALS) {
            throw new IllegalArgumentException(field + " must have at most " + MAX_DECIMALS + " decimals" + ofWhat);
        }
        if ((long) stripped.precision() - stripped.scale() > MAX_INTEGER_DIGITS) {
            throw new IllegalArgumentException(
                    field + " must have at most " + MAX_INTEGER_DIGITS + " digits before the point" + ofWhat);
        }
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    static int seconds(String field, int value, int least, String ofWhat) {
        if (value < least || value > MAX_SECONDS) {
            throw new IllegalArgumentException(
                    field + " must be " + least + " to " + MAX_SECONDS + " seconds" + ofWhat + ", not " + value);
        }
        return value;
    }
}
