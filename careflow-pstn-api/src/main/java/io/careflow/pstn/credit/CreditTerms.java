package io.careflow.pstn.credit;

import io.careflow.pstn.money.Money;
import java.util.Currency;
import java.util.Objects;

/**
 * How an account pays.
 *
 * @param mode first or afterwards
 * @param limit how far below zero the account may go, in the account's currency; zero for prepaid
 */
public record CreditTerms(Mode mode, Money limit) {
    public CreditTerms {
        Objects.requireNonNull(mode, "mode");
        if (limit.signum() < 0) {
            throw new IllegalArgumentException("limit is " + limit + "; allowed are 0 and more");
        }
        if (mode == Mode.PREPAID && limit.signum() != 0) {
            throw new IllegalArgumentException("limit of a prepaid account is " + limit + "; allowed is 0");
        }
    }

    /** Spends what was paid in. */
    public static CreditTerms prepaid(Currency currency) {
        return new CreditTerms(Mode.PREPAID, Money.zero(currency));
    }

    /** Spends up to a limit and pays afterwards. */
    public static CreditTerms postpaid(Money limit) {
        return new CreditTerms(Mode.POSTPAID, limit);
    }

    /** The account's currency. */
    public Currency currency() {
        return limit.currency();
    }

    /** When a customer pays. */
    public enum Mode {
        /** First. */
        PREPAID,
        /** Afterwards. */
        POSTPAID
    }
}
