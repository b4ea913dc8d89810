package io.careflow.pstn.http;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that begins at the time of day and then goes on evenly, whatever is done to the time of day. Thread-safe. */
final class SteadyClock extends Clock {
    private final Instant begin;
    private final long beginNanos;
    private final ZoneId zone;

    private SteadyClock(Instant begin, long beginNanos, ZoneId zone) {
        this.begin = begin;
        this.beginNanos = beginNanos;
        this.zone = zone;
    }

    static Clock system() {
        return new SteadyClock(Clock.systemUTC().instant(), System.nanoTime(), ZoneOffset.UTC);
    }

    /** Nanoseconds since 1970; enough until 2262. */
    static long nanos(Clock clock) {
        Instant now = clock.instant();
        return Math.addExact(Math.multiplyExact(now.getEpochSecond(), 1_000_000_000L), now.getNano());
    }

    @Override
    public Instant instant() {
        return begin.plusNanos(System.nanoTime() - beginNanos);
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    @Override
    public Clock withZone(ZoneId other) {
        return new SteadyClock(begin, beginNanos, other);
    }
}
