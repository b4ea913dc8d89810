package io.careflow.pstn.cost;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.money.Money;
import java.time.YearMonth;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A number that is rented, at its full price for each month. Immutable and thread-safe.
 *
 * @param provider who rents it out
 * @param number which
 * @param user whom it is for, or null
 * @param monthly the price, not negative; null if it is not known, which is never zero
 * @param first the first month that is paid, or null if it was before all that is looked at
 * @param last the last month that is paid, or null if it goes on
 */
public record NumberRental(
        String provider,
        PhoneNumber number,
        @Nullable String user,
        @Nullable Money monthly,
        @Nullable YearMonth first,
        @Nullable YearMonth last) {

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if the provider is blank, the price negative, or the last month before the first
     */
    public NumberRental {
        Objects.requireNonNull(number, "number");
        if (provider.isBlank()) {
            throw new IllegalArgumentException("provider of number " + number + " must not be blank");
        }
        if (monthly != null && monthly.signum() < 0) {
            throw new IllegalArgumentException("monthly of number " + number + " must not be negative: " + monthly);
        }
        if (first != null && last != null && last.isBefore(first)) {
            throw new IllegalArgumentException(
                    "last month of number " + number + " must not be before " + first + ": " + last);
        }
    }

    /** A number that is paid in every month that is looked at. */
    public static NumberRental of(String provider, PhoneNumber number, @Nullable Money monthly) {
        return new NumberRental(provider, number, null, monthly, null, null);
    }

    /** The same number, for this user, or for nobody. */
    public NumberRental of(@Nullable String value) {
        return new NumberRental(provider, number, value, monthly, first, last);
    }

    boolean isPaidIn(YearMonth month) {
        return (first == null || !month.isBefore(first)) && (last == null || !month.isAfter(last));
    }
}
