package io.careflow.pstn.benchmarks;

import java.util.concurrent.atomic.LongAdder;

/** Messages sent more than once, in both directions. */
final class SipCounters {
    private final LongAdder byUs = new LongAdder();
    private final LongAdder byAsterisk = new LongAdder();

    void resent() {
        byUs.increment();
    }

    void repeated() {
        byAsterisk.increment();
    }

    /** Ours so far. */
    long resentByUs() {
        return byUs.sum();
    }

    /** Asterisk's so far. */
    long resentByAsterisk() {
        return byAsterisk.sum();
    }
}
