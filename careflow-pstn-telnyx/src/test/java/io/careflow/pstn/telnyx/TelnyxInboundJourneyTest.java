package io.careflow.pstn.telnyx;

import io.careflow.pstn.tck.InboundJourneyConformance;
import io.careflow.pstn.tck.InboundStage;

/** The stories over Call Control, two nodes by turns, give the records that they give everywhere. */
class TelnyxInboundJourneyTest extends InboundJourneyConformance {
    @Override
    protected InboundStage stage() {
        return new TelnyxStage(SimTelnyx.Post.IN_ORDER);
    }
}
