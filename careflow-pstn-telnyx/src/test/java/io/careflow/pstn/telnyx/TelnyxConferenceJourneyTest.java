package io.careflow.pstn.telnyx;

import io.careflow.pstn.tck.ConferenceConformance;
import io.careflow.pstn.tck.OutboundStage;

/** The stories of conferences over Call Control. */
class TelnyxConferenceJourneyTest extends ConferenceConformance {
    @Override
    protected OutboundStage stage() {
        return new TelnyxOutboundStage();
    }
}
