package io.careflow.pstn.rating;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The price of calls to one prefix during one period. Amounts are in the currency of the deck that holds the rate. Immutable and
 * thread-safe.
 */
public final class Rate {

    private final String prefix;
    private final @Nullable BigDecimal perMinute;
    private final int initialIncrement;
    private final int subsequentIncrement;
    private final BigDecimal connectionFee;
    private final BigDecimal minimumCharge;
    private final @Nullable BigDecimal maximumCharge;
    private final MaximumPolicy maximumPolicy;
    private final int graceSeconds;
    private final int includedSeconds;
    private final List<RateTier> tiers;
    private final List<TimeWindow> windows;
    private final String origin;
    private final @Nullable String plan;
    private final @Nullable Instant effectiveFrom;
    private final @Nullable Instant effectiveTo;
    private final boolean rejecting;

    Rate(RateBuilder b) {
        this.prefix = b.prefix;
        this.perMinute = b.perMinute;
        this.initialIncrement = b.initialIncrement;
        this.subsequentIncrement = b.subsequentIncrement;
        this.connectionFee = b.connectionFee;
        this.minimumCharge = b.minimumCharge;
        this.maximumCharge = b.maximumCharge;
        this.maximumPolicy = b.maximumPolicy;
        this.graceSeconds = b.graceSeconds;
        this.includedSeconds = b.includedSeconds;
        this.tiers = List.copyOf(b.tiers);
        this.windows = List.copyOf(b.windows);
        this.origin = b.origin;
        this.plan = b.plan;
        this.effectiveFrom = b.effectiveFrom;
        this.effectiveTo = b.effectiveTo;
        this.rejecting = b.rejecting;
    }

    /**
     * Starts a rate for the numbers that begin with a prefix; a whole number is a prefix too.
     *
     * @param prefix 1 to {@value PrefixTable#MAX_DIGITS} digits, without plus and spaces. A leading zero is kept
     * @throws IllegalArgumentException if the prefix is empty (see {@link #catchAll()}), too long, or has anything but digits
     */
    public static RateBuilder builder(String prefix) {
        if (prefix.isEmpty()) {
            throw new IllegalArgumentException("prefix is empty; a rate for all other numbers is Rate.catchAll()");
        }
        if (prefix.length() > PrefixTable.MAX_DIGITS) {
            throw new IllegalArgumentException(
                    "prefix must have at most " + PrefixTable.MAX_DIGITS + " digits, not " + prefix.length());
        }
        if (Digits.firstOther(prefix) >= 0) {
            throw new IllegalArgumentException("prefix must be digits only: '" + prefix + "'");
        }
        return new RateBuilder(prefix);
    }

    /** Starts the rate of every number that no other rate of the deck covers. */
    public static RateBuilder catchAll() {
        return new RateBuilder("");
    }

    /** The digits that a number must begin with; empty for a catch-all. */
    public String prefix() {
        return prefix;
    }

    /**
     * The price of 60 seconds, at most {@value RateBuilder#MAX_DECIMALS} decimals, without trailing zeros.
     *
     * @throws IllegalStateException if this rate rejects calls and carries no price: unknown is not zero
     */
    public BigDecimal perMinute() {
        if (perMinute == null) {
            throw new IllegalStateException("rate for prefix '" + prefix + "' rejects calls and has no price");
        }
        return perMinute;
    }

    /** Seconds billed at least, once a call is billed at all; 0 only for a rejecting rate without increments. */
    public int initialIncrement() {
        return initialIncrement;
    }

    /** Step in seconds after the initial increment; a started step counts. 0 only for a rejecting rate without increments. */
    public int subsequentIncrement() {
        return subsequentIncrement;
    }

    /** Added once to a call that is billed; zero or more. */
    public BigDecimal connectionFee() {
        return connectionFee;
    }

    /** The least that a billed call costs, fee included; zero or more. */
    public BigDecimal minimumCharge() {
        return minimumCharge;
    }

    /** A call of at most so many seconds costs nothing, not even the fee; a longer one is billed from its first second. */
    public int graceSeconds() {
        return graceSeconds;
    }

    /** The most that a call should cost; empty if there is no such limit. What reaching it means says {@link #maximumPolicy}. */
    public Optional<BigDecimal> maximumCharge() {
        return Optional.ofNullable(maximumCharge);
    }

    /** What happens at the maximum; of no meaning without one. */
    public MaximumPolicy maximumPolicy() {
        return maximumPolicy;
    }

    /** The first so many seconds of each call are not billed; the connection fee is. */
    public int includedSeconds() {
        return includedSeconds;
    }

    /** Other prices from some second of a call on, in their order; empty if the price of the first second holds throughout. */
    public List<RateTier> tiers() {
        return tiers;
    }

    /** The hours at which the rate holds; empty for one that holds whenever no other rate of its prefix does. */
    public List<TimeWindow> windows() {
        return windows;
    }

    /** The digits with which the caller's number must begin; empty for callers from anywhere. */
    public String originPrefix() {
        return origin;
    }

    /** The name of the plan that pays for calls under this rate; empty if the call itself is paid. */
    public Optional<String> plan() {
        return Optional.ofNullable(plan);
    }

    /** First instant at which the rate holds; empty if it has always held. */
    public Optional<Instant> effectiveFrom() {
        return Optional.ofNullable(effectiveFrom);
    }

    /** First instant at which the rate no longer holds; empty if no end is known. */
    public Optional<Instant> effectiveTo() {
        return Optional.ofNullable(effectiveTo);
    }

    /** Whether calls to this prefix are refused instead of priced. */
    public boolean isRejecting() {
        return rejecting;
    }

    /** Whether a call that is answered at this instant falls under the rate: from inclusive, to exclusive. */
    public boolean isEffectiveAt(Instant instant) {
        return (effectiveFrom == null || !instant.isBefore(effectiveFrom))
                && (effectiveTo == null || instant.isBefore(effectiveTo));
    }

    /** Whether the caller is one of those whom the rate is for. */
    boolean isFor(String caller) {
        return origin.isEmpty() || caller.startsWith(origin);
    }

    /** Whether two rates price the same calls at some moment, with nothing to say which of them. */
    boolean conflictsWith(Rate other) {
        if (!prefix.equals(other.prefix) || !origin.equals(other.origin)) {
            return false;
        }
        if (windows.isEmpty() || other.windows.isEmpty()) {
            return windows.isEmpty() && other.windows.isEmpty();
        }
        return windows.stream().anyMatch(window -> other.windows.stream().anyMatch(window::overlaps));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Rate that
                && prefix.equals(that.prefix)
                && Objects.equals(perMinute, that.perMinute)
                && initialIncrement == that.initialIncrement
                && subsequentIncrement == that.subsequentIncrement
                && connectionFee.equals(that.connectionFee)
                && minimumCharge.equals(that.minimumCharge)
                && Objects.equals(maximumCharge, that.maximumCharge)
                && maximumPolicy == that.maximumPolicy
                && graceSeconds == that.graceSeconds
                && includedSeconds == that.includedSeconds
                && tiers.equals(that.tiers)
                && windows.equals(that.windows)
                && origin.equals(that.origin)
                && Objects.equals(plan, that.plan)
                && Objects.equals(effectiveFrom, that.effectiveFrom)
                && Objects.equals(effectiveTo, that.effectiveTo)
                && rejecting == that.rejecting;
    }

    @Override
    public int hashCode() {
        return Objects.hash(prefix, perMinute, initialIncrement, subsequentIncrement, effectiveFrom, effectiveTo);
    }

    /** Short form for logs, for example {@code 1416: 0.012/min 60/6}. */
    @Override
    public String toString() {
        String name = prefix.isEmpty() ? "catch-all" : prefix;
        return rejecting
                ? name + ": rejected"
                : name + ": " + perMinute().toPlainString() + "/min " + initialIncrement + "/" + subsequentIncrement;
    }
}
