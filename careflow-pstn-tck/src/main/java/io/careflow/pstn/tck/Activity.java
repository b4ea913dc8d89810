package io.careflow.pstn.tck;

import io.careflow.pstn.call.HangupCause;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a call is doing at the moment: one command that is not over yet. */
interface Activity {
    /** Ends it without a result: redirected, joined or gone. */
    void stop(HangupCause cause);

    /** The person pressed a key. */
    default void key(char key) {}

    /** The person said words, which a recogniser understands with this confidence. */
    default void says(String words, @Nullable Integer confidence) {}

    /** The person speaks until then. */
    default void speaking(Instant until) {}

    /** Whether somebody who was dialled is talking. */
    default boolean isTalking() {
        return false;
    }
}
