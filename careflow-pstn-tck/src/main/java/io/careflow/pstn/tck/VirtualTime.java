package io.careflow.pstn.tck;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A clock that moves only when it is told to, and does what is due on the way: a small discrete-event simulator. Hours pass
 * in milliseconds, always in the same order. Thread-safe: one thing happens at a time, on the thread that lets the time run.
 */
public final class VirtualTime {
    private static final int RUNAWAY = 1_000_000;

    private final PriorityQueue<Due> queue =
            new PriorityQueue<>(Comparator.comparing(Due::at).thenComparing(Due::sequence));
    private final ReentrantLock lock = new ReentrantLock();
    /** Guards the queue alone, so that something can be asked for while something else happens. */
    private final Object queueing = new Object();

    private volatile Instant now;
    private long sequence;

    private VirtualTime(Instant start) {
        this.now = start;
    }

    /** A clock that stands at this instant. */
    public static VirtualTime startingAt(Instant start) {
        return new VirtualTime(start);
    }

    /** What time it is. */
    public Instant now() {
        return now;
    }

    /** The same time for code that wants a {@link Clock}. */
    public Clock clock() {
        return new VirtualClock(this, ZoneOffset.UTC);
    }

    /**
     * Does this once so much time has passed; what is due at one instant is done in the order in which it was asked for. May be
     * asked for on any thread, also on one that the thread that lets the time run waits for.
     */
    public Timer after(Duration delay, Runnable action) {
        synchronized (queueing) {
            Due due = new Due(now.plus(delay.isNegative() ? Duration.ZERO : delay), sequence++, action);
            queue.add(due);
            return () -> take(due);
        }
    }

    /** Lets this much time pass. */
    public void run(Duration span) {
        alone(() -> {
            Instant until = now.plus(span);
            drain(until);
            now = until;
            return until;
        });
    }

    /** Lets time pass until nothing is due any more. */
    public void runUntilIdle() {
        alone(() -> {
            drain(Instant.MAX);
            return now;
        });
    }

    /** Does this while nothing else happens in this time. */
    <T> T alone(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    private void drain(Instant until) {
        int done = 0;
        for (Due next = next(until); next != null; next = next(until)) {
            if (++done > RUNAWAY) {
                throw new IllegalStateException(
                        "more than " + RUNAWAY + " things happened; does a flow run in circles?");
            }
            next.action().run();
        }
    }

    /** Takes what is due next until then, and lets the time pass. */
    private @Nullable Due next(Instant until) {
        synchronized (queueing) {
            Due next = queue.peek();
            if (next == null || next.at().isAfter(until)) {
                return null;
            }
            queue.remove(next);
            now = next.at();
            return next;
        }
    }

    private void take(Due due) {
        synchronized (queueing) {
            queue.remove(due);
        }
    }

    /** Something that will happen unless it is cancelled. */
    @FunctionalInterface
    public interface Timer {
        /** Makes it not happen. Nothing changes if it has happened already. */
        void cancel();
    }

    private record Due(Instant at, long sequence, Runnable action) {}

    private static final class VirtualClock extends Clock {
        private final VirtualTime time;
        private final ZoneId zone;

        VirtualClock(VirtualTime time, ZoneId zone) {
            this.time = time;
            this.zone = zone;
        }

        @Override
        public ZoneId getZone() {
            return zone;
        }

        @Override
        public Clock withZone(ZoneId other) {
            return new VirtualClock(time, other);
        }

        @Override
        public Instant instant() {
            return time.now();
        }
    }
}
