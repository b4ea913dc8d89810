package io.careflow.pstn.tck;

import io.careflow.pstn.message.MessageRequest;
import io.careflow.pstn.message.Messaging;
import org.junit.jupiter.api.DisplayName;

/** What holds for messages besides what holds for all. */
@Of(Messaging.class)
abstract class MessagingConformance extends CapabilityConformance {

    @ForEach(value = Situation.SUCCESS, only = Operation.MESSAGE_SEND)
    @DisplayName("an option that the provider does not know is refused before any I/O")
    void unknownOption(Operation operation) {
        Messaging messages = trial().require(Messaging.class);
        MessageRequest request = trial().wire().samples().message().with(Refusals.NOBODYS, "x");
        Refusals.check(trial(), operation, Refusals.NOBODYS.name(), () -> messages.send(request));
    }
}
