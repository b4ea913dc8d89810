package io.careflow.pstn.asterisk;

import java.time.Instant;

/**
 * Asterisk's clock as seen through the events of one call: all instants of a call come from one clock, also where Asterisk
 * runs on another machine. Not thread-safe.
 */
final class AsteriskClock {
    private Instant seen;
    private long seenNanos;

    AsteriskClock(Instant seen) {
        this.seen = seen;
        this.seenNanos = System.nanoTime();
    }

    void observe(Instant timestamp) {
        seen = timestamp;
        seenNanos = System.nanoTime();
    }

    Instant now() {
        return seen.plusMillis((System.nanoTime() - seenNanos) / 1_000_000);
    }
}
