package io.careflow.pstn.twilio;

import io.careflow.pstn.tck.InboundJourneyConformance;
import io.careflow.pstn.tck.InboundStage;

/** The stories with every webhook twice, status callbacks up to four seconds late in any order, and two nodes by turns. */
class ShuffledInboundJourneyTest extends InboundJourneyConformance {
    @Override
    protected InboundStage stage() {
        return new TwilioStage(SimTwilio.Post.TWICE_AND_SHUFFLED);
    }
}
