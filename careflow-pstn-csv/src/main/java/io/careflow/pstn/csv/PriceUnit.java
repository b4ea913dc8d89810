package io.careflow.pstn.csv;

import java.math.BigDecimal;

/** What the prices of a list are for, and in what. */
public enum PriceUnit {
    /** Currency units for 60 seconds. */
    PER_MINUTE(1, 0),
    /** Currency units for a second. */
    PER_SECOND(60, 0),
    /** Hundredths (cents, pence) for 60 seconds. */
    HUNDREDTHS_PER_MINUTE(1, 2),
    /** Hundredths (cents, pence) for a second. */
    HUNDREDTHS_PER_SECOND(60, 2);

    private final BigDecimal seconds;
    private final int decimals;

    PriceUnit(int seconds, int decimals) {
        this.seconds = BigDecimal.valueOf(seconds);
        this.decimals = decimals;
    }

    BigDecimal perMinute(BigDecimal price) {
        return price.multiply(seconds).movePointLeft(decimals);
    }

    /**
     * The price in this unit.
     *
     * @throws ArithmeticException if it does not end: 0.01 a minute is no decimal a second
     */
    BigDecimal from(BigDecimal perMinute) {
        return perMinute.movePointRight(decimals).divide(seconds).stripTrailingZeros();
    }
}
