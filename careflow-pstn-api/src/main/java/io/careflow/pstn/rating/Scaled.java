package io.careflow.pstn.rating;

import io.careflow.pstn.money.Rounding;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * Amounts times 60 as whole numbers of 10^-10: what a charge is as long as it fits. Each operation is exact or answers {@link
 * #TOO_LARGE}, and then a {@link BigDecimal} has to do it.
 */
final class Scaled {

    /** No amount: it does not fit. Every other value is zero or more. */
    static final long TOO_LARGE = -1;

    private static final BigInteger LIMIT = BigInteger.valueOf(Long.MAX_VALUE);

    private Scaled() {}

    /** The price as it is, zero or more with at most ten decimals. */
    static long of(BigDecimal price) {
        return exact(price);
    }

    /** The amount times 60. */
    static long times60(BigDecimal amount) {
        return exact(amount.multiply(Charge.SIXTY));
    }

    /** What so many seconds cost, times 60, at this price per minute. */
    static long usage(long price, long seconds) {
        long product = price * seconds;
        return price < 0 || product < 0 || Math.multiplyHigh(price, seconds) != 0 ? TOO_LARGE : product;
    }

    /** The sum of two that fit. */
    static long sum(long a, long b) {
        return a < 0 || b < 0 || a + b < 0 ? TOO_LARGE : a + b;
    }

    /** The amount, unscaled at the decimals of the rounding, rounded once from its exact value. */
    static long rounded(long times60, Rounding rounding) {
        long unit = unit(rounding.decimals());
        long quotient = times60 / unit;
        long rest = times60 - quotient * unit;
        boolean up = switch (rounding.mode()) {
            case UP, CEILING -> rest > 0;
            case DOWN, FLOOR, UNNECESSARY -> false;
            case HALF_UP -> 2 * rest >= unit;
            case HALF_DOWN -> 2 * rest > unit;
            case HALF_EVEN -> 2 * rest > unit || (2 * rest == unit && (quotient & 1) != 0);
        };
        return up ? quotient + 1 : quotient;
    }

    /** The same amount times 60, without trailing zeros. */
    static BigDecimal decimal(long times60) {
        BigDecimal stripped = BigDecimal.valueOf(times60, Prices.MAX_DECIMALS).stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    private static long exact(BigDecimal value) {
        BigInteger units = value.setScale(Prices.MAX_DECIMALS).unscaledValue();
        return units.compareTo(LIMIT) > 0 ? TOO_LARGE : units.longValue();
    }

    private static long unit(int decimals) {
        long unit = 60;
        for (int i = decimals; i < Prices.MAX_DECIMALS; i++) {
            unit *= 10;
        }
        return unit;
    }
}
