package io.careflow.pstn.guard;

import static io.careflow.pstn.guard.GuardRuling.Verdict.DENIED;

import io.careflow.pstn.TenantId;
import io.careflow.pstn.guard.GuardBound.Within;
import io.careflow.pstn.money.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Decides whether a public number may be called or texted: by the rules of the tenant, and by counters that all nodes share. Closed
 * when in doubt: without rules, without counters or without a price the answer is no, and it says so. Never throws because of the
 * store or the rules. Thread-safe.
 *
 * <p>What is allowed is counted at once, with the price of the longest talk. When the call is over, {@link #settle} gives the channel
 * back and corrects the spend to what it really cost. Ask once for each call; the same holder again takes nothing more.
 */
public final class CallGuard {
    private static final Duration LONGEST_LEASE = Duration.ofHours(24);

    private final GuardRulesBook book;
    private final GuardStore store;
    private final Clock clock;
    private final GuardListener listener;

    /** A guard that nobody listens to. */
    public CallGuard(GuardRulesBook book, GuardStore store, Clock clock) {
        this(book, store, clock, (request, decision) -> {});
    }

    /** A guard whose decisions are told to the listener. */
    public CallGuard(GuardRulesBook book, GuardStore store, Clock clock, GuardListener listener) {
        this.book = Objects.requireNonNull(book, "book");
        this.store = Objects.requireNonNull(store, "store");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.listener = Objects.requireNonNull(listener, "listener");
    }

    /** Decides, and counts what is allowed. Its channel is leased for the longest talk and two minutes, or until it is renewed or given back. */
    public GuardDecision decide(GuardRequest request) {
        GuardCase asked = open(request);
        return asked.conclude(asked.decide(store::take, true));
    }

    /** What would be decided now. Counts nothing and tells no listener. */
    public GuardDecision explain(GuardRequest request) {
        return open(request).look();
    }

    /**
     * Begins to decide, for whoever asks the counters together with something else, such as money. Counts nothing, and tells the listener
     * nothing until {@link GuardCase#conclude}.
     */
    public GuardCase open(GuardRequest request) {
        return new GuardCase(request, rules(request.tenant()).orElse(null), store, listener, clock.instant());
    }

    /**
     * The call goes on: its channel is leased for so long from now.
     *
     * @param leaseFor 1 second to 24 hours
     * @return false if its lease has run out
     */
    public boolean renew(String holder, Duration leaseFor) {
        return store.renew(holder, leaseFor);
    }

    /** The call is over, or never came to be: its channel is free. What was counted stays counted. */
    public void release(String holder) {
        store.release(holder);
    }

    /** The request cost this in the end, nothing if it failed. A cost in another currency than was counted changes nothing. */
    public void correct(GuardTicket ticket, Money cost) {
        spendKeys(ticket, cost.currency()).forEach(key -> store.correct(ticket.holder(), key, cost.amount()));
    }

    /** Under which keys of the counters the spend of this is counted, in this currency. */
    public List<String> spendKeys(GuardTicket ticket, Currency currency) {
        return GuardKeys.spend(ticket, currency);
    }

    /** Under which keys of the counters the spend of this is counted, by the rules of today; none if they are not loaded. */
    public List<String> spendKeys(GuardTicket ticket) {
        return rules(ticket.tenant())
                .map(rules -> spendKeys(ticket, rules.currency()))
                .orElse(List.of());
    }

    /**
     * The call is over: gives back its channel, corrects its spend and remembers a short call. Doing it again changes nothing.
     *
     * @param talk how long they talked; nothing if nobody answered
     */
    public void settle(GuardTicket ticket, Duration talk, Money cost) {
        store.release(ticket.holder());
        correct(ticket, cost);
        learn(ticket, talk, cost);
    }

    /**
     * Remembers what a call that is over tells of its user: that it was short, and how much was spent. {@link #settle} does it too; for
     * whoever gave back and corrected what was taken by other means. Doing it again changes nothing.
     */
    public void learn(GuardTicket ticket, Duration talk, Money cost) {
        Optional<GuardRules> known = rules(ticket.tenant());
        Duration shortTalk = known.map(GuardRules::shortTalk).orElse(Duration.ZERO);
        if (!talk.isZero() && talk.compareTo(shortTalk) < 0) {
            String key = GuardKeys.shortCalls(ticket.tenant(), ticket.user());
            mark(ticket.holder() + "/short", key, Duration.ofHours(1));
        }
        known.ifPresent(rules -> burnt(rules, ticket, cost));
    }

    /** Only what was really spent burns: a price that is held for the longest talk says nothing yet. */
    private void burnt(GuardRules rules, GuardTicket ticket, Money cost) {
        if (!rules.asks(GuardRule.FAST_BURN) || !cost.currency().equals(rules.currency()) || cost.signum() <= 0) {
            return;
        }
        String user = GuardKeys.user(ticket.tenant(), ticket.user());
        BigDecimal spent = cost.amount();
        GuardAnswer answer = store.take(new GuardClaim(
                ticket.holder() + "/spent",
                List.of(
                        spent(GuardKeys.week(user, cost.currency()), Duration.ofDays(7), spent),
                        spent(GuardKeys.burning(user, cost.currency()), Duration.ofHours(1), spent)),
                Duration.ofSeconds(1)));
        BigDecimal hour = answer.readings().get(1).before().add(spent);
        BigDecimal most = answer.readings()
                .get(0)
                .before()
                .add(spent)
                .multiply(rules.required(GuardRule.FAST_BURN))
                .divide(BigDecimal.valueOf(7), 10, RoundingMode.DOWN)
                .max(rules.burnFloor());
        if (hour.compareTo(most) > 0) {
            GuardRuling ruling = RequestChecks.ruling(
                    rules,
                    GuardRule.FAST_BURN,
                    false,
                    most.stripTrailingZeros().toPlainString() + " in PT1H",
                    hour.toPlainString(),
                    "the user spends much more than on other days and is frozen");
            if (ruling.verdict() == DENIED) {
                freeze(ticket.tenant(), ticket.user());
            }
            alarm(ticket, ruling);
        }
    }

    private void alarm(GuardTicket ticket, GuardRuling ruling) {
        try {
            listener.alarmed(ticket, ruling, clock.instant());
        } catch (RuntimeException e) {
            // The freeze holds whether anybody heard of it or not.
            return;
        }
    }

    private static Within spent(String key, Duration window, BigDecimal weight) {
        return new Within(GuardRule.FAST_BURN.id(), key, window, weight, Counters.UNLIMITED);
    }

    /** Nothing is allowed to this user for the time of the rule {@link GuardRule#FROZEN}, or until {@link #thaw}. */
    public void freeze(TenantId tenant, String user) {
        Duration lasts = rules(tenant)
                .flatMap(rules -> rules.limit(GuardRule.FROZEN))
                .map(seconds -> Duration.ofSeconds(seconds.longValueExact()))
                .orElse(LONGEST_LEASE);
        String holder = freezer(tenant, user, clock.instant());
        String key = GuardKeys.frozen(tenant, user);
        mark(holder, key, lasts);
        store.correct(holder, key, BigDecimal.ONE);
    }

    /** The user may call again. */
    public void thaw(TenantId tenant, String user) {
        Instant now = clock.instant();
        for (Instant day : List.of(now, now.minus(Duration.ofDays(1)))) {
            store.correct(freezer(tenant, user, day), GuardKeys.frozen(tenant, user), BigDecimal.ZERO);
        }
    }

    private Optional<GuardRules> rules(TenantId tenant) {
        try {
            return book.of(tenant);
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    private void mark(String holder, String key, Duration window) {
        Within mark = new Within("mark", key, window, BigDecimal.ONE, Counters.UNLIMITED);
        store.take(new GuardClaim(holder, List.of(mark), Duration.ofSeconds(1)));
    }

    private static String freezer(TenantId tenant, String user, Instant time) {
        return "freeze/" + GuardKeys.user(tenant, user)
                + time.atOffset(ZoneOffset.UTC).toLocalDate();
    }
}
