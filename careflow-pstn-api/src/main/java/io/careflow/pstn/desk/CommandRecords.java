package io.careflow.pstn.desk;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.cdr.Cdr;
import io.careflow.pstn.cdr.CdrCost;
import io.careflow.pstn.money.Money;
import java.util.List;
import java.util.Objects;

/**
 * What became of one command of an {@link OutboundDesk}: of a callback one record, of a meeting one of each call. Immutable and
 * thread-safe.
 *
 * @param command the caller's key
 * @param records that are there so far; of a meeting the user's own call first, then each guest's
 * @param complete whether all of it is over, recorded and settled
 */
public record CommandRecords(CommandId command, List<Cdr> records, boolean complete) {
    public CommandRecords {
        Objects.requireNonNull(command, "command");
        records = List.copyOf(records);
    }

    /**
     * What all of it cost, as its records say: unknown if one of them is, if they are in different currencies, or if there is none. What
     * costs nothing counts in any currency.
     */
    public CdrCost cost() {
        CdrCost sum = null;
        for (Cdr cdr : records) {
            CdrCost cost = cdr.cost();
            Money amount = cost.amount();
            Money sofar = sum == null ? null : sum.amount();
            if (amount == null) {
                return cost;
            } else if (sum == null || sofar == null || sofar.signum() == 0) {
                sum = cost;
            } else if (amount.signum() != 0 && !amount.currency().equals(sofar.currency())) {
                return new CdrCost(null, null, "costs in " + sofar.currency() + " and " + amount.currency());
            } else if (amount.signum() != 0) {
                sum = OutboundPricing.plus(sum, cost);
            }
        }
        return sum == null ? new CdrCost(null, null, "no record") : sum;
    }
}
