package io.careflow.pstn.cdr;

import io.careflow.pstn.money.Money;
import io.careflow.pstn.rating.Charge;
import io.careflow.pstn.rating.RatingResult;
import java.math.BigDecimal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a call cost. An unknown price is unknown, never zero.
 *
 * @param amount the rounded amount, or null if it is not known
 * @param exact the amount to 10 decimals, in the same currency, or null if it is not known
 * @param explanation how the amount came about, or why there is none
 */
public record CdrCost(@Nullable Money amount, @Nullable BigDecimal exact, String explanation) {
    /** Not rated yet. */
    public static final CdrCost UNRATED = new CdrCost(null, null, "not rated");

    public CdrCost {
        Objects.requireNonNull(explanation, "explanation");
        if ((amount == null) != (exact == null)) {
            throw new IllegalArgumentException("rounded and exact amount are known together or not at all");
        }
    }

    /** What rating found out. */
    public static CdrCost of(RatingResult result) {
        if (result instanceof RatingResult.Rated rated) {
            Charge charge = rated.charge();
            return new CdrCost(charge.amount(), charge.amountToTenDecimals(), charge.explanation());
        } else if (result instanceof RatingResult.NoRate none) {
            return new CdrCost(null, null, none.reason());
        } else if (result instanceof RatingResult.Refused refused) {
            return new CdrCost(null, null, refused.reason());
        }
        throw new AssertionError(result);
    }

    /** Whether the amount is known. */
    public boolean isKnown() {
        return amount != null;
    }
}
