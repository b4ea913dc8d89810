package io.careflow.pstn.conformance;

import io.careflow.pstn.cdr.CdrStore;
import io.careflow.pstn.tck.CdrStoreConformance;
import io.careflow.pstn.tck.InMemoryCdrStore;
import org.junit.jupiter.api.DisplayName;

@DisplayName("CDRs in memory")
class InMemoryCdrStoreTest extends CdrStoreConformance {
    @Override
    protected CdrStore emptyStore() {
        return new InMemoryCdrStore();
    }
}
