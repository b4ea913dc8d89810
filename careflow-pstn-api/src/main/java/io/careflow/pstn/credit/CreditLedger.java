package io.careflow.pstn.credit;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.money.Money;
import java.util.List;
import java.util.Optional;

/**
 * Credit that is kept here: accounts, what was paid in, and every movement since. Entries are added and never changed. Amounts have at
 * most {@value #DECIMALS} decimals and 10 digits before the point; others are refused with an {@link IllegalArgumentException}, in the
 * methods of {@link Credit} too, and nothing is rounded. Thread-safe.
 */
public interface CreditLedger extends Credit {

    /** How many decimals an amount may have. */
    int DECIMALS = 10;

    /**
     * Opens an account, or opens a closed one again. The same terms again do nothing.
     *
     * @throws IllegalStateException if there is one with other terms; they are changed by {@link #limit}
     */
    void open(CreditAccount account, CreditTerms terms);

    /** The terms of an account; empty if there is none. */
    Optional<CreditTerms> terms(CreditAccount account);

    /**
     * Sets how far below zero the account may go. What was held or spent before stays, also if it is more than that.
     *
     * @throws IllegalStateException if there is no such account, it is prepaid, or its currency is another
     */
    void limit(CreditAccount account, Money limit);

    /**
     * Nothing more is reserved or paid in. Calls that are going on are settled as ever.
     *
     * @throws IllegalStateException if there is no such account
     */
    void close(CreditAccount account);

    /**
     * The customer paid.
     *
     * @param id the caller's key: the same payment made twice is booked once
     * @param amount more than zero
     * @return false if it had been booked before
     * @throws IllegalStateException if there is no such account, it is closed or of another currency, or this id paid something else;
     *     nothing was booked
     */
    boolean pay(CommandId id, CreditAccount account, Money amount, String explanation);

    /**
     * Puts something right, gives or takes: the only way to change what was booked.
     *
     * @param id the caller's key: the same adjustment made twice is booked once
     * @param amount not zero; what is taken is negative, and at most what could be spent
     * @return false if it had been booked before
     * @throws IllegalStateException as {@link #pay}, and if there is not enough to take; nothing was booked
     */
    boolean adjust(CommandId id, CreditAccount account, Money amount, String explanation);

    /**
     * The newest entries of an account, newest first.
     *
     * @param before only those with a lower number; {@link Long#MAX_VALUE} for the newest of all
     * @param most 1 to 10000
     */
    List<CreditEntry> entries(CreditAccount account, long before, int most);

    /** Frees what is held by leases that ran out. They count no more even before. Returns how many there were. */
    int sweep();

    /** Adds up all entries and all live holds, and tells the accounts whose kept sums are others. None is as it must be. */
    List<CreditDifference> audit();
}
