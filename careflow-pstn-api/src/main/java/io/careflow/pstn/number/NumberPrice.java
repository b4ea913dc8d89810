package io.careflow.pstn.number;

import io.careflow.pstn.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * What a number costs. Unknown is null, never zero.
 *
 * @param setup once, or null if it is not known
 * @param monthly every month, or null if it is not known
 */
public record NumberPrice(@Nullable Money setup, @Nullable Money monthly) {
    /** Nothing is known. */
    public static final NumberPrice UNKNOWN = new NumberPrice(null, null);

    /** A price of which only the monthly part is known. */
    public static NumberPrice monthly(Money value) {
        return new NumberPrice(null, value);
    }
}
