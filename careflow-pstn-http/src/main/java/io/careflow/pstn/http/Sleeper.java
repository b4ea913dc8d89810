package io.careflow.pstn.http;

import java.time.Duration;

/** Waits between two attempts of a read. A seam, so that tests need not wait. */
@FunctionalInterface
public interface Sleeper {

    /** Blocks the calling thread for this long. */
    void sleep(Duration duration) throws InterruptedException;

    /** The one that really waits. */
    static Sleeper system() {
        return duration -> Thread.sleep(duration.toMillis());
    }
}
