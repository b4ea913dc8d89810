package io.careflow.pstn.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** What the terminal shows while it happens: notes during the set-up, then steps with the time since the call began. */
final class Journey {
    private final PrintStream out;
    private long start;
    private volatile boolean muted;

    Journey(PrintStream out) {
        this.out = out;
    }

    /** A line without time. */
    void note(String text) {
        if (!muted) {
            out.println(text);
            out.flush();
        }
    }

    /** Sets the clock to zero. */
    void begin() {
        start = System.nanoTime();
    }

    /** A step that was seen to have happened; without time before the call has begun. */
    void step(String format, Object... arguments) {
        String time = start == 0 ? "" : String.format(Locale.ROOT, "+%6.3f s  ", (System.nanoTime() - start) / 1e9);
        note(time + String.format(Locale.ROOT, format, arguments));
    }

    /** From here on nothing is shown: the end was asked for, and what fails now fails because of it. */
    void mute() {
        muted = true;
    }

    boolean muted() {
        return muted;
    }

    /** Waits for something to be seen. */
    static void await(String expected, Duration limit, BooleanSupplier condition, Supplier<String> seen) {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new Broken(expected, seen.get() + ", after waiting " + seconds(limit));
            }
            pause(Duration.ofMillis(10));
        }
    }

    /** Checks something that must hold now. */
    static void require(String expected, boolean condition, String seen) {
        if (!condition) {
            throw new Broken(expected, seen);
        }
    }

    static void pause(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Broken("time to go on", "interrupted", e);
        }
    }

    static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }
}
