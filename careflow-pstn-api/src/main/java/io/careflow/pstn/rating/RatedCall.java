package io.careflow.pstn.rating;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What rating needs to know of one leg: the number, whether and when it was answered, and how long the parties talked. A callback
 * is two of these. Immutable and thread-safe.
 */
public final class RatedCall {

    private final String digits;
    private final @Nullable Instant answeredAt;
    private final long talkMillis;
    private final String origin;

    private RatedCall(String digits, @Nullable Instant answeredAt, long talkMillis, String origin) {
        this.digits = Objects.requireNonNull(digits, "digits");
        this.origin = Objects.requireNonNull(origin, "origin");
        this.answeredAt = answeredAt;
        this.talkMillis = talkMillis;
    }

    /**
     * A leg that was answered.
     *
     * @param digits the number the price hangs on: the called one, or our own for an inbound call; digits only, without plus and
     *     tech prefix. Anything else is not an error here: rating refuses it
     * @param answeredAt when talk began; the rate valid at this instant holds for the whole call
     * @param talkMillis milliseconds from answer to end
     * @throws IllegalArgumentException if the talk time is negative
     */
    public static RatedCall answered(String digits, Instant answeredAt, long talkMillis) {
        if (talkMillis < 0) {
            throw new IllegalArgumentException("talkMillis must not be negative: " + talkMillis);
        }
        return new RatedCall(digits, Objects.requireNonNull(answeredAt, "answeredAt"), talkMillis, "");
    }

    /**
     * A leg that was answered and has ended.
     *
     * @param digits as in {@link #answered(String, Instant, long)}
     * @param answeredAt when talk began
     * @param endedAt when it ended; anything below a millisecond is cut off both instants
     * @throws IllegalArgumentException if the call ends before its answer
     */
    public static RatedCall answered(String digits, Instant answeredAt, Instant endedAt) {
        long talkMillis = Math.subtractExact(endedAt.toEpochMilli(), answeredAt.toEpochMilli());
        if (talkMillis < 0) {
            throw new IllegalArgumentException("endedAt " + endedAt + " is before answeredAt " + answeredAt);
        }
        return new RatedCall(digits, answeredAt, talkMillis, "");
    }

    /**
     * A leg that nobody answered, however long it rang.
     *
     * @param digits as in {@link #answered(String, Instant, long)}
     */
    public static RatedCall unanswered(String digits) {
        return new RatedCall(digits, null, 0, "");
    }

    /**
     * The same leg with the number of who calls, for carriers whose prices depend on it.
     *
     * @param callerDigits digits only; whatever else it is belongs to no origin
     */
    public RatedCall from(String callerDigits) {
        return new RatedCall(digits, answeredAt, talkMillis, callerDigits);
    }

    /** The same leg with so much talk; it counts as answered. */
    RatedCall lasting(Instant answer, long millis) {
        return new RatedCall(digits, answer, millis, origin);
    }

    /** The number of who calls, as given; empty if unknown. */
    public String origin() {
        return origin;
    }

    /** The number the price hangs on, as given. */
    public String digits() {
        return digits;
    }

    /** When the call was answered; empty if it was not. */
    public Optional<Instant> answeredAt() {
        return Optional.ofNullable(answeredAt);
    }

    /** When the call was answered, or null. */
    @Nullable
    Instant answer() {
        return answeredAt;
    }

    /** Milliseconds of talk; 0 if the call was not answered. */
    public long talkMillis() {
        return talkMillis;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RatedCall that
                && digits.equals(that.digits)
                && origin.equals(that.origin)
                && talkMillis == that.talkMillis
                && Objects.equals(answeredAt, that.answeredAt);
    }

    @Override
    public int hashCode() {
        return Objects.hash(digits, origin, answeredAt, talkMillis);
    }

    @Override
    public String toString() {
        return answeredAt == null
                ? digits + ", not answered"
                : digits + ", answered " + answeredAt + ", " + talkMillis + " ms";
    }
}
