package io.careflow.pstn.conformance;

import io.careflow.pstn.messagedesk.MemoryOptOuts;
import io.careflow.pstn.messagedesk.OptOuts;
import io.careflow.pstn.tck.OptOutsConformance;
import org.junit.jupiter.api.DisplayName;

@DisplayName("Opt-outs in memory")
class MemoryOptOutsTest extends OptOutsConformance {
    @Override
    protected OptOuts empty() {
        return new MemoryOptOuts();
    }
}
