package io.careflow.pstn.credit;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.credit.HoldAnswer.Held;
import io.careflow.pstn.money.Money;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** For applications that bill elsewhere: every hold is granted, nothing is kept. Guards are the only limits then. Thread-safe. */
public final class NoCredit implements Credit {
    private final Clock clock;

    /** Grants whatever is asked. */
    public NoCredit(Clock clock) {
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    @Override
    public HoldAnswer reserve(Hold hold) {
        return new Held(hold.id(), hold.amount(), clock.instant().plus(hold.lease()));
    }

    @Override
    public HoldAnswer extend(CommandId hold, Money more, Duration lease) {
        return new Held(hold, more, clock.instant().plus(lease));
    }

    @Override
    public boolean renew(CommandId hold, Duration lease) {
        return true;
    }

    @Override
    public Settlement settle(CommandId hold, Money amount, String explanation) {
        return new Settlement(hold, amount, Money.zero(amount.currency()), false);
    }

    @Override
    public void release(CommandId hold, String because) {}

    @Override
    public Optional<Balance> balance(CreditAccount account) {
        return Optional.empty();
    }
}
