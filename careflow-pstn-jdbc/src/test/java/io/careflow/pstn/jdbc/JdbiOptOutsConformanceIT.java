package io.careflow.pstn.jdbc;

import io.careflow.pstn.messagedesk.OptOuts;
import io.careflow.pstn.tck.OptOutsConformance;
import org.junit.jupiter.api.DisplayName;

@DisplayName("Opt-outs in PostgreSQL")
final class JdbiOptOutsConformanceIT extends OptOutsConformance {
    @Override
    protected OptOuts empty() {
        return TestPostgres.emptyOptOuts();
    }
}
