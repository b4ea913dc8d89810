package io.careflow.pstn.asterisk;

import java.time.Instant;

/**
 * Asterisk's clock as seen through the events of one call: all instants of a call come from one clock, also where Asterisk
 * runs on another machine, and never runs back. Not thread-safe.
 */
final class AsteriskClock {
    private Instant seen;
    private long seenNanos;
    private boolean observed;

    /** Begins with an instant that may come from another clock: it counts for nothing once an event was seen. */
    AsteriskClock(Instant seen) {
        this.seen = seen;
        this.seenNanos = System.nanoTime();
    }

    /** The events of a call come in order: a timestamp that is older than the last, or none at all, says nothing. */
    void observe(Instant timestamp) {
        if (!timestamp.isAfter(Instant.EPOCH) || (observed && timestamp.isBefore(seen))) {
            return;
        }
        observed = true;
        seen = timestamp;
        seenNanos = System.nanoTime();
    }

    Instant now() {
        return seen.plusMillis((System.nanoTime() - seenNanos) / 1_000_000);
    }
}
