package io.careflow.pstn.siptrunk;

import io.careflow.pstn.money.Money;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one call over a trunk costs beyond what is paid by the month anyway.
 *
 * @param marginal the amount; zero within the zone of a flat rate; null if it is not known, which is never zero
 * @param basis where it is from
 * @param explanation for people, in one line
 */
public record CallCost(@Nullable Money marginal, Basis basis, String explanation) {

    public CallCost {
        Objects.requireNonNull(basis, "basis");
        Objects.requireNonNull(explanation, "explanation");
        if ((marginal == null) != (basis == Basis.UNKNOWN)) {
            throw new IllegalArgumentException(
                    "basis is " + basis + "; allowed is UNKNOWN exactly where there is no amount");
        }
    }

    /** Where an amount is from. */
    public enum Basis {
        /** Paid by the month. */
        FLAT,
        /** Paid by the minute. */
        METERED,
        /** There is no price. */
        UNKNOWN
    }
}
