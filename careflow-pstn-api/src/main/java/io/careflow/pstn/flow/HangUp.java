package io.careflow.pstn.flow;

import io.careflow.pstn.call.HangupCause;
import java.util.Objects;

/**
 * Ends the call.
 *
 * @param cause the cause given to the network
 */
public record HangUp(HangupCause cause) implements Ending {
    public HangUp {
        Objects.requireNonNull(cause, "cause");
    }

    @Override
    public String name() {
        return "hang-up";
    }
}
