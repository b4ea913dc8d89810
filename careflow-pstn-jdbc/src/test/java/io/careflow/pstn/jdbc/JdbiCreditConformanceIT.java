package io.careflow.pstn.jdbc;

import io.careflow.pstn.credit.CreditLedger;
import io.careflow.pstn.tck.CreditConformance;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;

@DisplayName("The ledger in PostgreSQL")
final class JdbiCreditConformanceIT extends CreditConformance {
    @Override
    protected CreditLedger ledger() {
        return TestPostgres.shared().credit();
    }

    @Override
    protected void pass(Duration time) {
        TestPostgres.age("pstn_credit_holds", "expires_at", time);
    }
}
