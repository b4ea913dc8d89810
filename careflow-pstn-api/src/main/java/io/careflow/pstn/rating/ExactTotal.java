package io.careflow.pstn.rating;

import io.careflow.pstn.money.Money;
import io.careflow.pstn.money.Rounding;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Currency;

/**
 * A sum of charges and fees, as on an invoice: added exactly, rounded once at the end. A sum of rounded amounts would drift. Immutable
 * and thread-safe.
 */
public final class ExactTotal {

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

    /** The sum to ten decimals. */
    @Override
    public String toString() {
        return amount(Rounding.NONE).toString();
    }
}
