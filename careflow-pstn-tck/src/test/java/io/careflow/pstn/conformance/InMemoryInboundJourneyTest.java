package io.careflow.pstn.conformance;

import io.careflow.pstn.tck.InMemoryStage;
import io.careflow.pstn.tck.InboundJourneyConformance;
import io.careflow.pstn.tck.InboundStage;
import org.junit.jupiter.api.DisplayName;

@DisplayName("The inbound journey in memory")
class InMemoryInboundJourneyTest extends InboundJourneyConformance {
    @Override
    protected InboundStage stage() {
        return new InMemoryStage();
    }
}
