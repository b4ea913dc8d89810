package io.careflow.pstn.rating;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * All that a rate says but its prefix. The rates of a deck share equal ones, as most prefixes of a carrier cost the same as many
 * others. Immutable.
 */
final class Terms {

    final @Nullable BigDecimal perMinute;
    final int initialIncrement;
    final int subsequentIncrement;
    final BigDecimal connectionFee;
    final BigDecimal minimumCharge;
    final @Nullable BigDecimal maximumCharge;
    final MaximumPolicy maximumPolicy;
    final int graceSeconds;
    final int includedSeconds;
    final List<RateTier> tiers;
    final List<TimeWindow> windows;
    final String origin;
    final @Nullable String plan;
    final @Nullable Instant effectiveFrom;
    final @Nullable Instant effectiveTo;
    final boolean rejecting;

    private final long price;
    private final long feeTimes60;
    private final long minimumTimes60;
    private final long cap;
    private final long[] hours;
    private final int hash;

    Terms(RateBuilder b) {
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
        this.price = perMinute == null || !tiers.isEmpty() ? Scaled.TOO_LARGE : Scaled.of(perMinute);
        this.feeTimes60 = Scaled.times60(connectionFee);
        this.minimumTimes60 = Scaled.times60(minimumCharge);
        this.cap = maximumCharge == null || maximumPolicy != MaximumPolicy.FREE
                ? Long.MAX_VALUE
                : Scaled.times60(maximumCharge);
        this.hours = Hours.of(windows);
        this.hash = Objects.hash(
                perMinute,
                initialIncrement,
                subsequentIncrement,
                connectionFee,
                minimumCharge,
                maximumCharge,
                graceSeconds,
                includedSeconds,
                tiers,
                windows,
                origin,
                effectiveFrom,
                effectiveTo,
                rejecting);
    }

    /** Whether they hold at any instant, at any hour and for every caller. */
    boolean alwaysHold() {
        return effectiveFrom == null && effectiveTo == null && windows.isEmpty() && origin.isEmpty();
    }

    boolean isEffectiveAt(Instant instant) {
        return (effectiveFrom == null || !instant.isBefore(effectiveFrom))
                && (effectiveTo == null || instant.isBefore(effectiveTo));
    }

    /** Whether the caller is one of those whom the rate is for. */
    boolean isFor(String caller) {
        return origin.isEmpty() || caller.startsWith(origin);
    }

    /** Whether the hours are these; never, for terms without hours. */
    boolean areOfHour(long localSecond, int nano) {
        return Hours.contain(hours, localSecond, nano);
    }

    /** Whether two terms of one prefix price the same calls at some moment of the week, with nothing to say which of them. */
    boolean conflictsWith(Terms other) {
        if (!origin.equals(other.origin)) {
            return false;
        }
        if (windows.isEmpty() || other.windows.isEmpty()) {
            return windows.isEmpty() && other.windows.isEmpty();
        }
        return windows.stream().anyMatch(window -> other.windows.stream().anyMatch(window::overlaps));
    }

    /** Seconds paid for out of so many, by initial increment and started steps; the terms must have no tiers. */
    long billedSeconds(long seconds) {
        long billable = seconds - includedSeconds;
        if (billable <= 0) {
            return 0;
        }
        return billable <= initialIncrement
                ? initialIncrement
                : initialIncrement + steps(billable - initialIncrement) * subsequentIncrement;
    }

    /** The increments of so many seconds, as {@link #billedSeconds} bills them. */
    List<ChargePart> parts(long seconds) {
        long billed = billedSeconds(seconds);
        if (billed == 0 || perMinute == null) {
            return List.of();
        }
        String hoursText = TimeWindow.text(windows);
        ChargePart first = new ChargePart(perMinute, 1, initialIncrement, hoursText);
        long more = (billed - initialIncrement) / subsequentIncrement;
        return more == 0
                ? List.of(first)
                : List.of(first, new ChargePart(perMinute, more, subsequentIncrement, hoursText));
    }

    /** The exact charge for so many seconds, scaled; {@link Scaled#TOO_LARGE} if a long cannot tell it. */
    long charge(long seconds) {
        long billed = billedSeconds(seconds);
        long total = Scaled.sum(feeTimes60, Scaled.usage(price, billed));
        if (total < 0 || minimumTimes60 < 0 || cap < 0) {
            return Scaled.TOO_LARGE;
        }
        return Math.min(billed == 0 ? total : Math.max(total, minimumTimes60), cap);
    }

    /** Started steps. Increments are up to a day: the sum cannot overflow, as seconds are a thousandth of a long. */
    private long steps(long seconds) {
        return (seconds - 1) / subsequentIncrement + 1;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof Terms that
                        && hash == that.hash
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
                        && rejecting == that.rejecting);
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
