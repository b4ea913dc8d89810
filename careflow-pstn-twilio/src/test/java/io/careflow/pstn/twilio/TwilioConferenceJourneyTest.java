package io.careflow.pstn.twilio;

import io.careflow.pstn.tck.ConferenceConformance;
import io.careflow.pstn.tck.OutboundStage;

/** The stories of conferences over TwiML and Twilio's API. */
class TwilioConferenceJourneyTest extends ConferenceConformance {
    @Override
    protected OutboundStage stage() {
        return new TwilioOutboundStage();
    }
}
