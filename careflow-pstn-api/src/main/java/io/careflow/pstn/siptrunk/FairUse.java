package io.careflow.pstn.siptrunk;

import java.time.Duration;
import java.time.YearMonth;
import java.util.Objects;
import java.util.Optional;

/**
 * How much of its fair use a flat-rate trunk has had in a month. A value: talk is added by making the next one.
 *
 * @param trunk the profile's id
 * @param month the month
 * @param limit talk of all channels together from which the carrier may object, more than zero
 * @param used talk so far, not negative
 */
public record FairUse(String trunk, YearMonth month, Duration limit, Duration used) {
    private static final long NEAR_PERCENT = 80;
    private static final long ALL_PERCENT = 100;

    public FairUse {
        Objects.requireNonNull(trunk, "trunk");
        Objects.requireNonNull(month, "month");
        if (limit.isNegative() || limit.isZero()) {
            throw new IllegalArgumentException("limit is " + limit + "; allowed is more than 0");
        }
        if (used.isNegative()) {
            throw new IllegalArgumentException("used is " + used + "; allowed are 0 and more");
        }
    }

    /** A month of a trunk that has not been used yet; empty if its profile knows no fair use. */
    public static Optional<FairUse> of(SipTrunkProfile profile, YearMonth month) {
        Integer perChannel = profile.pricing().fairUseMinutesPerChannel();
        int channels = Math.max(profile.pricing().channels(), 1);
        return perChannel == null
                ? Optional.empty()
                : Optional.of(new FairUse(
                        profile.id(), month, Duration.ofMinutes((long) perChannel * channels), Duration.ZERO));
    }

    /** The same with more talk. */
    public FairUse plus(Duration talk) {
        return new FairUse(trunk, month, limit, used.plus(talk));
    }

    /** Whole percent of the limit, cut off; may be above 100. */
    public long percent() {
        return used.toMillis() * ALL_PERCENT / limit.toMillis();
    }

    /** How it stands. */
    public Level level() {
        long percent = percent();
        return percent >= ALL_PERCENT ? Level.EXCEEDED : percent >= NEAR_PERCENT ? Level.NEAR : Level.FINE;
    }

    /** How near the limit is. */
    public enum Level {
        /** Below 80 percent. */
        FINE,
        /** 80 percent and more. */
        NEAR,
        /** All of it and more. */
        EXCEEDED
    }
}
