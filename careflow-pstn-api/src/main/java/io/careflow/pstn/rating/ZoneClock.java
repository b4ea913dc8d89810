package io.careflow.pstn.rating;

import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Arrays;

/**
 * Local time of a zone without allocating: the changes of its clocks over a century, laid out once. Outside of that century the zone
 * itself is asked. Immutable and thread-safe.
 */
final class ZoneClock {

    private static final Instant FIRST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("2100-01-01T00:00:00Z");

    private final ZoneRules rules;
    private final long[] changes;
    private final int[] offsets;

    ZoneClock(ZoneId zone) {
        this.rules = zone.getRules();
        long[] seconds = new long[1];
        int[] after = new int[1];
        seconds[0] = FIRST.getEpochSecond();
        after[0] = rules.getOffset(FIRST).getTotalSeconds();
        int count = 1;
        ZoneOffsetTransition next = rules.nextTransition(FIRST);
        while (next != null && next.getInstant().isBefore(LAST)) {
            if (count == seconds.length) {
                seconds = Arrays.copyOf(seconds, 2 * count);
                after = Arrays.copyOf(after, 2 * count);
            }
            seconds[count] = next.toEpochSecond();
            after[count++] = next.getOffsetAfter().getTotalSeconds();
            next = rules.nextTransition(next.getInstant());
        }
        this.changes = Arrays.copyOf(seconds, count);
        this.offsets = Arrays.copyOf(after, count);
    }

    /** Seconds since the beginning of 1970 as the zone's clocks show them. */
    long localSecond(Instant instant) {
        long second = instant.getEpochSecond();
        if (second < changes[0] || second >= LAST.getEpochSecond()) {
            return second + rules.getOffset(instant).getTotalSeconds();
        }
        int at = Arrays.binarySearch(changes, second);
        return second + offsets[at >= 0 ? at : -at - 2];
    }
}
