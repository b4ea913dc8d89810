package io.careflow.pstn.rating;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The price of calls to one prefix during one period. Amounts are in the currency of the deck that holds the rate. Immutable and
 * thread-safe.
 */
public final class Rate {

    private final String prefix;
    private final Terms terms;

    Rate(String prefix, Terms terms) {
        this.prefix = prefix;
        this.terms = terms;
    }

    /**
     * Starts a rate for the numbers that begin with a prefix; a whole number is a prefix too.
     *
     * @param prefix 1 to {@value PrefixTable#MAX_DIGITS} digits, without plus and spaces. A leading zero is kept
     * @throws IllegalArgumentException if the prefix is empty (see {@link #catchAll()}), too long, or has anything but digits
     */
    public static RateBuilder builder(String prefix) {
        return new RateBuilder(checked(prefix));
    }

    /** Starts the rate of every number that no other rate of the deck covers. */
    public static RateBuilder catchAll() {
        return new RateBuilder("");
    }

    /**
     * The same price for another prefix. The two share all but the prefix, so that a deck of many rates of few prices is best made
     * from a few rates by this.
     *
     * @param other as for {@link #builder}
     * @throws IllegalArgumentException as for {@link #builder}
     */
    public Rate withPrefix(String other) {
        return new Rate(checked(other), terms);
    }

    private static String checked(String prefix) {
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
        return prefix;
    }

    /** All but the prefix. */
    Terms terms() {
        return terms;
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
        BigDecimal price = terms.perMinute;
        if (price == null) {
            throw new IllegalStateException("rate for prefix '" + prefix + "' rejects calls and has no price");
        }
        return price;
    }

    /** Seconds billed at least, once a call is billed at all; 0 only for a rejecting rate without increments. */
    public int initialIncrement() {
        return terms.initialIncrement;
    }

    /** Step in seconds after the initial increment; a started step counts. 0 only for a rejecting rate without increments. */
    public int subsequentIncrement() {
        return terms.subsequentIncrement;
    }

    /** Added once to a call that is billed; zero or more. */
    public BigDecimal connectionFee() {
        return terms.connectionFee;
    }

    /** The least that a billed call costs, fee included; zero or more. */
    public BigDecimal minimumCharge() {
        return terms.minimumCharge;
    }

    /** A call of at most so many seconds costs nothing, not even the fee; a longer one is billed from its first second. */
    public int graceSeconds() {
        return terms.graceSeconds;
    }

    /** The most that a call should cost; empty if there is no such limit. What reaching it means says {@link #maximumPolicy}. */
    public Optional<BigDecimal> maximumCharge() {
        return Optional.ofNullable(terms.maximumCharge);
    }

    /** What happens at the maximum; of no meaning without one. */
    public MaximumPolicy maximumPolicy() {
        return terms.maximumPolicy;
    }

    /** The first so many seconds of each call are not billed; the connection fee is. */
    public int includedSeconds() {
        return terms.includedSeconds;
    }

    /** Other prices from some second of a call on, in their order; empty if the price of the first second holds throughout. */
    public List<RateTier> tiers() {
        return terms.tiers;
    }

    /** The hours at which the rate holds; empty for one that holds whenever no other rate of its prefix does. */
    public List<TimeWindow> windows() {
        return terms.windows;
    }

    /** The digits with which the caller's number must begin; empty for callers from anywhere. */
    public String originPrefix() {
        return terms.origin;
    }

    /** The name of the plan that pays for calls under this rate; empty if the call itself is paid. */
    public Optional<String> plan() {
        return Optional.ofNullable(terms.plan);
    }

    /** First instant at which the rate holds; empty if it has always held. */
    public Optional<Instant> effectiveFrom() {
        return Optional.ofNullable(terms.effectiveFrom);
    }

    /** First instant at which the rate no longer holds; empty if no end is known. */
    public Optional<Instant> effectiveTo() {
        return Optional.ofNullable(terms.effectiveTo);
    }

    /** Whether calls to this prefix are refused instead of priced. */
    public boolean isRejecting() {
        return terms.rejecting;
    }

    /** Whether a call that is answered at this instant falls under the rate: from inclusive, to exclusive. */
    public boolean isEffectiveAt(Instant instant) {
        return terms.isEffectiveAt(instant);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Rate that && prefix.equals(that.prefix) && terms.equals(that.terms);
    }

    @Override
    public int hashCode() {
        return 31 * prefix.hashCode() + terms.hashCode();
    }

    /** Short form for logs, for example {@code 1416: 0.012/min 60/6}. */
    @Override
    public String toString() {
        String name = prefix.isEmpty() ? "catch-all" : prefix;
        return terms.rejecting
                ? name + ": rejected"
                : name + ": " + perMinute().toPlainString() + "/min " + terms.initialIncrement + "/"
                        + terms.subsequentIncrement;
    }
}
