package io.careflow.pstn.credit;

import io.careflow.pstn.money.Money;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** An account of {@link MemoryCredit}, which alone touches it, under its lock. */
final class MemoryAccount {
    final Set<MemoryHold> live = new LinkedHashSet<>();
    final List<CreditEntry> entries = new ArrayList<>();
    CreditTerms terms;
    Money booked;
    boolean closed;

    MemoryAccount(CreditTerms terms) {
        this.terms = terms;
        this.booked = Money.zero(terms.currency());
    }

    Currency currency() {
        return terms.currency();
    }

    Money held() {
        return live.stream().map(hold -> hold.amount).reduce(Money.zero(currency()), Money::plus);
    }

    Money available() {
        return booked.plus(terms.limit()).minus(held());
    }

    /** Forgets holds whose lease ran out. */
    int lapse(Instant now) {
        int before = live.size();
        live.removeIf(hold -> !hold.until.isAfter(now));
        return before - live.size();
    }

    void add(CreditEntry entry) {
        entries.add(entry);
        booked = booked.plus(entry.amount());
    }
}
