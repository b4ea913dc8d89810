package io.careflow.pstn.admission;

import io.careflow.pstn.credit.HoldAnswer;
import io.careflow.pstn.guard.GuardDecision;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What guard and credit said together.
 *
 * @param guard what the guard said, with every rule that spoke
 * @param credit what credit said; null if it was not asked, because the guard refused
 */
public record GuardedAnswer(GuardDecision guard, @Nullable HoldAnswer credit) {
    public GuardedAnswer {
        Objects.requireNonNull(guard, "guard");
        if (guard.allowed() != (credit != null)) {
            throw new IllegalArgumentException("credit is " + credit + " although the guard says " + guard);
        }
    }

    /** Whether everything was taken; otherwise nothing was. */
    public boolean admitted() {
        return credit instanceof HoldAnswer.Held;
    }
}
