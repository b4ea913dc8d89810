package io.careflow.pstn.jdbc;

import io.careflow.pstn.flow.FlowStore;
import io.careflow.pstn.tck.FlowStoreConformance;
import org.junit.jupiter.api.DisplayName;

@DisplayName("Flows in PostgreSQL")
final class JdbiFlowStoreConformanceIT extends FlowStoreConformance {
    @Override
    protected FlowStore emptyStore() {
        return TestPostgres.emptyFlows();
    }
}
