package io.careflow.pstn.twilio;

import io.careflow.pstn.tck.OutboundJourneyConformance;
import io.careflow.pstn.tck.OutboundStage;

/** The stories of callbacks over Twilio's API and TwiML give the records that they give everywhere. */
class TwilioOutboundJourneyTest extends OutboundJourneyConformance {
    @Override
    protected OutboundStage stage() {
        return new TwilioOutboundStage();
    }
}
