package io.careflow.pstn.jdbc;

import io.careflow.pstn.tck.InMemoryMessageStage;
import io.careflow.pstn.tck.MessageDeskConformance;
import io.careflow.pstn.tck.MessageStage;
import io.careflow.pstn.tck.OneStep;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;

@DisplayName("A message desk, guard and credit in one transaction of PostgreSQL")
final class JdbiMessageDeskIT extends MessageDeskConformance {
    @Override
    protected MessageStage stage() {
        return new InMemoryMessageStage();
    }

    @Override
    protected Optional<OneStep> oneStep(Clock clock) {
        PstnDatabase database = TestPostgres.open(TestPostgres.emptyDatabase());
        return Optional.of(new OneStep(database.guards(), database.credit(), database.admission()));
    }
}
