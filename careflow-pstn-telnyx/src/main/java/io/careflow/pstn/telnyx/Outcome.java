package io.careflow.pstn.telnyx;

import io.careflow.pstn.telnyx.Sender.Result;
import java.time.Duration;
import java.time.Instant;

/** What became of a command, in the state of its call. Part of one turn. */
record Outcome(Happening happening) {

    /**
     * Takes it in.
     *
     * @param again when a command in doubt may be sent again
     * @param recognised how long Telnyx knows a command that comes again
     * @return whether anything changed
     */
    boolean apply(Order order, Result result, Instant now, Duration again, Duration recognised) {
        if (result instanceof Result.Done done) {
            return happening.sent(order, done.data());
        } else if (result instanceof Result.Gone) {
            return happening.gone(order);
        } else if (result instanceof Result.Refused refused) {
            return happening.refused(order, reason(refused.failure()));
        } else if (result instanceof Result.Doubtful doubtful) {
            Instant next = now.plus(again);
            if (next.isAfter(Instant.ofEpochMilli(order.since()).plus(recognised))) {
                return happening.givenUp(order, reason(doubtful.failure()));
            }
            return happening.postponed(order, next.toEpochMilli());
        }
        if (result instanceof Result.TooOld) {
            return happening.givenUp(order, "it is not known whether the command was carried out");
        }
        throw new AssertionError(result);
    }

    private static String reason(Throwable failure) {
        return String.valueOf(failure.getMessage());
    }
}
