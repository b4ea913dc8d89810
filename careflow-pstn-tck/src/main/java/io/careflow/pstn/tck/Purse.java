package io.careflow.pstn.tck;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.credit.Balance;
import io.careflow.pstn.credit.Credit;
import io.careflow.pstn.credit.CreditAccount;
import io.careflow.pstn.credit.Hold;
import io.careflow.pstn.credit.HoldAnswer;
import io.careflow.pstn.credit.Settlement;
import io.careflow.pstn.money.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** One prepaid account that everybody pays from, for stories. Refuses to settle anything twice. Thread-safe. */
final class Purse implements Credit {
    private final Map<CommandId, Money> holds = new HashMap<>();
    private final Map<CommandId, Money> settled = new HashMap<>();
    private Money booked;

    Purse(Money filled) {
        booked = filled;
    }

    @Override
    public synchronized HoldAnswer reserve(Hold hold) {
        if (!holds.containsKey(hold.id())) {
            Money available = available();
            if (hold.amount().compareTo(available) > 0) {
                return new HoldAnswer.NotEnough(available, hold.amount());
            }
            holds.put(hold.id(), hold.amount());
        }
        return new HoldAnswer.Held(hold.id(), hold.amount(), Instant.MAX);
    }

    @Override
    public synchronized HoldAnswer extend(CommandId hold, Money more, Duration lease) {
        throw new UnsupportedOperationException("no story extends a hold");
    }

    @Override
    public synchronized boolean renew(CommandId hold, Duration lease) {
        return holds.containsKey(hold);
    }

    @Override
    public synchronized Settlement settle(CommandId hold, Money amount, String explanation) {
        Money held = holds.remove(hold);
        if (held == null) {
            throw new IllegalStateException("hold " + hold + " is not there or was settled before");
        }
        Money taken = amount.compareTo(held) > 0 ? held : amount;
        booked = booked.minus(taken);
        settled.put(hold, taken);
        return new Settlement(hold, taken, amount.minus(taken), false);
    }

    @Override
    public synchronized void release(CommandId hold, String because) {
        holds.remove(hold);
    }

    @Override
    public synchronized Optional<Balance> balance(CreditAccount account) {
        return Optional.of(new Balance(booked, held(), Money.zero(booked.currency())));
    }

    /** What was taken for this command; empty if nothing was. */
    synchronized Optional<Money> taken(CommandId hold) {
        return Optional.ofNullable(settled.get(hold));
    }

    synchronized Money held() {
        return holds.values().stream().reduce(Money.zero(booked.currency()), Money::plus);
    }

    private Money available() {
        return booked.minus(held());
    }
}
