package io.careflow.pstn.routing;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What recent call records say of a route, as sums, so that the counts of several nodes or periods add up.
 *
 * @param attempts calls that were sent over it
 * @param answered how many of them were answered
 * @param talkMillis how long the answered ones lasted together, in milliseconds
 * @param rung how many of them rang, so that their delay is known
 * @param delayMillis milliseconds from sending to ringing (PDD) of those together
 * @param until when the last of them ended
 */
public record RouteQuality(int attempts, int answered, long talkMillis, int rung, long delayMillis, Instant until) {
    public RouteQuality {
        Objects.requireNonNull(until, "until");
        requireWithin("answered", answered, attempts);
        requireWithin("rung", rung, attempts);
        if (attempts < 0 || talkMillis < 0 || delayMillis < 0) {
            throw new IllegalArgumentException("attempts, talk and delay are " + attempts + ", " + talkMillis + " and "
                    + delayMillis + "; allowed are 0 and more");
        }
    }

    /** Both together. */
    public RouteQuality plus(RouteQuality other) {
        return new RouteQuality(
                Math.addExact(attempts, other.attempts),
                Math.addExact(answered, other.answered),
                Math.addExact(talkMillis, other.talkMillis),
                Math.addExact(rung, other.rung),
                Math.addExact(delayMillis, other.delayMillis),
                until.isAfter(other.until) ? until : other.until);
    }

    /** Answer-seizure ratio: whole percent of the attempts that were answered, rounded down; empty without attempts. */
    public Optional<Integer> answeredPercent() {
        return attempts == 0 ? Optional.empty() : Optional.of((int) (100L * answered / attempts));
    }

    /** Average call duration: milliseconds of talk of an answered call, rounded down; empty without answers. */
    public Optional<Long> averageTalkMillis() {
        return answered == 0 ? Optional.empty() : Optional.of(talkMillis / answered);
    }

    /** Post-dial delay: milliseconds from sending to ringing on average, rounded down; empty if nothing rang. */
    public Optional<Long> averageDelayMillis() {
        return rung == 0 ? Optional.empty() : Optional.of(delayMillis / rung);
    }

    /** For people, for example {@code ASR 52 % of 400, ACD 61 s, PDD 1900 ms}. */
    @Override
    public String toString() {
        return "ASR " + shown(answeredPercent().orElse(null), " % of ") + attempts + ", ACD "
                + shown(averageTalkMillis().map(millis -> millis / 1000).orElse(null), " s") + ", PDD "
                + shown(averageDelayMillis().orElse(null), " ms");
    }

    private static String shown(@Nullable Number value, String unit) {
        return value == null ? "unknown" + (unit.endsWith("of ") ? " of " : "") : value + unit;
    }

    private static void requireWithin(String what, int value, int attempts) {
        if (value < 0 || value > attempts) {
            throw new IllegalArgumentException(
                    what + " are " + value + " of " + attempts + " attempts; allowed are 0 to all of them");
        }
    }
}
