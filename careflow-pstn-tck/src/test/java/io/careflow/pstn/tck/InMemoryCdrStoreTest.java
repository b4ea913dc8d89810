package io.careflow.pstn.tck;

import io.careflow.pstn.cdr.CdrStore;
import org.junit.jupiter.api.DisplayName;

@DisplayName("CDRs in memory")
class InMemoryCdrStoreTest extends CdrStoreConformance {
    @Override
    protected CdrStore emptyStore() {
        return new InMemoryCdrStore();
    }
}
