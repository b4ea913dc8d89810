package io.careflow.pstn.jdbc;

import io.careflow.pstn.tck.InMemoryOutboundStage;
import io.careflow.pstn.tck.OneStep;
import io.careflow.pstn.tck.OutboundJourneyConformance;
import io.careflow.pstn.tck.OutboundStage;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;

@DisplayName("The outbound journey, guard and credit in one transaction of PostgreSQL")
final class JdbiOutboundJourneyIT extends OutboundJourneyConformance {
    @Override
    protected OutboundStage stage() {
        return new InMemoryOutboundStage();
    }

    @Override
    protected Optional<OneStep> oneStep(Clock clock) {
        PstnDatabase database = TestPostgres.open(TestPostgres.emptyDatabase());
        return Optional.of(new OneStep(database.guards(), database.credit(), database.admission()));
    }
}
