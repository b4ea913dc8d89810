package io.careflow.pstn.money;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * How an exact amount becomes a booked one: a mode and a number of decimals, applied once at the end of a calculation. Immutable
 * and thread-safe.
 *
 * @param mode any mode but {@link RoundingMode#UNNECESSARY}, which would fail on the amounts that need rounding
 * @param decimals decimals kept, 0 to {@value #MAX_DECIMALS}
 */
public record Rounding(RoundingMode mode, int decimals) {

    /** The most decimals that a rounded amount keeps. */
    public static final int MAX_DECIMALS = 10;

    /** Half up to 6 decimals: what a call detail record gets unless a deck says otherwise. */
    public static final Rounding DEFAULT = new Rounding(RoundingMode.HALF_UP, 6);

    /**
     * As little as a stored amount allows: ten decimals, half up where an amount has more or does not end. An amount within ten
     * decimals stays as it is.
     */
    public static final Rounding NONE = new Rounding(RoundingMode.HALF_UP, MAX_DECIMALS);

    /**
     * Checks both parts.
     *
     * @throws IllegalArgumentException if the mode is UNNECESSARY or the decimals are out of range
     */
    public Rounding {
        if (mode == RoundingMode.UNNECESSARY) {
            throw new IllegalArgumentException("mode UNNECESSARY cannot round an amount");
        }
        if (decimals < 0 || decimals > MAX_DECIMALS) {
            throw new IllegalArgumentException("decimals must be 0 to " + MAX_DECIMALS + ", not " + decimals);
        }
    }

    /** The value at exactly {@link #decimals} decimals. */
    public BigDecimal apply(BigDecimal value) {
        return value.setScale(decimals, mode);
    }

    /**
     * The quotient at exactly {@link #decimals} decimals, rounded once from its exact value even where that does not end.
     *
     * @throws ArithmeticException if the denominator is zero
     */
    public BigDecimal quotient(BigDecimal numerator, BigDecimal denominator) {
        return numerator.divide(denominator, decimals, mode);
    }
}
