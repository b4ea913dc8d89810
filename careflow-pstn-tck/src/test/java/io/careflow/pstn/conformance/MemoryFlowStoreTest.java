package io.careflow.pstn.conformance;

import io.careflow.pstn.flow.FlowStore;
import io.careflow.pstn.flow.MemoryFlowStore;
import io.careflow.pstn.tck.FlowStoreConformance;
import org.junit.jupiter.api.DisplayName;

@DisplayName("Flows in memory")
class MemoryFlowStoreTest extends FlowStoreConformance {
    @Override
    protected FlowStore emptyStore() {
        return new MemoryFlowStore();
    }
}
