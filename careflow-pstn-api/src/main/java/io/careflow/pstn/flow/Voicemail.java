package io.careflow.pstn.flow;

import java.time.Duration;
import java.util.Objects;

/**
 * Takes a message after a tone, until the caller hangs up, presses #, falls silent or the time is over. Answers the call
 * if it is not answered yet.
 *
 * @param longest 1 second to 30 minutes
 * @param silence how much silence ends it: 1 to 60 seconds
 * @param then where the application goes on once the message is taken (not if the caller hangs up)
 */
public record Voicemail(Duration longest, Duration silence, Continuation then) implements Ending {
    public Voicemail {
        Limits.within("longest message", longest, Duration.ofSeconds(1), Duration.ofMinutes(30));
        Limits.within("silence that ends a message", silence, Duration.ofSeconds(1), Duration.ofMinutes(1));
        Objects.requireNonNull(then, "then");
    }

    /** A message of at most this length that ends after 5 seconds of silence. */
    public static Voicemail upTo(Duration longest, Continuation then) {
        return new Voicemail(longest, Duration.ofSeconds(5), then);
    }

    @Override
    public String name() {
        return "voicemail";
    }
}
