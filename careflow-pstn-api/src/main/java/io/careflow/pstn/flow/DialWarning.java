package io.careflow.pstn.flow;

import java.time.Duration;
import java.util.Objects;

/**
 * What is heard before a conversation is cut because its time is over. The one who pays hears it; whether the other side does too is
 * the provider's affair.
 *
 * @param before how long before the end: 5 seconds to 10 minutes
 * @param prompt what is said or played
 */
public record DialWarning(Duration before, Prompt prompt) {
    public DialWarning {
        Limits.within("warning before the end", before, Duration.ofSeconds(5), Duration.ofMinutes(10));
        Objects.requireNonNull(prompt, "prompt");
    }
}
