package io.careflow.pstn.tck;

import io.careflow.pstn.admission.Admission;
import io.careflow.pstn.credit.CreditLedger;
import io.careflow.pstn.credit.MemoryCredit;
import io.careflow.pstn.guard.GuardStore;
import io.careflow.pstn.guard.MemoryGuardStore;
import java.time.Clock;
import java.util.Objects;

/**
 * Counters and money that the desks of stories take in one step. Both are empty at the beginning of a story.
 *
 * @param guards the counters
 * @param credit the money
 * @param admission takes from both
 */
public record OneStep(GuardStore guards, CreditLedger credit, Admission admission) {
    public OneStep {
        Objects.requireNonNull(guards, "guards");
        Objects.requireNonNull(credit, "credit");
        Objects.requireNonNull(admission, "admission");
    }

    /** In the memory of this process. */
    public static OneStep inMemory(Clock clock) {
        GuardStore guards = new MemoryGuardStore(clock);
        CreditLedger credit = new MemoryCredit(clock);
        return new OneStep(guards, credit, Admission.of(guards, credit));
    }
}
