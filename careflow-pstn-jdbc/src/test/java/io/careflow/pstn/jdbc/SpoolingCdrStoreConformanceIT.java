package io.careflow.pstn.jdbc;

import io.careflow.pstn.cdr.CdrStore;
import io.careflow.pstn.tck.CdrStoreConformance;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("CDRs in PostgreSQL, behind a spool")
final class SpoolingCdrStoreConformanceIT extends CdrStoreConformance {
    private final List<SpoolingCdrStore> opened = new ArrayList<>();

    @TempDir
    private Path temp = Path.of("set by JUnit");

    @Override
    protected CdrStore emptyStore() {
        CdrStore behind = TestPostgres.emptyStore();
        SpoolingCdrStore spool = SpoolingCdrStore.open(behind, temp.resolve("spool"));
        opened.add(spool);
        return spool;
    }

    @AfterEach
    void close() {
        opened.forEach(SpoolingCdrStore::close);
    }
}
