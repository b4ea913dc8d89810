package io.careflow.pstn.jdbc;

import io.careflow.pstn.tck.InMemoryOutboundStage;
import io.careflow.pstn.tck.OneStep;
import io.careflow.pstn.tck.OutboundJourneyConformance;
import io.careflow.pstn.tck.OutboundStage;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;

@DisplayName("The outbound journey, its book in PostgreSQL, guard and credit in one transaction of it")
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

    /** Nodes with a connection of their own to the same database. */
    @Override
    protected Supplier<JdbiOutboundBook> books() {
        DataSource shared = TestPostgres.emptyDatabase();
        List<JdbiOutboundBook> nodes = List.of(
                TestPostgres.open(shared).outbound(), TestPostgres.open(shared).outbound());
        AtomicInteger next = new AtomicInteger();
        return () -> nodes.get(next.getAndIncrement() % nodes.size());
    }
}
