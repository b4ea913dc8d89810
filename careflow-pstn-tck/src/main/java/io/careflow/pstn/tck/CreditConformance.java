package io.careflow.pstn.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.credit.Balance;
import io.careflow.pstn.credit.CreditAccount;
import io.careflow.pstn.credit.CreditEntry;
import io.careflow.pstn.credit.CreditLedger;
import io.careflow.pstn.credit.CreditTerms;
import io.careflow.pstn.credit.Hold;
import io.careflow.pstn.credit.HoldAnswer;
import io.careflow.pstn.credit.HoldAnswer.Held;
import io.careflow.pstn.credit.HoldAnswer.NotEnough;
import io.careflow.pstn.credit.HoldAnswer.Refused;
import io.careflow.pstn.credit.Settlement;
import io.careflow.pstn.money.Money;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What all {@link CreditLedger}s keep to. Extend it, hand over a ledger, and let time pass. Every test has an account of its own, so the
 * ledger may hold others.
 */
public abstract class CreditConformance {
    private static final Duration LEASE = Duration.ofMinutes(2);
    private static final Currency USD = Currency.getInstance("USD");

    private CreditLedger ledger;
    private CreditAccount account;

    /** For subclasses. */
    @SuppressWarnings("NullAway.Init")
    protected CreditConformance() {}

    /** A ledger. Called once per test. */
    protected abstract CreditLedger ledger();

    /** Makes so much time pass for it, or all holds so much older. */
    protected abstract void pass(Duration time);

    @BeforeEach
    final void openAccount() {
        ledger = ledger();
        account = new CreditAccount(TenantId.DEFAULT, "user " + UUID.randomUUID());
        ledger.open(account, CreditTerms.prepaid(USD));
    }

    @Test
    @DisplayName("what was paid in is reserved once, settled to the exact amount, and the rest is free again")
    void journey() {
        ledger.pay(id(), account, usd("10"), "card");
        CommandId call = id();
        assertThat(reserve(call, "4")).isInstanceOfSatisfying(Held.class, held -> {
            assertThat(held.id()).isEqualTo(call);
            assertThat(held.amount()).isEqualTo(usd("4"));
        });
        assertBalance("10", "4", "6");
        assertThat(ledger.settle(call, usd("1.2345678901"), "73 s")).isEqualTo(settled(call, "1.2345678901", "0"));
        assertBalance("8.7654321099", "0", "8.7654321099");
        assertThat(ledger.audit()).isEmpty();
    }

    @Test
    @DisplayName("what is not there is not reserved, and the answer says how much there is")
    void notEnough() {
        ledger.pay(id(), account, usd("10"), "card");
        reserve(id(), "7");
        assertThat(reserve(id(), "3.0000000001")).isEqualTo(new NotEnough(usd("3"), usd("3.0000000001")));
        assertThat(reserve(id(), "3")).isInstanceOf(Held.class);
        assertBalance("10", "10", "0");
    }

    @Test
    @DisplayName("the same wish made again is one hold, with the same answer; another under its id is refused")
    void sameHold() {
        ledger.pay(id(), account, usd("10"), "card");
        CommandId call = id();
        HoldAnswer first = reserve(call, "4");
        assertThat(reserve(call, "4")).isEqualTo(first);
        assertThat(reserve(call, "5")).isInstanceOf(Refused.class);
        CreditAccount other = new CreditAccount(new TenantId("other"), account.id());
        ledger.open(other, CreditTerms.postpaid(usd("100")));
        assertThat(ledger.reserve(new Hold(call, other, usd("4"), LEASE, "call")))
                .isInstanceOf(Refused.class);
        assertBalance("10", "4", "6");
        assertThat(ledger.balance(other).orElseThrow().held()).isEqualTo(usd("0"));
    }

    @Test
    @DisplayName("a repeated wish is answered as before even if there is nothing left")
    void sameHoldWithNothingLeft() {
        ledger.pay(id(), account, usd("4"), "card");
        CommandId call = id();
        HoldAnswer first = reserve(call, "4");
        assertThat(reserve(call, "4")).isEqualTo(first);
        assertBalance("4", "4", "0");
    }

    @Test
    @DisplayName("zero is held without money, and remembered")
    void zero() {
        CommandId call = id();
        assertThat(reserve(call, "0")).isInstanceOf(Held.class);
        assertThat(ledger.settle(call, usd("0"), "on-net")).isEqualTo(settled(call, "0", "0"));
        assertThat(reserve(call, "0")).isInstanceOf(Refused.class);
    }

    @Test
    @DisplayName("no account, another currency, a closed account: refused, each in its words, and nothing is held")
    void refused() {
        ledger.pay(id(), account, usd("10"), "card");
        CreditAccount nobody = new CreditAccount(TenantId.DEFAULT, "nobody " + UUID.randomUUID());
        assertThat(ledger.reserve(new Hold(id(), nobody, usd("1"), LEASE, "call")))
                .isEqualTo(new Refused("there is no account " + nobody));
        assertThat(ledger.reserve(new Hold(id(), account, Money.of("1", "EUR"), LEASE, "call")))
                .isEqualTo(new Refused("the account's currency is USD"));
        ledger.close(account);
        assertThat(reserve(id(), "1")).isEqualTo(new Refused("the account is closed"));
        assertBalance("10", "0", "10");
        assertThat(ledger.balance(nobody)).isEmpty();
    }

    @Test
    @DisplayName("more is added to a hold as far as there is money, and its lease starts anew")
    void extended() {
        ledger.pay(id(), account, usd("10"), "card");
        CommandId call = id();
        reserve(call, "4");
        pass(LEASE.minusSeconds(20));
        assertThat(ledger.extend(call, usd("5"), LEASE))
                .isInstanceOfSatisfying(
                        Held.class, held -> assertThat(held.amount()).isEqualTo(usd("9")));
        assertThat(ledger.extend(call, usd("2"), LEASE)).isEqualTo(new NotEnough(usd("1"), usd("2")));
        pass(LEASE.minusSeconds(20));
        assertBalance("10", "9", "1");
        assertThat(reserve(call, "4"))
                .isInstanceOfSatisfying(
                        Held.class, held -> assertThat(held.amount()).isEqualTo(usd("9")));
        assertThat(ledger.settle(call, usd("9"), "long").uncovered()).isEqualTo(usd("0"));
        assertThat(ledger.extend(call, usd("1"), LEASE)).isEqualTo(new Refused("the hold is over"));
        assertThat(ledger.extend(id(), usd("1"), LEASE)).isEqualTo(new Refused("there is no such hold"));
        assertBalance("1", "0", "1");
    }

    @Test
    @DisplayName("another currency adds nothing to a hold")
    void extendedInAnother() {
        ledger.pay(id(), account, usd("10"), "card");
        CommandId call = id();
        reserve(call, "4");
        assertThat(ledger.extend(call, Money.of("1", "EUR"), LEASE)).isInstanceOf(Refused.class);
        assertBalance("10", "4", "6");
    }

    @Test
    @DisplayName("a hold whose lease ran out counts no more, without a sweep")
    void expired() {
        ledger.pay(id(), account, usd("10"), "card");
        CommandId call = id();
        reserve(call, "10");
        pass(LEASE.plusSeconds(1));
        assertBalance("10", "0", "10");
        assertThat(ledger.renew(call, LEASE)).isFalse();
        assertThat(ledger.extend(call, usd("0"), LEASE)).isInstanceOf(Refused.class);
        assertThat(reserve(id(), "10")).isInstanceOf(Held.class);
        assertThat(reserve(call, "10")).isInstanceOf(Refused.class);
        assertBalance("10", "10", "0");
        assertThat(ledger.audit()).isEmpty();
    }

    @Test
    @DisplayName("a hold that is renewed lasts")
    void renewed() {
        ledger.pay(id(), account, usd("10"), "card");
        CommandId call = id();
        reserve(call, "10");
        for (int i = 0; i < 4; i++) {
            pass(LEASE.minusSeconds(20));
            assertThat(ledger.renew(call, LEASE)).isTrue();
        }
        assertBalance("10", "10", "0");
        ledger.settle(call, usd("1"), "call");
        assertThat(ledger.renew(call, LEASE)).isFalse();
        assertThat(ledger.renew(id(), LEASE)).isFalse();
    }

    @Test
    @DisplayName("a sweep frees what ran out and nothing else")
    void swept() {
        ledger.pay(id(), account, usd("10"), "card");
        pass(Duration.ofDays(8)); // what other tests left
        ledger.sweep();
        reserve(id(), "3");
        pass(LEASE.minusSeconds(20));
        reserve(id(), "4");
        assertThat(ledger.sweep()).isZero();
        pass(Duration.ofSeconds(30));
        assertThat(ledger.sweep()).isEqualTo(1);
        assertThat(ledger.sweep()).isZero();
        assertBalance("10", "4", "6");
        assertThat(ledger.audit()).isEmpty();
    }

    @Test
    @DisplayName("a call that was settled is not settled again: the same amount does nothing, another is refused")
    void once() {
        ledger.pay(id(), account, usd("10"), "card");
        CommandId call = id();
        reserve(call, "4");
        ledger.settle(call, usd("1"), "call");
        assertThat(ledger.settle(call, usd("1.00"), "call")).isEqualTo(new Settlement(call, usd("1"), usd("0"), true));
        assertThatThrownBy(() -> ledger.settle(call, usd("2"), "call")).isInstanceOf(IllegalStateException.class);
        ledger.release(call, "too late");
        assertBalance("9", "0", "9");
    }

    @Test
    @DisplayName("what never was held, or another currency, is not settled")
    void nothingToSettle() {
        ledger.pay(id(), account, usd("10"), "card");
        CommandId call = id();
        reserve(call, "4");
        assertThatThrownBy(() -> ledger.settle(id(), usd("2"), "call")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> ledger.settle(call, Money.of("2", "EUR"), "call"))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> ledger.settle(call, usd("-2"), "call")).isInstanceOf(IllegalArgumentException.class);
        assertBalance("10", "4", "6");
    }

    @Test
    @DisplayName("a call that cost more than was held takes what was held; the rest stands uncovered beside it")
    void uncovered() {
        ledger.pay(id(), account, usd("10"), "card");
        CommandId call = id();
        reserve(call, "4");
        assertThat(ledger.settle(call, usd("4.5"), "call")).isEqualTo(settled(call, "4", "0.5"));
        assertThat(ledger.settle(call, usd("4.5"), "call").repeated()).isTrue();
        assertBalance("6", "0", "6");
        CreditEntry entry = ledger.entries(account, Long.MAX_VALUE, 1).get(0);
        assertThat(entry.amount()).isEqualTo(usd("-4"));
        assertThat(entry.uncovered()).isEqualTo(usd("0.5"));
        assertThat(entry.reference()).isEqualTo(call);
    }

    @Test
    @DisplayName("a hold that ran out or was released is settled all the same, as far as the account can pay")
    void settledAfterAll() {
        ledger.pay(id(), account, usd("10"), "card");
        CommandId late = id();
        CommandId released = id();
        reserve(late, "6");
        pass(LEASE.plusSeconds(1));
        reserve(released, "4");
        ledger.release(released, "not answered");
        CommandId other = id();
        reserve(other, "7");
        assertThat(ledger.settle(late, usd("5"), "call")).isEqualTo(settled(late, "3", "2"));
        assertThat(ledger.settle(released, usd("1"), "call")).isEqualTo(settled(released, "0", "1"));
        assertBalance("7", "7", "0");
        assertThat(ledger.settle(other, usd("7"), "call")).isEqualTo(settled(other, "7", "0"));
        assertThat(ledger.audit()).isEmpty();
    }

    @Test
    @DisplayName("what is released is free again, once")
    void released() {
        ledger.pay(id(), account, usd("10"), "card");
        CommandId call = id();
        reserve(call, "4");
        ledger.release(call, "busy");
        ledger.release(call, "busy");
        ledger.release(id(), "never was");
        assertBalance("10", "0", "10");
        assertThat(reserve(call, "4")).isEqualTo(new Refused("the hold is over"));
    }

    @Test
    @DisplayName("who pays later spends down to the limit and not below")
    void postpaid() {
        CreditAccount later = new CreditAccount(TenantId.DEFAULT, "later " + UUID.randomUUID());
        ledger.open(later, CreditTerms.postpaid(usd("5")));
        CommandId call = id();
        assertThat(ledger.reserve(new Hold(call, later, usd("5"), LEASE, "call")))
                .isInstanceOf(Held.class);
        assertThat(ledger.reserve(new Hold(id(), later, usd("0.01"), LEASE, "call")))
                .isEqualTo(new NotEnough(usd("0"), usd("0.01")));
        ledger.settle(call, usd("5"), "call");
        assertThat(ledger.balance(later)).contains(new Balance(usd("-5"), usd("0"), usd("5")));
        ledger.pay(id(), later, usd("2"), "invoice");
        assertThat(ledger.balance(later).orElseThrow().available()).isEqualTo(usd("2"));
    }

    @Test
    @DisplayName("a limit that is lowered below what was spent stops everything but what is free or was held before")
    void lowered() {
        CreditAccount later = new CreditAccount(TenantId.DEFAULT, "later " + UUID.randomUUID());
        ledger.open(later, CreditTerms.postpaid(usd("10")));
        CommandId call = id();
        ledger.reserve(new Hold(call, later, usd("8"), LEASE, "call"));
        ledger.limit(later, usd("3"));
        assertThat(ledger.balance(later).orElseThrow().available()).isEqualTo(usd("-5"));
        assertThat(ledger.reserve(new Hold(id(), later, usd("1"), LEASE, "call")))
                .isEqualTo(new NotEnough(usd("-5"), usd("1")));
        assertThat(ledger.reserve(new Hold(id(), later, usd("0"), LEASE, "call")))
                .isInstanceOf(Held.class);
        assertThat(ledger.settle(call, usd("8"), "call")).isEqualTo(settled(call, "8", "0"));
        ledger.pay(id(), later, usd("6"), "invoice");
        assertThat(ledger.balance(later)).contains(new Balance(usd("-2"), usd("0"), usd("3")));
        assertThat(ledger.reserve(new Hold(id(), later, usd("1"), LEASE, "call")))
                .isInstanceOf(Held.class);
        assertThatThrownBy(() -> ledger.limit(account, usd("3"))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> ledger.limit(later, Money.of("3", "EUR"))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    @DisplayName("an account is opened once; the same again opens a closed one, other terms are refused")
    void opened() {
        ledger.close(account);
        ledger.open(account, CreditTerms.prepaid(USD));
        ledger.pay(id(), account, usd("1"), "card");
        assertThat(reserve(id(), "1")).isInstanceOf(Held.class);
        assertThatThrownBy(() -> ledger.open(account, CreditTerms.postpaid(usd("5"))))
                .isInstanceOf(IllegalStateException.class);
        assertThat(ledger.terms(account)).contains(CreditTerms.prepaid(USD));
        CreditAccount nobody = new CreditAccount(TenantId.DEFAULT, "nobody " + UUID.randomUUID());
        assertThatThrownBy(() -> ledger.close(nobody)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> ledger.limit(nobody, usd("1"))).isInstanceOf(IllegalStateException.class);
        assertThat(ledger.terms(nobody)).isEmpty();
    }

    @Test
    @DisplayName(
            "a payment is booked once for its id; another amount under it, no account or another currency is refused")
    void paidOnce() {
        CommandId payment = id();
        assertThat(ledger.pay(payment, account, usd("5"), "card")).isTrue();
        assertThat(ledger.pay(payment, account, usd("5"), "card")).isFalse();
        assertThatThrownBy(() -> ledger.pay(payment, account, usd("6"), "card"))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> ledger.pay(id(), account, Money.of("6", "EUR"), "card"))
                .isInstanceOf(IllegalStateException.class);
        CreditAccount nobody = new CreditAccount(TenantId.DEFAULT, "nobody " + UUID.randomUUID());
        assertThatThrownBy(() -> ledger.pay(id(), nobody, usd("6"), "card")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> ledger.pay(id(), account, usd("0"), "card"))
                .isInstanceOf(IllegalArgumentException.class);
        ledger.close(account);
        assertThatThrownBy(() -> ledger.pay(id(), account, usd("6"), "card")).isInstanceOf(IllegalStateException.class);
        assertBalance("5", "0", "5");
    }

    @Test
    @DisplayName("an adjustment gives or takes, never what is held or not there")
    void adjusted() {
        ledger.pay(id(), account, usd("5"), "card");
        reserve(id(), "3");
        assertThatThrownBy(() -> ledger.adjust(id(), account, usd("-2.5"), "fee"))
                .isInstanceOf(IllegalStateException.class);
        CommandId fee = id();
        assertThat(ledger.adjust(fee, account, usd("-2"), "fee")).isTrue();
        assertThat(ledger.adjust(fee, account, usd("-2"), "fee")).isFalse();
        ledger.adjust(id(), account, usd("0.5"), "sorry");
        assertBalance("3.5", "3", "0.5");
        assertThatThrownBy(() -> ledger.adjust(id(), account, usd("0"), "nothing"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("every movement is an entry, newest first, in pages; their sum is what is booked")
    void entries() {
        ledger.pay(id(), account, usd("10"), "card");
        CommandId call = id();
        reserve(call, "4");
        ledger.settle(call, usd("1.5"), "90 s");
        ledger.adjust(id(), account, usd("0.25"), "sorry");
        List<CreditEntry> all = ledger.entries(account, Long.MAX_VALUE, 10);
        assertThat(all)
                .extracting(CreditEntry::kind)
                .containsExactly(CreditEntry.Kind.ADJUSTMENT, CreditEntry.Kind.SETTLEMENT, CreditEntry.Kind.PAYMENT);
        assertThat(all).extracting(CreditEntry::explanation).containsExactly("sorry", "90 s", "card");
        assertThat(all.stream().map(CreditEntry::amount).reduce(usd("0"), Money::plus))
                .isEqualTo(usd("8.75"));
        List<CreditEntry> first = ledger.entries(account, Long.MAX_VALUE, 2);
        assertThat(first).isEqualTo(all.subList(0, 2));
        assertThat(ledger.entries(account, first.get(1).number(), 2)).isEqualTo(all.subList(2, 3));
        assertThatThrownBy(() -> ledger.entries(account, 1, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("an amount that cannot be kept exactly is refused, never rounded")
    void exact() {
        ledger.pay(id(), account, usd("10"), "card");
        CommandId call = id();
        assertThatThrownBy(() -> reserve(call, "0.00000000001")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ledger.pay(id(), account, usd("10000000000"), "card"))
                .isInstanceOf(IllegalArgumentException.class);
        reserve(call, "1");
        assertThatThrownBy(() -> ledger.settle(call, usd("0.12345678901"), "call"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ledger.extend(call, usd("-1"), LEASE)).isInstanceOf(IllegalArgumentException.class);
        assertBalance("10", "1", "9");
    }

    @Test
    @DisplayName("however many reserve at once, no more is held than there is, and the rest is told so")
    void concurrently() throws InterruptedException, ExecutionException {
        ledger.pay(id(), account, usd("10"), "card");
        List<HoldAnswer> answers = together(16, () -> reserve(id(), "1.5"));
        assertThat(answers).filteredOn(Held.class::isInstance).hasSize(6);
        assertThat(answers).filteredOn(NotEnough.class::isInstance).hasSize(10);
        assertBalance("10", "9", "1");
    }

    @Test
    @DisplayName("one wish made many times at once is one hold; one settlement made many times at once is booked once")
    void sameAtOnce() throws InterruptedException, ExecutionException {
        ledger.pay(id(), account, usd("10"), "card");
        CommandId call = id();
        List<HoldAnswer> answers = together(8, () -> reserve(call, "6"));
        assertThat(answers).hasOnlyElementsOfType(Held.class);
        assertThat(answers.stream().distinct()).hasSize(1);
        assertBalance("10", "6", "4");
        List<Settlement> settled = together(8, () -> ledger.settle(call, usd("2"), "call"));
        assertThat(settled).filteredOn(one -> !one.repeated()).hasSize(1);
        assertBalance("8", "0", "8");
        assertThat(ledger.audit()).isEmpty();
    }

    private static <T> List<T> together(int threads, Callable<T> work) throws InterruptedException, ExecutionException {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            CyclicBarrier start = new CyclicBarrier(threads);
            List<Future<T>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                running.add(pool.submit(() -> {
                    start.await();
                    return work.call();
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> one : running) {
                results.add(one.get());
            }
            return results;
        } finally {
            pool.shutdownNow();
        }
    }

    private HoldAnswer reserve(CommandId call, String amount) {
        return ledger.reserve(new Hold(call, account, usd(amount), LEASE, "call to +14165550100"));
    }

    private void assertBalance(String booked, String held, String available) {
        Balance balance = ledger.balance(account).orElseThrow();
        assertThat(balance.booked()).isEqualTo(usd(booked));
        assertThat(balance.held()).isEqualTo(usd(held));
        assertThat(balance.available()).isEqualTo(usd(available));
    }

    private static Settlement settled(CommandId call, String taken, String uncovered) {
        return new Settlement(call, usd(taken), usd(uncovered), false);
    }

    private static CommandId id() {
        return new CommandId(UUID.randomUUID().toString());
    }

    private static Money usd(String amount) {
        return Money.of(amount, "USD");
    }
}
