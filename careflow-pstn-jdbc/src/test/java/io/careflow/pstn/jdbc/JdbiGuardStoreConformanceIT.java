package io.careflow.pstn.jdbc;

import io.careflow.pstn.guard.GuardStore;
import io.careflow.pstn.tck.GuardStoreConformance;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;

@DisplayName("Counters of guards in PostgreSQL")
final class JdbiGuardStoreConformanceIT extends GuardStoreConformance {
    private final DataSource dataSource = TestPostgres.emptyDatabase();
    private Duration passed = Duration.ZERO;

    @Override
    protected GuardStore store() {
        return TestPostgres.open(dataSource).guards();
    }

    /** Times lie within texts; so the clock is put forward, not the rows back. */
    @Override
    protected void pass(Duration time) {
        passed = passed.plus(time);
        TestPostgres.execute(
                dataSource,
                "CREATE OR REPLACE FUNCTION pstn_guard_moment() RETURNS BIGINT LANGUAGE sql VOLATILE AS $$"
                        + " SELECT floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint + " + passed.toMillis()
                        + " $$");
    }
}
