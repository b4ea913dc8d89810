package io.careflow.pstn.cdr;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The moments of a call, by the clock of the provider that saw them, in milliseconds.
 *
 * @param started the call arrived, or was sent out; never later than anything else that is known of it
 * @param pickedUp our script or the called person answered the call itself: the carrier bills from here; null if never
 * @param ringing the wanted person's phone began to ring; null if it never did
 * @param ringEnded the last phone that rang stopped, unanswered; null if none rang, or the answer ended it
 * @param answered the wanted person answered: talk begins; null if never
 * @param talkEnded the conversation ended; null exactly if there was none
 * @param ended the call was over
 * @param endExact false if the end was concluded afterwards from the last sign of life
 */
public record CdrTimes(
        Instant started,
        @Nullable Instant pickedUp,
        @Nullable Instant ringing,
        @Nullable Instant ringEnded,
        @Nullable Instant answered,
        @Nullable Instant talkEnded,
        Instant ended,
        boolean endExact) {

    public CdrTimes {
        if (ended.isBefore(started)) {
            throw new IllegalArgumentException("call ended " + ended + " before it started " + started);
        }
        if (ringEnded != null && (ringing == null || answered != null)) {
            throw new IllegalArgumentException("ringing that ended " + ringEnded + " needs a beginning and no answer: "
                    + ringing + ", " + answered);
        }
        if ((answered == null) != (talkEnded == null)) {
            throw new IllegalArgumentException(
                    "talk needs both a beginning and an end: " + answered + ", " + talkEnded);
        }
    }

    /** How long the wanted person's phone rang, in milliseconds; 0 if it did not. */
    public long ringMillis() {
        if (ringing == null) {
            return 0;
        }
        Instant until = answered == null ? ringEnded : answered;
        return between(ringing, until == null ? ended : until);
    }

    /** How long they talked, in milliseconds. */
    public long talkMillis() {
        return answered == null || talkEnded == null ? 0 : between(answered, talkEnded);
    }

    /** How long the call itself was up, in milliseconds: what the carrier bills. */
    public long billableMillis() {
        return pickedUp == null ? 0 : between(pickedUp, ended);
    }

    private static long between(Instant from, Instant to) {
        return Math.max(0, Duration.between(from, to).toMillis());
    }
}
