package io.careflow.pstn.consent;

import java.util.Objects;

/**
 * What a newcomer changes in a call that is recorded.
 *
 * @param now what to do at once
 * @param decision what holds from here on
 */
public record ConsentChange(Now now, ConsentDecision decision) {
    public ConsentChange {
        Objects.requireNonNull(now, "now");
        Objects.requireNonNull(decision, "decision");
    }

    /** What to do at once. */
    public enum Now {
        /** Nothing: the recording goes on. */
        NOTHING,
        /** Play the notice again, while the recording goes on: the newcomer has not heard it. */
        ANNOUNCE_AGAIN,
        /**
         * Let the recording rest, before the newcomer is heard, until what the decision asks for has been done: the key pressed where
         * it is {@link ConsentAction#EXPLICIT}, else the notice played, which also
         * ends the pause.
         */
        PAUSE_UNTIL_CONSENT
    }
}
