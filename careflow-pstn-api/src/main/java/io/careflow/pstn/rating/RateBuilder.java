package io.careflow.pstn.rating;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Collects and checks the parts of a {@link Rate}. A price and the increments must be given, unless the rate rejects calls; the
 * rest defaults to "none". Every refusal names the field. Not thread-safe.
 */
public final class RateBuilder {

    /** The most decimals that a price may have; with these, every charge is an exact decimal over 60. */
    public static final int MAX_DECIMALS = Prices.MAX_DECIMALS;

    final String prefix;

    @Nullable
    BigDecimal perMinute;

    int initialIncrement;
    int subsequentIncrement;
    BigDecimal connectionFee = BigDecimal.ZERO;
    BigDecimal minimumCharge = BigDecimal.ZERO;

    @Nullable
    BigDecimal maximumCharge;

    MaximumPolicy maximumPolicy = MaximumPolicy.FREE;
    int graceSeconds;
    int includedSeconds;
    final List<RateTier> tiers = new ArrayList<>();
    List<TimeWindow> windows = List.of();
    String origin = "";

    @Nullable
    String plan;

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

    /**
     * The first so many seconds of each call are not billed. The connection fee is, and the minimum once a second is billed.
     *
     * @throws IllegalArgumentException if outside 0 to 86400
     */
    public RateBuilder includedSeconds(int seconds) {
        this.includedSeconds = seconds("includedSeconds", seconds, 0);
        return this;
    }

    /**
     * The most that a call should cost, fee included.
     *
     * @throws IllegalArgumentException under the same conditions as {@link #perMinute(BigDecimal)}
     */
    public RateBuilder maximumCharge(BigDecimal maximum, MaximumPolicy policy) {
        this.maximumCharge = price("maximumCharge", maximum);
        this.maximumPolicy = Objects.requireNonNull(policy, "policy");
        return this;
    }

    /** As {@link #maximumCharge(BigDecimal, MaximumPolicy)}, from a decimal. */
    public RateBuilder maximumCharge(String maximum, MaximumPolicy policy) {
        return maximumCharge(decimal("maximumCharge", maximum), policy);
    }

    /**
     * Another price from a second of the call on; may be called again, in rising order. {@code perMinute("0.2").increments(60,
     * 60).tier(60, "0.1", 1)} is 0.2 for the first minute as a whole and 0.1 per minute after it, by the second.
     *
     * @param fromSecond the increments that start at this billed second or later have the price, 1 to 86400
     * @param perMinute a decimal, as for {@link #perMinute(String)}
     * @param increment step in seconds, 1 to 86400
     * @throws IllegalArgumentException if a value is out of range, or the tier does not begin after the one before
     */
    public RateBuilder tier(int fromSecond, String perMinute, int increment) {
        int last = tiers.isEmpty() ? 0 : tiers.get(tiers.size() - 1).fromSecond();
        if (fromSecond <= last) {
            throw new IllegalArgumentException("tiers must begin in rising order after second 0 for " + name()
                    + ", not " + fromSecond + " after " + last);
        }
        tiers.add(new RateTier(fromSecond, price("perMinute", decimal("perMinute", perMinute)), increment));
        return this;
    }

    /**
     * The hours at which the rate holds, in the deck's zone. A rate without windows holds at those hours that no other rate of the
     * same prefix has taken.
     *
     * @throws IllegalArgumentException if there are none
     */
    public RateBuilder windows(List<TimeWindow> hours) {
        if (hours.isEmpty()) {
            throw new IllegalArgumentException("windows must not be empty for " + name());
        }
        this.windows = List.copyOf(hours);
        return this;
    }

    /** As {@link #windows(List)}, each as {@link TimeWindow#parse} reads it. */
    public RateBuilder windows(String... hours) {
        return windows(List.of(hours).stream().map(TimeWindow::parse).toList());
    }

    /**
     * The rate is for callers whose number begins so. Among the rates of a prefix, the longest origin wins; callers from elsewhere
     * fall to the rate without one.
     *
     * @param digits 1 to 18 digits
     * @throws IllegalArgumentException if it is anything else
     */
    public RateBuilder originPrefix(String digits) {
        if (digits.isEmpty() || digits.length() > PrefixTable.MAX_DIGITS || Digits.firstOther(digits) >= 0) {
            throw new IllegalArgumentException("originPrefix must be 1 to " + PrefixTable.MAX_DIGITS + " digits for "
                    + name() + ": '" + digits + "'");
        }
        this.origin = digits;
        return this;
    }

    /** Calls under the rate are paid for by a plan; their price is zero. */
    RateBuilder plan(String name) {
        this.plan = name;
        return perMinute(BigDecimal.ZERO);
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
     * @throws IllegalArgumentException if the price or the increments are missing, the period is empty, or the maximum is below the
     *     minimum
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
        if (maximumCharge != null && maximumCharge.compareTo(minimumCharge) < 0) {
            throw new IllegalArgumentException("maximumCharge " + maximumCharge.toPlainString()
                    + " must not be below minimumCharge " + minimumCharge.toPlainString() + " for " + name());
        }
        return new Rate(prefix, new Terms(this));
    }

    private String name() {
        return prefix.isEmpty() ? "the catch-all rate" : "prefix " + prefix;
    }

    private BigDecimal price(String field, BigDecimal value) {
        return Prices.checked(field, value, " for " + name());
    }

    private BigDecimal decimal(String field, String text) {
        return Prices.parsed(field, text, " for " + name());
    }

    private int seconds(String field, int value, int least) {
        return Prices.seconds(field, value, least, " for " + name());
    }
}
