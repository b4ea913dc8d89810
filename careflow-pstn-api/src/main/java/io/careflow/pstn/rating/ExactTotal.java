package io.careflow.pstn.rating;

import io.careflow.pstn.money.Money;
import io.careflow.pstn.money.Rounding;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Currency;
import org.jspecify.annotations.Nullable;

/**
 * A sum of charges and fees, as on an invoice: added exactly, rounded once at the end. A sum of rounded amounts would drift. Immutable
 * and thread-safe.
 */
public final class ExactTotal implements Comparable<ExactTotal> {

    private final Currency currency;
    private final BigDecimal numerator;
    private final BigInteger denominator;

    private ExactTotal(Currency currency, BigDecimal numerator, BigInteger denominator) {
        this.currency = currency;
        this.numerator = numerator;
        this.denominator = denominator;
    }

    /** Nothing yet, in this currency. */
    public static ExactTotal in(Currency currency) {
        return new ExactTotal(currency, BigDecimal.ZERO, BigInteger.ONE);
    }

    /**
     * With this charge.
     *
     * @throws IllegalArgumentException if it is in another currency: there is no conversion
     */
    public ExactTotal plus(Charge charge) {
        return plus(charge.amount().currency(), charge.amountTimes60(), BigInteger.valueOf(60));
    }

    /**
     * With this fee.
     *
     * @throws IllegalArgumentException if it is in another currency: there is no conversion
     */
    public ExactTotal plus(Fee fee) {
        return plus(fee.each().currency(), fee.amountTimesDays(), BigInteger.valueOf(fee.daysInPeriod()));
    }

    /**
     * With this amount, as it is.
     *
     * @throws IllegalArgumentException if it is in another currency: there is no conversion
     */
    public ExactTotal plus(Money amount) {
        return plus(amount.currency(), amount.amount(), BigInteger.ONE);
    }

    /**
     * With another sum.
     *
     * @throws IllegalArgumentException if it is in another currency: there is no conversion
     */
    public ExactTotal plus(ExactTotal other) {
        return plus(other.currency, other.numerator, other.denominator);
    }

    /**
     * The exact part of it that {@code part} is of {@code whole}.
     *
     * @param part 0 or more; may be more than the whole
     * @param whole more than 0
     * @throws IllegalArgumentException if one of them is out of range
     */
    public ExactTotal share(long part, long whole) {
        if (part < 0 || whole < 1) {
            throw new IllegalArgumentException("a share must be 0 or more of 1 or more, not " + part + " of " + whole);
        }
        return new ExactTotal(
                currency,
                numerator.multiply(BigDecimal.valueOf(part)),
                denominator.multiply(BigInteger.valueOf(whole)));
    }

    /** The currency of the sum. */
    public Currency currency() {
        return currency;
    }

    /** The sum, rounded half up to the minor unit of the currency: cents, no decimals in JPY, three in KWD. */
    public Money amount() {
        return amount(new Rounding(RoundingMode.HALF_UP, Math.max(0, currency.getDefaultFractionDigits())));
    }

    /** The sum, rounded once in this way. */
    public Money amount(Rounding rounding) {
        return new Money(rounding.quotient(numerator, new BigDecimal(denominator)), currency);
    }

    private ExactTotal plus(Currency other, BigDecimal otherNumerator, BigInteger otherDenominator) {
        if (!other.equals(currency)) {
            throw new IllegalArgumentException("cannot add " + other + " to a total in " + currency);
        }
        BigInteger common = denominator.multiply(otherDenominator).divide(denominator.gcd(otherDenominator));
        BigDecimal sum = numerator
                .multiply(new BigDecimal(common.divide(denominator)))
                .add(otherNumerator.multiply(new BigDecimal(common.divide(otherDenominator))));
        return new ExactTotal(currency, sum, common);
    }

    /**
     * Orders by the exact amount, and agrees with {@link #equals}.
     *
     * @throws IllegalArgumentException if the other is in another currency: there is no conversion
     */
    @Override
    public int compareTo(ExactTotal other) {
        if (!other.currency.equals(currency)) {
            throw new IllegalArgumentException(
                    "cannot compare a total in " + currency + " to one in " + other.currency);
        }
        return numerator
                .multiply(new BigDecimal(other.denominator))
                .compareTo(other.numerator.multiply(new BigDecimal(denominator)));
    }

    /** Whether it is the same amount, exactly, in the same currency. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ExactTotal that && currency.equals(that.currency) && compareTo(that) == 0;
    }

    @Override
    public int hashCode() {
        return amount(Rounding.NONE).hashCode();
    }

    /** The sum to ten decimals. */
    @Override
    public String toString() {
        return amount(Rounding.NONE).toString();
    }
}
