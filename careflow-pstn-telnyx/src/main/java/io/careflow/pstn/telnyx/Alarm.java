package io.careflow.pstn.telnyx;

import java.time.Instant;

/** Does things when it is time. Thread-safe. */
interface Alarm extends AutoCloseable {

    /** Does this at that moment or soon after, on a thread that may wait. What is due already is done soon, not at once. */
    void at(Instant when, Runnable action);

    /** Does nothing more. */
    @Override
    void close();
}
