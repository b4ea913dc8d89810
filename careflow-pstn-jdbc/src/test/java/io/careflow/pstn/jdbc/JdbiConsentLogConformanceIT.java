package io.careflow.pstn.jdbc;

import io.careflow.pstn.consent.ConsentLog;
import io.careflow.pstn.tck.ConsentLogConformance;
import org.junit.jupiter.api.DisplayName;

@DisplayName("Consents in PostgreSQL")
final class JdbiConsentLogConformanceIT extends ConsentLogConformance {
    @Override
    protected ConsentLog emptyLog() {
        return TestPostgres.emptyConsents();
    }
}
