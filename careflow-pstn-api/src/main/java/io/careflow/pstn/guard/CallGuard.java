package io.careflow.pstn.guard;

import static io.careflow.pstn.guard.GuardRuling.Verdict.DENIED;
import static io.careflow.pstn.guard.GuardRuling.Verdict.NOT_ASKED;

import io.careflow.pstn.TenantId;
import io.careflow.pstn.guard.GuardBound.Within;
import io.careflow.pstn.money.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
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
    private static final Duration MARGIN = Duration.ofMinutes(2);

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
        GuardDecision decision = decision(request, false);
        try {
            listener.decided(request, decision);
        } catch (RuntimeException e) {
            // A report that fails must not let a call through, nor keep one that is allowed.
            return decision;
        }
        return decision;
    }

    /** What would be decided now. Counts nothing and tells no listener. */
    public GuardDecision explain(GuardRequest request) {
        return decision(request, true);
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
        GuardKeys.spend(ticket, cost.currency()).forEach(key -> store.correct(ticket.holder(), key, cost.amount()));
    }

    /**
     * The call is over: gives back its channel, corrects its spend and remembers a short call. Doing it again changes nothing.
     *
     * @param talk how long they talked; nothing if nobody answered
     */
    public void settle(GuardTicket ticket, Duration talk, Money cost) {
        store.release(ticket.holder());
        correct(ticket, cost);
        Duration shortTalk = rules(ticket.tenant()).map(GuardRules::shortTalk).orElse(Duration.ZERO);
        if (!talk.isZero() && talk.compareTo(shortTalk) < 0) {
            String key = GuardKeys.shortCalls(ticket.tenant(), ticket.user());
            mark(ticket.holder() + "/short", key, Duration.ofHours(1));
        }
        rules(ticket.tenant()).ifPresent(rules -> burnt(rules, ticket, cost));
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

    private GuardDecision decision(GuardRequest request, boolean asking) {
        Instant now = clock.instant();
        GuardTicket ticket =
                new GuardTicket(request.holder(), request.tenant(), request.user(), request.destination(), now);
        Optional<GuardRules> loaded = rules(request.tenant());
        if (loaded.isEmpty()) {
            GuardRuling none =
                    new GuardRuling(GuardRule.RULES, DENIED, "", "", "the rules of this tenant are not loaded");
            return new GuardDecision(false, ticket, Duration.ZERO, null, List.of(none));
        }
        GuardRules rules = loaded.get();
        List<GuardRuling> rulings = new ArrayList<>(RequestChecks.of(rules, request, now));
        if (rulings.stream().anyMatch(ruling -> ruling.verdict() == DENIED)) {
            Arrays.stream(GuardRule.values())
                    .filter(rule -> rule.isCounted() && rules.asks(rule))
                    .forEach(rule ->
                            rulings.add(new GuardRuling(rule, NOT_ASKED, "", "", "not asked, it is refused already")));
            return new GuardDecision(false, ticket, Duration.ZERO, null, rulings);
        }
        try {
            return new Counting(rules, request, ticket, rulings, asking).decide();
        } catch (RuntimeException e) {
            GuardRuling failed = RequestChecks.ruling(
                    rules, GuardRule.STORE, false, "", e.getClass().getSimpleName(), "the counters cannot be asked");
            rulings.add(failed);
            boolean allowed = failed.verdict() != DENIED;
            return new GuardDecision(allowed, ticket, allowed ? longest(rules, request) : Duration.ZERO, null, rulings);
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

    private static Duration longest(GuardRules rules, GuardRequest request) {
        if (!request.purpose().isTalk()) {
            return Duration.ZERO;
        }
        Duration most = Duration.ofSeconds(rules.required(GuardRule.DURATION).longValueExact());
        boolean cut = rules.asks(GuardRule.DURATION) && !rules.isReportedOnly(GuardRule.DURATION);
        return cut && most.compareTo(request.wanted()) < 0 ? most : request.wanted();
    }

    /** One request before the counters. */
    private final class Counting {
        private final GuardRules rules;
        private final GuardRequest request;
        private final GuardTicket ticket;
        private final List<GuardRuling> rulings;
        private final boolean asking;

        private Counting(
                GuardRules rules, GuardRequest request, GuardTicket ticket, List<GuardRuling> rulings, boolean asking) {
            this.rules = rules;
            this.request = request;
            this.ticket = ticket;
            this.rulings = rulings;
            this.asking = asking;
        }

        /** Where what is left does not pay the longest talk, a shorter one is tried; others may take meanwhile, so not only once. */
        private GuardDecision decide() {
            Duration talk = longest(rules, request);
            for (int attempt = 1; ; attempt++) {
                Money spend = cost(talk);
                Asked asked = ask(Counters.of(rules, request, ticket.takenAt(), spend.amount()), talk);
                Duration shorter =
                        asked.left() == null || attempt == 5 ? Duration.ZERO : affordable(asked.left(), talk);
                if (asked.allowed() || shorter.isZero()) {
                    rulings.addAll(asked.rulings());
                    return asked.allowed()
                            ? new GuardDecision(true, ticket, talk, spend, rulings)
                            : new GuardDecision(false, ticket, Duration.ZERO, null, rulings);
                }
                talk = shorter;
            }
        }

        private Money cost(Duration talk) {
            TalkPrice price = request.price();
            Money cost = price == null ? Money.zero(rules.currency()) : price.whole(talk);
            if (cost.signum() < 0) {
                throw new IllegalStateException("a negative price");
            }
            return cost;
        }

        private Asked ask(List<GuardBound> bounds, Duration talk) {
            Duration lease = talk.plus(MARGIN);
            Duration ttl = lease.compareTo(LONGEST_LEASE) > 0 ? LONGEST_LEASE : lease;
            // What would be refused is asked before it is counted.
            List<GuardAnswer.Reading> honest = asking || bounds.stream().anyMatch(this::isReported)
                    ? store.peek(new GuardClaim(request.holder(), bounds, ttl)).readings()
                    : List.of();
            boolean taken = asking;
            List<GuardAnswer.Reading> readings = honest;
            if (!asking) {
                List<GuardBound> claimed = bounds.stream()
                        .map(bound -> isReported(bound) ? Counters.unlimited(bound) : bound)
                        .toList();
                GuardAnswer answer = store.take(new GuardClaim(request.holder(), claimed, ttl));
                taken = answer.taken();
                readings = answer.readings();
            }
            Asked asked = new Asked(rules);
            for (int i = 0; i < bounds.size(); i++) {
                GuardBound bound = bounds.get(i);
                asked.add(bound, (isReported(bound) ? honest : readings).get(i));
            }
            if (taken != asked.allowed() && !asking) {
                throw new IllegalStateException("the store contradicts itself");
            }
            return asked;
        }

        private boolean isReported(GuardBound bound) {
            return rules.isReportedOnly(Counters.rule(bound));
        }

        /** The longest talk in whole seconds that this pays, or nothing if that is not worth a call. */
        private Duration affordable(BigDecimal left, Duration before) {
            long pays = 0;
            long more = before.minusMillis(1).toSeconds() + 1;
            while (pays + 1 < more) {
                long middle = (pays + more) / 2;
                if (cost(Duration.ofSeconds(middle)).amount().compareTo(left) <= 0) {
                    pays = middle;
                } else {
                    more = middle;
                }
            }
            Duration talk = Duration.ofSeconds(pays);
            return talk.compareTo(rules.leastTalk()) < 0 || !request.purpose().isTalk() ? Duration.ZERO : talk;
        }
    }
}
