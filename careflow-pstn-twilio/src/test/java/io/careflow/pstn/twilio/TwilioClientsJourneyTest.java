package io.careflow.pstn.twilio;

import io.careflow.pstn.tck.OutboundJourneyConformance;
import io.careflow.pstn.tck.OutboundStage;

/** The stories of callbacks where users have browsers with Twilio's Voice SDK. */
class TwilioClientsJourneyTest extends OutboundJourneyConformance {
    @Override
    protected OutboundStage stage() {
        return new TwilioOutboundStage().withClients();
    }
}
