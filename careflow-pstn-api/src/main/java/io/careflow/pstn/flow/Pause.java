package io.careflow.pstn.flow;

import java.time.Duration;

/**
 * Waits in silence. Does not answer the call.
 *
 * @param length more than zero, 10 minutes at most
 */
public record Pause(Duration length) implements Prompt {
    public Pause {
        Limits.within("pause", length, Duration.ofMillis(1), Duration.ofMinutes(10));
    }

    @Override
    public String name() {
        return "pause";
    }
}
