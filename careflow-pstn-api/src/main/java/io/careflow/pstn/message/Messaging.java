package io.careflow.pstn.message;

import io.careflow.pstn.Capability;
import java.util.Optional;

/**
 * Sends text messages. Thread-safe. Every method throws a {@link io.careflow.pstn.error.PstnException} whose effect says
 * whether the provider may have acted.
 */
public interface Messaging extends Capability {

    /**
     * Sends a message, exactly once. What becomes of it arrives as events.
     *
     * @throws io.careflow.pstn.error.PstnException with effect UNKNOWN if it may have been sent; it is not sent again
     * @throws io.careflow.pstn.error.NotPermitted if the recipient opted out, the number cannot send, or a registration is
     *     missing
     */
    Message send(MessageRequest request);

    /** What the provider knows about a message now; empty if it does not know it. */
    Optional<Message> fetch(MessageRef message);
}
