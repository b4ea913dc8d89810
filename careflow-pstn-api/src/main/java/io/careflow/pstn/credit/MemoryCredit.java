package io.careflow.pstn.credit;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.credit.CreditEntry.Kind;
import io.careflow.pstn.credit.HoldAnswer.NotEnough;
import io.careflow.pstn.credit.HoldAnswer.Refused;
import io.careflow.pstn.money.Money;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** A ledger of one process, for tests and for applications that need none beyond it. It ends with it. Thread-safe. */
public final class MemoryCredit implements CreditLedger {
    private final Clock clock;
    private final Map<CreditAccount, MemoryAccount> accounts = new LinkedHashMap<>();
    private final Map<CommandId, MemoryHold> holds = new HashMap<>();
    private final Map<CommandId, CreditEntry> payments = new HashMap<>();
    private final Map<CommandId, CreditEntry> adjustments = new HashMap<>();
    private long entries;

    /** Without accounts. */
    public MemoryCredit(Clock clock) {
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    @Override
    public synchronized HoldAnswer reserve(Hold hold) {
        LedgerAmounts.require(hold.amount());
        MemoryAccount account = accounts.get(hold.account());
        if (account == null) {
            return new Refused("there is no account " + hold.account());
        }
        MemoryHold known = holds.get(hold.id());
        if (known != null) {
            return known.again(hold, clock.instant());
        }
        if (!account.currency().equals(hold.amount().currency())) {
            return LedgerAmounts.otherCurrency(account.currency().getCurrencyCode());
        }
        if (account.closed) {
            return new Refused("the account is closed");
        }
        account.lapse(clock.instant());
        if (hold.amount().signum() > 0 && account.available().compareTo(hold.amount()) < 0) {
            return new NotEnough(account.available(), hold.amount());
        }
        MemoryHold made = new MemoryHold(hold, account, clock.instant().plus(hold.lease()));
        holds.put(hold.id(), made);
        account.live.add(made);
        return made.held();
    }

    @Override
    public synchronized HoldAnswer extend(CommandId id, Money more, Duration lease) {
        LedgerAmounts.require(more);
        if (more.signum() < 0) {
            throw new IllegalArgumentException("more is " + more + "; allowed are 0 and more");
        }
        MemoryHold hold = holds.get(id);
        if (hold == null) {
            return new Refused("there is no such hold");
        }
        MemoryAccount account = hold.account;
        if (!account.currency().equals(more.currency())) {
            return LedgerAmounts.otherCurrency(account.currency().getCurrencyCode());
        }
        account.lapse(clock.instant());
        if (!account.live.contains(hold)) {
            return new Refused("the hold is over");
        }
        if (more.signum() > 0 && account.closed) {
            return new Refused("the account is closed");
        }
        if (more.signum() > 0 && account.available().compareTo(more) < 0) {
            return new NotEnough(account.available(), more);
        }
        hold.amount = hold.amount.plus(more);
        hold.until = clock.instant().plus(lease);
        return hold.held();
    }

    @Override
    public synchronized boolean renew(CommandId id, Duration lease) {
        MemoryHold hold = holds.get(id);
        Instant now = clock.instant();
        if (hold == null || !hold.account.live.contains(hold) || !hold.until.isAfter(now)) {
            return false;
        }
        hold.until = now.plus(lease);
        return true;
    }

    @Override
    public synchronized Settlement settle(CommandId id, Money cost, String explanation) {
        LedgerAmounts.requireCost(cost);
        MemoryHold hold = holds.get(id);
        if (hold == null) {
            throw new IllegalStateException("there is no hold " + id);
        }
        if (!hold.account.currency().equals(cost.currency())) {
            throw LedgerAmounts.settledInAnother(
                    id, cost, hold.account.currency().getCurrencyCode());
        }
        Settlement before = hold.settlement;
        if (before != null) {
            if (!before.booked().plus(before.uncovered()).equals(cost)) {
                throw LedgerAmounts.settledOtherwise(id);
            }
            return new Settlement(id, before.booked(), before.uncovered(), true);
        }
        Money most = hold.amount;
        if (!hold.account.live.remove(hold)) {
            hold.account.lapse(clock.instant());
            most = smaller(most, positive(hold.account.available()));
        }
        Money taken = smaller(cost, most);
        Settlement settled = new Settlement(id, taken, cost.minus(taken), false);
        hold.settlement = settled;
        hold.account.add(entry(Kind.SETTLEMENT, id, taken.negate(), settled.uncovered(), explanation));
        return settled;
    }

    @Override
    public synchronized void release(CommandId id, String because) {
        MemoryHold hold = holds.get(id);
        if (hold != null) {
            hold.account.live.remove(hold);
        }
    }

    @Override
    public synchronized Optional<Balance> balance(CreditAccount account) {
        return Optional.ofNullable(accounts.get(account)).map(found -> {
            found.lapse(clock.instant());
            return new Balance(found.booked, found.held(), found.terms.limit());
        });
    }

    @Override
    public synchronized void open(CreditAccount account, CreditTerms terms) {
        LedgerAmounts.require(terms.limit());
        MemoryAccount made = accounts.computeIfAbsent(account, key -> new MemoryAccount(terms));
        if (!made.terms.equals(terms)) {
            throw LedgerAmounts.otherTerms(account, made.terms);
        }
        made.closed = false;
    }

    @Override
    public synchronized Optional<CreditTerms> terms(CreditAccount account) {
        return Optional.ofNullable(accounts.get(account)).map(found -> found.terms);
    }

    @Override
    public synchronized void limit(CreditAccount account, Money limit) {
        LedgerAmounts.require(limit);
        MemoryAccount found = existing(account);
        CreditTerms terms = CreditTerms.postpaid(limit);
        if (found.terms.mode() != terms.mode() || !found.currency().equals(limit.currency())) {
            throw LedgerAmounts.noLimit(account, found.terms);
        }
        found.terms = terms;
    }

    @Override
    public synchronized void close(CreditAccount account) {
        existing(account).closed = true;
    }

    @Override
    public synchronized boolean pay(CommandId id, CreditAccount account, Money amount, String explanation) {
        LedgerAmounts.requirePayment(amount);
        return book(payments, Kind.PAYMENT, id, account, amount, explanation);
    }

    @Override
    public synchronized boolean adjust(CommandId id, CreditAccount account, Money amount, String explanation) {
        LedgerAmounts.requireAdjustment(amount);
        return book(adjustments, Kind.ADJUSTMENT, id, account, amount, explanation);
    }

    @Override
    public synchronized List<CreditEntry> entries(CreditAccount account, long before, int most) {
        LedgerAmounts.requirePage(most);
        MemoryAccount found = accounts.get(account);
        if (found == null) {
            return List.of();
        }
        List<CreditEntry> newest = new ArrayList<>(found.entries);
        Collections.reverse(newest);
        return newest.stream()
                .filter(entry -> entry.number() < before)
                .limit(most)
                .toList();
    }

    @Override
    public synchronized int sweep() {
        return accounts.values().stream()
                .mapToInt(account -> account.lapse(clock.instant()))
                .sum();
    }

    @Override
    public synchronized List<CreditDifference> audit() {
        List<CreditDifference> found = new ArrayList<>();
        accounts.forEach((account, kept) -> {
            Money sum = kept.entries.stream().map(CreditEntry::amount).reduce(Money.zero(kept.currency()), Money::plus);
            if (!sum.equals(kept.booked)) {
                found.add(new CreditDifference(account, kept.booked, sum, kept.held(), kept.held()));
            }
        });
        return found;
    }

    private boolean book(
            Map<CommandId, CreditEntry> known,
            Kind kind,
            CommandId id,
            CreditAccount name,
            Money amount,
            String explanation) {
        MemoryAccount account = existing(name);
        CreditEntry before = known.get(id);
        if (before != null) {
            if (!account.entries.contains(before) || !before.amount().equals(amount)) {
                throw LedgerAmounts.paidOtherwise(id);
            }
            return false;
        }
        if (!account.currency().equals(amount.currency())) {
            throw LedgerAmounts.paidInAnother(name, amount, account.currency().getCurrencyCode());
        }
        if (account.closed && amount.signum() > 0) {
            throw LedgerAmounts.closed(name);
        }
        account.lapse(clock.instant());
        if (amount.signum() < 0 && account.available().plus(amount).signum() < 0) {
            throw LedgerAmounts.notEnough(name, account.available());
        }
        CreditEntry entry = entry(kind, id, amount, Money.zero(amount.currency()), explanation);
        known.put(id, entry);
        account.add(entry);
        return true;
    }

    private CreditEntry entry(Kind kind, CommandId id, Money amount, Money uncovered, String explanation) {
        entries++;
        return new CreditEntry(entries, kind, id, amount, uncovered, explanation, clock.instant());
    }

    private MemoryAccount existing(CreditAccount account) {
        MemoryAccount found = accounts.get(account);
        if (found == null) {
            throw LedgerAmounts.noAccount(account);
        }
        return found;
    }

    private static Money smaller(Money one, Money other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    private static Money positive(Money amount) {
        return amount.signum() < 0 ? Money.zero(amount.currency()) : amount;
    }
}
