package io.careflow.pstn.routing;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What to do after an attempt.
 *
 * @param move go on or stop
 * @param attempt the attempt, for the call's record
 * @param next the candidate to try now; null unless the move is {@link Move#NEXT}
 * @param passedOver candidates that are left out on the way to it, a line for each
 * @param alarm something to mend at the carrier just tried, or null
 * @param aside the carrier just tried is not to be tried for a while, or null
 * @param because why, in one line
 */
public record FailoverDecision(
        Move move,
        RouteAttempt attempt,
        @Nullable PlannedRoute next,
        List<String> passedOver,
        @Nullable RouteAlarm alarm,
        @Nullable RouteAside aside,
        String because) {
    public FailoverDecision {
        Objects.requireNonNull(move, "move");
        Objects.requireNonNull(attempt, "attempt");
        passedOver = List.copyOf(passedOver);
        Objects.requireNonNull(because, "because");
        if ((move == Move.NEXT) != (next != null)) {
            throw new IllegalArgumentException("move is " + move + " and next is " + next + "; only NEXT has a next");
        }
    }

    /** What to do. */
    public enum Move {
        /** Try the next candidate. */
        NEXT,
        /** Stop: the callee, the number or a rule has decided, or they talked. */
        STOP,
        /** Stop: the call may exist. Look it up at the carrier; never place another one blindly. */
        IN_DOUBT,
        /** Stop: another candidate would have been tried, but there is none left. */
        EXHAUSTED
    }
}
