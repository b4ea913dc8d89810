package io.careflow.pstn.money;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;

/**
 * An exact amount in one currency. The amount may be negative and may have more decimals than the currency's minor unit: a call
 * costs fractions of a cent. Nothing here rounds except {@link #rounded}.
 *
 * <p>Two amounts are equal when their values and currencies are: trailing zeros are dropped on construction, so 1.0 USD equals
 * 1.00 USD. Arithmetic and comparison need the same currency on both sides; there is no conversion. Immutable and thread-safe.
 *
 * @param amount the value, at most {@value #MAX_DIGITS} digits before and after the point; kept without trailing zeros
 * @param currency the ISO 4217 currency of the value
 */
public record Money(BigDecimal amount, Currency currency) implements Comparable<Money> {

    /** The most digits that an amount may have on either side of the point; more can only be a broken or hostile input. */
    public static final int MAX_DIGITS = 60;

    /**
     * Keeps the amount exactly, without trailing zeros.
     *
     * @throws IllegalArgumentException if the amount has more than {@value #MAX_DIGITS} digits before or after the point
     */
    public Money {
        BigDecimal stripped = amount.stripTrailingZeros();
        if ((long) stripped.precision() - stripped.scale() > MAX_DIGITS || stripped.scale() > MAX_DIGITS) {
            throw new IllegalArgumentException(
                    "amount has more than " + MAX_DIGITS + " digits before or after the decimal point");
        }
        amount = stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    /**
     * The amount written as a decimal, for example {@code of("1.25", "USD")}.
     *
     * @param amount a decimal as {@link BigDecimal#BigDecimal(String)} reads it
     * @param currencyCode an ISO 4217 code such as {@code USD}
     * @throws IllegalArgumentException if the amount is no decimal or too long, or the currency code is unknown
     */
    public static Money of(String amount, String currencyCode) {
        return new Money(decimal(amount), currency(currencyCode));
    }

    /** Nothing, in this currency. */
    public static Money zero(Currency currency) {
        return new Money(BigDecimal.ZERO, currency);
    }

    /**
     * The exact sum.
     *
     * @throws IllegalArgumentException if the other amount is in another currency; the message names both
     */
    public Money plus(Money other) {
        return new Money(amount.add(sameCurrency(other, "add").amount), currency);
    }

    /**
     * The exact difference.
     *
     * @throws IllegalArgumentException if the other amount is in another currency; the message names both
     */
    public Money minus(Money other) {
        return new Money(amount.subtract(sameCurrency(other, "subtract").amount), currency);
    }

    /** The same amount with the opposite sign. */
    public Money negate() {
        return new Money(amount.negate(), currency);
    }

    /** -1, 0 or 1 as the amount is below, at or above zero. */
    public int signum() {
        return amount.signum();
    }

    /**
     * The amount rounded to a number of decimals. The result has no trailing zeros either: 0.0100 rounded to 3 decimals is 0.01.
     *
     * @throws IllegalArgumentException if {@code decimals} is outside 0 to {@value Rounding#MAX_DECIMALS}, or the mode is UNNECESSARY
     */
    public Money rounded(int decimals, RoundingMode mode) {
        return rounded(new Rounding(mode, decimals));
    }

    /** The amount rounded once, in this way. */
    public Money rounded(Rounding rounding) {
        return new Money(rounding.apply(amount), currency);
    }

    /**
     * Orders by amount, and agrees with {@link #equals}.
     *
     * @throws IllegalArgumentException if the other amount is in another currency; the message names both
     */
    @Override
    public int compareTo(Money other) {
        return amount.compareTo(sameCurrency(other, "compare").amount);
    }

    /** The plain decimal and the currency code, for example {@code 1.25 USD}; never in exponent form. */
    @Override
    public String toString() {
        return amount.toPlainString() + " " + currency.getCurrencyCode();
    }

    private Money sameCurrency(Money other, String operation) {
        if (!currency.equals(other.currency)) {
            throw new IllegalArgumentException("cannot " + operation + " amounts in different currencies: "
                    + currency.getCurrencyCode() + " and " + other.currency.getCurrencyCode());
        }
        return other;
    }

    private static BigDecimal decimal(String text) {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("amount is not a decimal: '" + text + "'", e);
        }
    }

    private static Currency currency(String code) {
        try {
            return Currency.getInstance(code);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("currency code is not an ISO 4217 code: '" + code + "'", e);
        }
    }
}
