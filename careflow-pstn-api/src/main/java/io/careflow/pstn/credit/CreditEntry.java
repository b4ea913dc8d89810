package io.careflow.pstn.credit;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.money.Money;
import java.time.Instant;
import java.util.Objects;

/**
 * One movement of money. The sum of an account's amounts is what is booked on it.
 *
 * @param number grows with every entry of an account
 * @param kind what happened
 * @param reference the payment, the adjustment, or the hold that was settled
 * @param amount what was taken is negative
 * @param uncovered what a call cost beyond what could be taken; zero but for settlements
 * @param explanation for people
 * @param at by the clock of the store
 */
public record CreditEntry(
        long number, Kind kind, CommandId reference, Money amount, Money uncovered, String explanation, Instant at) {
    public CreditEntry {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(reference, "reference");
        Objects.requireNonNull(amount, "amount");
        Objects.requireNonNull(uncovered, "uncovered");
        Objects.requireNonNull(explanation, "explanation");
        Objects.requireNonNull(at, "at");
    }

    /** What happened. */
    public enum Kind {
        /** The customer paid. */
        PAYMENT,
        /** Something was put right. */
        ADJUSTMENT,
        /** A call or message was charged. */
        SETTLEMENT
    }
}
