package io.careflow.pstn.admission;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.money.Money;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What came of a call.
 *
 * @param holder of its claim
 * @param hold of its money
 * @param cost exact, not negative
 * @param explanation for people, such as the charge's own line
 * @param spendKey the key under which its price was counted, which becomes its cost; null if none was
 */
public record AdmissionResult(
        String holder,
        CommandId hold,
        Money cost,
        String explanation,
        @Nullable String spendKey) {
    public AdmissionResult {
        Objects.requireNonNull(holder, "holder");
        Objects.requireNonNull(hold, "hold");
        Objects.requireNonNull(explanation, "explanation");
        if (cost.signum() < 0) {
            throw new IllegalArgumentException("cost is " + cost + "; allowed are 0 and more");
        }
    }
}
