package io.careflow.pstn.tck;

import io.careflow.pstn.guard.GuardStore;
import io.careflow.pstn.guard.MemoryGuardStore;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;

@DisplayName("Counters of guards in memory")
final class MemoryGuardStoreConformanceTest extends GuardStoreConformance {
    private final Hands clock = new Hands();

    @Override
    protected GuardStore store() {
        return new MemoryGuardStore(clock);
    }

    @Override
    protected void pass(Duration time) {
        clock.move(time);
    }
}
