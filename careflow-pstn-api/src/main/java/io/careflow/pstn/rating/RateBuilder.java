package io.careflow.pstn.rating;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Collects and checks the parts of a {@link Rate}. A price and the increments must be given, unless the rate rejects calls; the
 * rest defaults to "none". Every refusal names the field. Not thread-safe.
 */
public final class RateBuilder {

    /** The most decimals that a price may have; with these, every charge is an exact decimal over 60. */
    public static final int MAX_DECIMALS = 10;

    private static final int MAX_INTEGER_DIGITS = 9;
    private static final int MAX_SECONDS = 86_400;

    final String prefix;

    @Nullable
    BigDecimal perMinute;

    int initialIncrement;
    int subsequentIncrement;
    BigDecimal connectionFee = BigDecimal.ZERO;
    BigDecimal minimumCharge = BigDecimal.ZERO;
    int graceSeconds;

    @Nullable
    Instant effectiveFrom;

    @Nullable
    Instant effectiveTo;

    boolean rejecting;

    RateBuilder(String prefix) {
        this.prefix = prefix;
    }

    /**
     * The price of 60 seconds, in the deck's currency. Zero is a price: the call is free.
     *
     * @throws IllegalArgumentException if negative, or with more than {@value #MAX_DECIMALS} decimals or 9 digits before the point
     */
    public RateBuilder perMinute(BigDecimal price) {
        this.perMinute = price("perMinute", price);
        return this;
    }

    /** As {@link #perMinute(BigDecimal)}, from a decimal such as {@code "0.012"}. */
    public RateBuilder perMinute(String price) {
        return perMinute(decimal("perMinute", price));
    }

    /**
     * The billing increments in seconds, as written on a rate sheet: {@code increments(60, 6)} is "60/6".
     *
     * @param initial billed at least, 1 to 86400
     * @param subsequent step after that, 1 to 86400
     * @throws IllegalArgumentException if one is out of range
     */
    public RateBuilder increments(int initial, int subsequent) {
        this.initialIncrement = seconds("initialIncrement", initial, 1);
        this.subsequentIncrement = seconds("subsequentIncrement", subsequent, 1);
        return this;
    }

    /**
     * The fee for each billed call, whatever its length.
     *
     * @throws IllegalArgumentException under the same conditions as {@link #perMinute(BigDecimal)}
     */
    public RateBuilder connectionFee(BigDecimal fee) {
        this.connectionFee = price("connectionFee", fee);
        return this;
    }

    /** As {@link #connectionFee(BigDecimal)}, from a decimal. */
    public RateBuilder connectionFee(String fee) {
        return connectionFee(decimal("connectionFee", fee));
    }

    /**
     * The least that a billed call costs, fee included.
     *
     * @throws IllegalArgumentException under the same conditions as {@link #perMinute(BigDecimal)}
     */
    public RateBuilder minimumCharge(BigDecimal minimum) {
        this.minimumCharge = price("minimumCharge", minimum);
        return this;
    }

    /** As {@link #minimumCharge(BigDecimal)}, from a decimal. */
    public RateBuilder minimumCharge(String minimum) {
        return minimumCharge(decimal("minimumCharge", minimum));
    }

    /**
     * Calls of at most so many seconds cost nothing.
     *
     * @throws IllegalArgumentException if outside 0 to 86400
     */
    public RateBuilder graceSeconds(int seconds) {
        this.graceSeconds = seconds("graceSeconds", seconds, 0);
        return this;
    }

    /** First instant at which the rate holds. */
    public RateBuilder effectiveFrom(Instant from) {
        this.effectiveFrom = Objects.requireNonNull(from, "effectiveFrom");
        return this;
    }

    /** First instant at which the rate no longer holds. */
    public RateBuilder effectiveTo(Instant to) {
        this.effectiveTo = Objects.requireNonNull(to, "effectiveTo");
        return this;
    }

    /** Calls under this rate are refused; price and increments may then be left out. */
    public RateBuilder rejecting() {
        this.rejecting = true;
        return this;
    }

    /**
     * The rate.
     *
     * @throws IllegalArgumentException if the price or the increments are missing, or the period is empty
     */
    public Rate build() {
        if (!rejecting && perMinute == null) {
            throw new IllegalArgumentException("perMinute is missing for " + name());
        }
        if (!rejecting && initialIncrement == 0) {
            throw new IllegalArgumentException("increments are missing for " + name());
        }
        if (effectiveFrom != null && effectiveTo != null && !effectiveFrom.isBefore(effectiveTo)) {
            throw new IllegalArgumentException(
                    "effectiveFrom " + effectiveFrom + " must be before effectiveTo " + effectiveTo + " for " + name());
        }
        return new Rate(this);
    }

    private String name() {
        return prefix.isEmpty() ? "the catch-all rate" : "prefix " + prefix;
    }

    private BigDecimal price(String field, BigDecimal value) {
        if (value.signum() < 0) {
            throw new IllegalArgumentException(field + " must not be negative for " + name());
        }
        BigDecimal stripped = value.stripTrailingZeros();
        if (stripped.scale() > MAX_DECIMALS) {
            throw new IllegalArgumentException(
                    field + " must have at most " + MAX_DECIMALS + " decimals for " + name());
        }
        if ((long) stripped.precision() - stripped.scale() > MAX_INTEGER_DIGITS) {
            throw new IllegalArgumentException(
                    field + " must have at most " + MAX_INTEGER_DIGITS + " digits before the point for " + name());
        }
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    private BigDecimal decimal(String field, String text) {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(field + " is not a decimal for " + name() + ": '" + text + "'", e);
        }
    }

    private int seconds(String field, int value, int least) {
        if (value < least || value > MAX_SECONDS) {
            throw new IllegalArgumentException(
                    field + " must be " + least + " to " + MAX_SECONDS + " seconds for " + name() + ", not " + value);
        }
        return value;
    }
}
