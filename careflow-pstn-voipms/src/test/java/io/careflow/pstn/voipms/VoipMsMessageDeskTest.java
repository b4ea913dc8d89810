package io.careflow.pstn.voipms;

import io.careflow.pstn.tck.MessageDeskConformance;
import io.careflow.pstn.tck.MessageStage;
import org.junit.jupiter.api.DisplayName;

@DisplayName("Texts over VoIP.ms")
class VoipMsMessageDeskTest extends MessageDeskConformance {
    @Override
    protected MessageStage stage() {
        return new VoipMsMessageStage();
    }
}
