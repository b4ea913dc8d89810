package io.careflow.pstn.tck;

import io.careflow.pstn.consent.ConsentLog;
import org.junit.jupiter.api.DisplayName;

@DisplayName("Consents in memory")
class InMemoryConsentLogTest extends ConsentLogConformance {
    @Override
    protected ConsentLog emptyLog() {
        return new InMemoryConsentLog();
    }
}
