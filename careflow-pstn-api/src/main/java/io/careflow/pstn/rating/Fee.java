package io.careflow.pstn.rating;

import io.careflow.pstn.money.Money;
import io.careflow.pstn.money.Rounding;
import java.math.BigDecimal;

/**
 * What is paid by the piece or by the month and is no talk: a number, a channel, the parts of a text, an attempt. By itself it is the
 * full price; only where a carrier charges part of a month for part of a month is it {@linkplain #prorated prorated}. Taxes are not
 * in it. Immutable and thread-safe.
 *
 * @param what as the bill calls it
 * @param each the price of one, not negative
 * @param quantity how many, 0 or more
 * @param daysUsed days of the period that are paid, up to all of them
 * @param daysInPeriod days that the price is for, 1 or more
 */
public record Fee(String what, Money each, int quantity, int daysUsed, int daysInPeriod) {

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if the name is blank, the price negative, or a number out of range
     */
    public Fee {
        if (what.isBlank()) {
            throw new IllegalArgumentException("name of a fee must not be blank");
        }
        if (each.signum() < 0) {
            throw new IllegalArgumentException("price of " + what + " must not be negative");
        }
        if (quantity < 0) {
            throw new IllegalArgumentException("quantity of " + what + " must be 0 or more, not " + quantity);
        }
        if (daysInPeriod < 1 || daysUsed < 0 || daysUsed > daysInPeriod) {
            throw new IllegalArgumentException("days of " + what
                    + " must be 0 to all days of a period of at least one, not " + daysUsed + " of " + daysInPeriod);
        }
    }

    /** One of these, at its full price. */
    public static Fee of(String what, Money each) {
        return new Fee(what, each, 1, 1, 1);
    }

    /** So many of these. */
    public Fee times(int count) {
        return new Fee(what, each, count, daysUsed, daysInPeriod);
    }

    /** The part of it that these days of the period are. */
    public Fee prorated(int used, int inPeriod) {
        return new Fee(what, each, quantity, used, inPeriod);
    }

    /** The exact amount times {@link #daysInPeriod}. */
    public BigDecimal amountTimesDays() {
        return each.amount().multiply(BigDecimal.valueOf(quantity)).multiply(BigDecimal.valueOf(daysUsed));
    }

    /** The amount, rounded once. */
    public Money amount(Rounding rounding) {
        return new Money(rounding.quotient(amountTimesDays(), BigDecimal.valueOf(daysInPeriod)), each.currency());
    }

    /** The amount, rounded half up to 6 decimals. */
    public Money amount() {
        return amount(Rounding.DEFAULT);
    }

    /** In one line, for example {@code number, 1 USD, 10 of 31 days = 0.322581 USD}. For people; the form may change. */
    public String explanation() {
        String count = quantity == 1 ? "" : quantity + " x ";
        String days = daysUsed == daysInPeriod ? "" : ", " + daysUsed + " of " + daysInPeriod + " days";
        return what + ", " + count + each + days + " = " + amount();
    }
}
