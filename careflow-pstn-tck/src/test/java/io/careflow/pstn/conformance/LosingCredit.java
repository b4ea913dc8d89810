package io.careflow.pstn.conformance;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.credit.Balance;
import io.careflow.pstn.credit.Credit;
import io.careflow.pstn.credit.CreditAccount;
import io.careflow.pstn.credit.Hold;
import io.careflow.pstn.credit.HoldAnswer;
import io.careflow.pstn.credit.Settlement;
import io.careflow.pstn.money.Money;
import java.time.Duration;
import java.util.Optional;

/** A ledger with trouble on demand: once a reservation is done, or before a release. */
final class LosingCredit implements Credit {
    private final Credit ledger;
    Runnable afterReserving = () -> {};
    Runnable beforeReleasing = () -> {};
    int reserved;

    LosingCredit(Credit ledger) {
        this.ledger = ledger;
    }

    @Override
    public HoldAnswer reserve(Hold hold) {
        HoldAnswer answer = ledger.reserve(hold);
        reserved++;
        afterReserving.run();
        return answer;
    }

    @Override
    public void release(CommandId hold, String because) {
        beforeReleasing.run();
        ledger.release(hold, because);
    }

    @Override
    public HoldAnswer extend(CommandId hold, Money more, Duration lease) {
        return ledger.extend(hold, more, lease);
    }

    @Override
    public boolean renew(CommandId hold, Duration lease) {
        return ledger.renew(hold, lease);
    }

    @Override
    public Settlement settle(CommandId hold, Money amount, String explanation) {
        return ledger.settle(hold, amount, explanation);
    }

    @Override
    public Optional<Balance> balance(CreditAccount account) {
        return ledger.balance(account);
    }
}
