package io.careflow.pstn.conformance;

import io.careflow.pstn.tck.ConferenceConformance;
import io.careflow.pstn.tck.InMemoryOutboundStage;
import io.careflow.pstn.tck.OutboundStage;
import org.junit.jupiter.api.DisplayName;

@DisplayName("Conferences in memory")
class InMemoryConferenceTest extends ConferenceConformance {
    @Override
    protected OutboundStage stage() {
        return new InMemoryOutboundStage();
    }
}
