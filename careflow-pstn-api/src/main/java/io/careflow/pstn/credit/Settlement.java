package io.careflow.pstn.credit;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.money.Money;
import java.util.Objects;

/**
 * What a settled hold came to.
 *
 * @param id of the hold
 * @param booked what was taken from the account; never more than was held
 * @param uncovered what the call cost beyond that, kept in the ledger beside it and taken from nobody; zero as a rule
 * @param repeated whether it had been settled before, with the same result; nothing was booked again
 */
public record Settlement(CommandId id, Money booked, Money uncovered, boolean repeated) {
    public Settlement {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(booked, "booked");
        Objects.requireNonNull(uncovered, "uncovered");
    }
}
