package io.careflow.pstn.telnyx;

import io.careflow.pstn.tck.MessageDeskConformance;
import io.careflow.pstn.tck.MessageStage;
import org.junit.jupiter.api.DisplayName;

@DisplayName("Texts over Telnyx")
class TelnyxMessageDeskTest extends MessageDeskConformance {
    @Override
    protected MessageStage stage() {
        return new TelnyxMessageStage();
    }
}
