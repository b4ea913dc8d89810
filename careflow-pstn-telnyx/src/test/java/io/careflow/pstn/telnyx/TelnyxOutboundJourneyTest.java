package io.careflow.pstn.telnyx;

import io.careflow.pstn.tck.OutboundJourneyConformance;
import io.careflow.pstn.tck.OutboundStage;

/** The stories of callbacks over Call Control give the records that they give everywhere. */
class TelnyxOutboundJourneyTest extends OutboundJourneyConformance {
    @Override
    protected OutboundStage stage() {
        return new TelnyxOutboundStage();
    }
}
