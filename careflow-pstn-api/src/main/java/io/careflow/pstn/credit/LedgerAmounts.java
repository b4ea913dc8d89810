package io.careflow.pstn.credit;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.credit.HoldAnswer.Refused;
import io.careflow.pstn.money.Money;

/** What ledgers refuse, in the same words whatever they are kept in. Pure functions. */
public final class LedgerAmounts {
    private static final int DIGITS = 10;
    private static final int MOST_ENTRIES = 10_000;

    private LedgerAmounts() {}

    /**
     * Checks any amount.
     *
     * @throws IllegalArgumentException if a ledger cannot hold it without rounding
     */
    public static void require(Money amount) {
        int scale = amount.amount().scale();
        if (scale > CreditLedger.DECIMALS || amount.amount().precision() - scale > DIGITS) {
            throw new IllegalArgumentException("amount has " + scale + " decimals and "
                    + Math.max(0, amount.amount().precision() - scale) + " digits before the point; allowed are "
                    + CreditLedger.DECIMALS + " and " + DIGITS + ", and nothing is rounded");
        }
    }

    /**
     * Checks what something costs or holds.
     *
     * @throws IllegalArgumentException if it is below zero, or as {@link #require}
     */
    public static void requireCost(Money cost) {
        require(cost);
        if (cost.signum() < 0) {
            throw new IllegalArgumentException("cost is " + cost + "; allowed are 0 and more");
        }
    }

    /**
     * Checks a payment.
     *
     * @throws IllegalArgumentException if it is not above zero, or as {@link #require}
     */
    public static void requirePayment(Money amount) {
        require(amount);
        if (amount.signum() <= 0) {
            throw new IllegalArgumentException("payment is " + amount + "; allowed is more than 0");
        }
    }

    /**
     * Checks an adjustment.
     *
     * @throws IllegalArgumentException if it is zero, or as {@link #require}
     */
    public static void requireAdjustment(Money amount) {
        require(amount);
        if (amount.signum() == 0) {
            throw new IllegalArgumentException("adjustment is " + amount + "; allowed is anything but 0");
        }
    }

    /**
     * Checks the length of a listing.
     *
     * @throws IllegalArgumentException if it is not 1 to 10000
     */
    public static void requirePage(int most) {
        if (most < 1 || most > MOST_ENTRIES) {
            throw new IllegalArgumentException("most is " + most + "; allowed are 1 to " + MOST_ENTRIES);
        }
    }

    /** Another currency was asked for. */
    public static Refused otherCurrency(String accounts) {
        return new Refused("the account's currency is " + accounts);
    }

    /** The id was used for something else. */
    public static Refused otherHold() {
        return new Refused("there is a hold of this id with another account or amount");
    }

    /** For {@link Credit#settle}. */
    public static IllegalStateException settledInAnother(CommandId id, Money cost, String accounts) {
        return new IllegalStateException(
                "hold " + id + " cannot be settled with " + cost + ": the account's currency is " + accounts);
    }

    /** For {@link Credit#settle}. */
    public static IllegalStateException settledOtherwise(CommandId id) {
        return new IllegalStateException("hold " + id + " was settled with another amount; nothing was booked");
    }

    /** For {@link CreditLedger#open}. */
    public static IllegalStateException otherTerms(CreditAccount account, CreditTerms terms) {
        return new IllegalStateException(
                "account " + account + " is there already, " + terms.mode() + " with limit " + terms.limit());
    }

    /** For {@link CreditLedger#limit}. */
    public static IllegalStateException noLimit(CreditAccount account, CreditTerms terms) {
        return new IllegalStateException("account " + account + " is " + terms.mode() + " in "
                + terms.currency().getCurrencyCode() + "; only a postpaid account has a limit, in its own currency");
    }

    /** For payments. */
    public static IllegalStateException noAccount(CreditAccount account) {
        return new IllegalStateException("there is no account " + account);
    }

    /** For payments. */
    public static IllegalStateException closed(CreditAccount account) {
        return new IllegalStateException("account " + account + " is closed; nothing was booked");
    }

    /** For payments. */
    public static IllegalStateException paidOtherwise(CommandId id) {
        return new IllegalStateException(
                "command " + id + " booked another amount or on another account before; nothing was booked");
    }

    /** For payments. */
    public static IllegalStateException paidInAnother(CreditAccount account, Money amount, String accounts) {
        return new IllegalStateException(
                amount + " cannot be booked on account " + account + ": its currency is " + accounts);
    }

    /** For adjustments. */
    public static IllegalStateException notEnough(CreditAccount account, Money available) {
        return new IllegalStateException(
                "account " + account + " can spend " + available + "; that is not enough, nothing was booked");
    }
}
