package io.careflow.pstn.admission;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.money.Money;
import java.util.List;
import java.util.Objects;

/**
 * What came of a call.
 *
 * @param holder of its claim
 * @param hold of its money
 * @param cost exact, not negative
 * @param explanation for people, such as the charge's own line
 * @param spendKeys the keys under which its price was counted, which becomes its cost; none if it was not counted
 */
public record AdmissionResult(String holder, CommandId hold, Money cost, String explanation, List<String> spendKeys) {
    public AdmissionResult {
        Objects.requireNonNull(holder, "holder");
        Objects.requireNonNull(hold, "hold");
        Objects.requireNonNull(explanation, "explanation");
        spendKeys = List.copyOf(spendKeys);
        if (cost.signum() < 0) {
            throw new IllegalArgumentException("cost is " + cost + "; allowed are 0 and more");
        }
    }
}
