package io.careflow.pstn.admission;

import io.careflow.pstn.credit.HoldAnswer;
import io.careflow.pstn.guard.GuardAnswer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Whether a call may begin.
 *
 * @param guard what the counters said; taken only if the money was set aside too
 * @param credit what the ledger said; null if it was not asked, because a counter denied
 */
public record Admitted(GuardAnswer guard, @Nullable HoldAnswer credit) {
    public Admitted {
        Objects.requireNonNull(guard, "guard");
    }

    /** Whether everything was taken. */
    public boolean admitted() {
        return guard.taken() && credit instanceof HoldAnswer.Held;
    }
}
