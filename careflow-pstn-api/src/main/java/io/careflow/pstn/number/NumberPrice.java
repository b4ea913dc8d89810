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
    public NumberPrice {
        requireNotNegative("setup", setup);
        requireNotNegative("monthly", monthly);
    }

    /** Nothing is known. */
    public static final NumberPrice UNKNOWN = new NumberPrice(null, null);

    /** A price of which only the monthly part is known. */
    public static NumberPrice monthly(Money value) {
        return new NumberPrice(null, value);
    }

    private static void requireNotNegative(String what, @Nullable Money price) {
        if (price != null && price.signum() < 0) {
            throw new IllegalArgumentException(what + " price is " + price + "; what we pay is written without a sign");
        }
    }
}
