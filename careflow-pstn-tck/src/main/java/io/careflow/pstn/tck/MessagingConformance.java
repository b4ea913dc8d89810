package io.careflow.pstn.tck;

import io.careflow.pstn.message.MessageRequest;
import io.careflow.pstn.message.Messaging;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What holds for messages besides what holds for all. */
@Of(Messaging.class)
abstract class MessagingConformance extends CapabilityConformance {

    @Test
    @DisplayName("message.send: an option that the provider does not know is refused before any I/O")
    void unknownOption() {
        Messaging messages = trial().require(Messaging.class);
        MessageRequest request = trial().wire().samples().message().with(Refusals.NOBODYS, "x");
        Refusals.check(trial(), Operation.MESSAGE_SEND, Refusals.NOBODYS.name(), () -> messages.send(request));
    }
}
