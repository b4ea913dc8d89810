package io.careflow.pstn.jdbc;

import io.careflow.pstn.guard.GuardStore;
import io.careflow.pstn.tck.GuardStoreConformance;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;

@DisplayName("Counters of guards in PostgreSQL")
final class JdbiGuardStoreConformanceIT extends GuardStoreConformance {
    @Override
    protected GuardStore store() {
        return TestPostgres.shared().guards();
    }

    @Override
    protected void pass(Duration time) {
        TestPostgres.age("pstn_guard_leases", "expires_at", time);
        TestPostgres.age("pstn_guard_members", "seen_at", time);
        TestPostgres.age("pstn_guard_holders", "taken_at", time);
        TestPostgres.age("pstn_guard_holders", "forget_at", time);
        // Rows next to each other are in each other's way while all move.
        TestPostgres.age("pstn_guard_counts", "slot", Duration.ofDays(36_500));
        TestPostgres.age("pstn_guard_counts", "slot", time.minus(Duration.ofDays(36_500)));
    }
}
