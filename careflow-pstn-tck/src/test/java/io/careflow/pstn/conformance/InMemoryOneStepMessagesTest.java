package io.careflow.pstn.conformance;

import io.careflow.pstn.tck.InMemoryMessageStage;
import io.careflow.pstn.tck.MessageDeskConformance;
import io.careflow.pstn.tck.MessageStage;
import io.careflow.pstn.tck.OneStep;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;

@DisplayName("A message desk in memory, guard and credit in one step")
class InMemoryOneStepMessagesTest extends MessageDeskConformance {
    @Override
    protected MessageStage stage() {
        return new InMemoryMessageStage();
    }

    @Override
    protected Optional<OneStep> oneStep(Clock clock) {
        return Optional.of(OneStep.inMemory(clock));
    }
}
