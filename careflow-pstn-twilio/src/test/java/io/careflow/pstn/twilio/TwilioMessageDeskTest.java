package io.careflow.pstn.twilio;

import io.careflow.pstn.tck.MessageDeskConformance;
import io.careflow.pstn.tck.MessageStage;
import org.junit.jupiter.api.DisplayName;

@DisplayName("Texts over Twilio")
class TwilioMessageDeskTest extends MessageDeskConformance {
    @Override
    protected MessageStage stage() {
        return new TwilioMessageStage();
    }
}
