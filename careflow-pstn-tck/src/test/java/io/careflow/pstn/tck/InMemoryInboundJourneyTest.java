package io.careflow.pstn.tck;

import org.junit.jupiter.api.DisplayName;

@DisplayName("The inbound journey in memory")
class InMemoryInboundJourneyTest extends InboundJourneyConformance {
    @Override
    protected InboundStage stage() {
        return new InMemoryStage();
    }
}
