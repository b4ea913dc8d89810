package io.careflow.pstn.conformance;

import io.careflow.pstn.tck.InMemoryMessageStage;
import io.careflow.pstn.tck.MessageDeskConformance;
import io.careflow.pstn.tck.MessageStage;
import org.junit.jupiter.api.DisplayName;

@DisplayName("Texts over the in-memory provider")
class InMemoryMessageDeskTest extends MessageDeskConformance {
    @Override
    protected MessageStage stage() {
        return new InMemoryMessageStage();
    }
}
