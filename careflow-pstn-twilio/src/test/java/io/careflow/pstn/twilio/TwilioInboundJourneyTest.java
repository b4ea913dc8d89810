package io.careflow.pstn.twilio;

import io.careflow.pstn.tck.InboundJourneyConformance;
import io.careflow.pstn.tck.InboundStage;

/** The stories over TwiML give the records that they give everywhere. */
class TwilioInboundJourneyTest extends InboundJourneyConformance {
    @Override
    protected InboundStage stage() {
        return new TwilioStage(SimTwilio.Post.IN_ORDER);
    }
}
