package io.careflow.pstn.guard;

import java.time.Duration;
import java.util.Objects;

/**
 * How often callers may call, and guess IDs.
 *
 * @param callerMinute calls of one caller in a minute: 1 to 1000000, as all numbers here
 * @param callerHour calls of one caller in an hour
 * @param anonymousMinute calls of all callers together who show no number, in a minute
 * @param allMinute calls of all callers together in a minute
 * @param tries wrong IDs of one caller, over all calls, within {@code lock}
 * @param anonymousTries wrong IDs of all callers together who show no number
 * @param allTries wrong IDs of all callers together: numbers can be forged
 * @param lock how long wrong IDs count: 1 second to 24 hours
 */
public record InboundLimits(
        int callerMinute,
        int callerHour,
        int anonymousMinute,
        int allMinute,
        int tries,
        int anonymousTries,
        int allTries,
        Duration lock) {
    public InboundLimits {
        check("callerMinute", callerMinute);
        check("callerHour", callerHour);
        check("anonymousMinute", anonymousMinute);
        check("allMinute", allMinute);
        check("tries", tries);
        check("anonymousTries", anonymousTries);
        check("allTries", allTries);
        Objects.requireNonNull(lock, "lock");
        if (lock.compareTo(Duration.ofSeconds(1)) < 0 || lock.compareTo(Duration.ofHours(24)) > 0) {
            throw new IllegalArgumentException("lock is " + lock + "; allowed are PT1S to PT24H");
        }
    }

    /** 6 calls of a caller in a minute and 30 in an hour, 30 anonymous ones and 300 of all in a minute; 3 wrong IDs in 10 minutes. */
    public static InboundLimits standard() {
        return new InboundLimits(6, 30, 30, 300, 3, 20, 300, Duration.ofMinutes(10));
    }

    private static void check(String name, int value) {
        if (value < 1 || value > 1_000_000) {
            throw new IllegalArgumentException(name + " is " + value + "; allowed are 1 to 1000000");
        }
    }
}
