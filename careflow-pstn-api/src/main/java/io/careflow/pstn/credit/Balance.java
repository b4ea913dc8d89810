package io.careflow.pstn.credit;

import io.careflow.pstn.money.Money;
import java.util.Objects;

/**
 * How an account stands.
 *
 * @param booked everything paid in minus everything taken; negative where the customer pays later
 * @param held what is set aside by live holds
 * @param limit how far below zero the account may go: zero for prepaid
 */
public record Balance(Money booked, Money held, Money limit) {
    public Balance {
        Objects.requireNonNull(booked, "booked");
        Objects.requireNonNull(held, "held");
        if (limit.signum() < 0) {
            throw new IllegalArgumentException("limit is " + limit + "; allowed are 0 and more");
        }
    }

    /** What can be spent now; negative only if a limit was lowered. */
    public Money available() {
        return booked.plus(limit).minus(held);
    }
}
