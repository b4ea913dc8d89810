package io.careflow.pstn.credit;

import io.careflow.pstn.money.Money;
import java.util.Objects;

/**
 * An account whose kept sums are not those of its rows.
 *
 * @param account whose
 * @param booked what the account says was booked
 * @param entries what its entries add up to
 * @param held what the account says is held
 * @param holds what its holds add up to
 */
public record CreditDifference(CreditAccount account, Money booked, Money entries, Money held, Money holds) {
    public CreditDifference {
        Objects.requireNonNull(account, "account");
        Objects.requireNonNull(booked, "booked");
        Objects.requireNonNull(entries, "entries");
        Objects.requireNonNull(held, "held");
        Objects.requireNonNull(holds, "holds");
    }
}
