package io.careflow.pstn.tck;

import io.careflow.pstn.credit.CreditLedger;
import io.careflow.pstn.credit.MemoryCredit;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;

@DisplayName("The ledger in memory")
final class MemoryCreditConformanceTest extends CreditConformance {
    private final Hands clock = new Hands();

    @Override
    protected CreditLedger ledger() {
        return new MemoryCredit(clock);
    }

    @Override
    protected void pass(Duration time) {
        clock.move(time);
    }
}
