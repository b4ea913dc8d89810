package io.careflow.pstn.conformance;

import io.careflow.pstn.tck.InMemoryOutboundStage;
import io.careflow.pstn.tck.OneStep;
import io.careflow.pstn.tck.OutboundJourneyConformance;
import io.careflow.pstn.tck.OutboundStage;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;

@DisplayName("The outbound journey in memory, guard and credit in one step")
class InMemoryOneStepJourneyTest extends OutboundJourneyConformance {
    @Override
    protected OutboundStage stage() {
        return new InMemoryOutboundStage();
    }

    @Override
    protected Optional<OneStep> oneStep(Clock clock) {
        return Optional.of(OneStep.inMemory(clock));
    }
}
