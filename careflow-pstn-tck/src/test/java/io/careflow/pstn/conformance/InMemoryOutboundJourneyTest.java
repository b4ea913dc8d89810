package io.careflow.pstn.conformance;

import io.careflow.pstn.tck.InMemoryOutboundStage;
import io.careflow.pstn.tck.OutboundJourneyConformance;
import io.careflow.pstn.tck.OutboundStage;
import org.junit.jupiter.api.DisplayName;

@DisplayName("The outbound journey in memory")
class InMemoryOutboundJourneyTest extends OutboundJourneyConformance {
    @Override
    protected OutboundStage stage() {
        return new InMemoryOutboundStage();
    }
}
