package io.careflow.pstn.jdbc;

import io.careflow.pstn.cdr.CdrStore;
import io.careflow.pstn.tck.CdrStoreConformance;
import org.junit.jupiter.api.DisplayName;

@DisplayName("CDRs in PostgreSQL")
final class JdbiCdrStoreConformanceIT extends CdrStoreConformance {
    @Override
    protected CdrStore emptyStore() {
        return TestPostgres.emptyStore();
    }
}
