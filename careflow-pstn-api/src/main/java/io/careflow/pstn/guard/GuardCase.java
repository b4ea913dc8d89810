package io.careflow.pstn.guard;

import static io.careflow.pstn.guard.GuardRuling.Verdict.DENIED;
import static io.careflow.pstn.guard.GuardRuling.Verdict.NOT_ASKED;

import io.careflow.pstn.money.Money;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One request before a {@link CallGuard}, for whoever asks the counters by other means than the guard, such as together with money:
 * what the rules say without them ({@link #refusal}), what is to be asked of them ({@link #claim}), and what their answer means ({@link
 * #read}). Rules that only report let pass what they would refuse, and say so. Not thread-safe.
 */
public final class GuardCase {
    private static final int ATTEMPTS = 5;
    private static final Duration LONGEST_LEASE = Duration.ofHours(24);
    private static final Duration MARGIN = Duration.ofMinutes(2);

    private final GuardRequest request;
    private final @Nullable GuardRules loaded;
    private final GuardStore store;
    private final GuardListener listener;
    private final GuardTicket ticket;
    private final List<GuardRuling> rulings = new ArrayList<>();
    private final @Nullable GuardDecision refusal;
    private @Nullable Claimed claimed;
    private Duration shorter = Duration.ZERO;

    /** What was asked last: the bounds, and how those stand that only report. */
    private record Claimed(Duration talk, Money spend, List<GuardBound> bounds, List<GuardAnswer.Reading> honest) {}

    GuardCase(GuardRequest request, @Nullable GuardRules rules, GuardStore store, GuardListener listener, Instant now) {
        this.request = request;
        this.loaded = rules;
        this.store = store;
        this.listener = listener;
        this.ticket = new GuardTicket(request.holder(), request.tenant(), request.user(), request.destination(), now);
        this.refusal = rules == null ? notLoaded() : checked(rules, now);
    }

    private GuardDecision notLoaded() {
        return refused(
                List.of(new GuardRuling(GuardRule.RULES, DENIED, "", "", "the rules of this tenant are not loaded")));
    }

    private @Nullable GuardDecision checked(GuardRules rules, Instant now) {
        rulings.addAll(RequestChecks.of(rules, request, now));
        if (rulings.stream().noneMatch(ruling -> ruling.verdict() == DENIED)) {
            return null;
        }
        List<GuardRuling> all = new ArrayList<>(rulings);
        Arrays.stream(GuardRule.values())
                .filter(rule -> rule.isCounted() && rules.asks(rule))
                .forEach(rule -> all.add(new GuardRuling(rule, NOT_ASKED, "", "", "not asked, it is refused already")));
        return refused(all);
    }

    /** The decision, if rules refuse it that need no counters: nothing is to be asked of them then. */
    public Optional<GuardDecision> refusal() {
        return Optional.ofNullable(refusal);
    }

    /** What will have been taken if the counters take it; goes to {@link CallGuard#settle}. */
    public GuardTicket ticket() {
        return ticket;
    }

    /** The longest talk that the rules allow; nothing for a text, and nothing if it is refused. */
    public Duration longest() {
        GuardRules rules = loaded;
        if (rules == null || refusal != null || !request.purpose().isTalk()) {
            return Duration.ZERO;
        }
        Duration most = Duration.ofSeconds(rules.required(GuardRule.DURATION).longValueExact());
        boolean cut = rules.asks(GuardRule.DURATION) && !rules.isReportedOnly(GuardRule.DURATION);
        return cut && most.compareTo(request.wanted()) < 0 ? most : request.wanted();
    }

    /** Whether anything was claimed before. */
    public boolean isClaimed() {
        return claimed != null;
    }

    /**
     * What is to be asked of the counters for so much talk. Its leases last for the talk and two minutes. Throws what the price or, where
     * rules only report, the store throws: {@link #unanswered} says what that means.
     *
     * @param talk not longer than {@link #longest}
     * @throws IllegalStateException if it is refused already
     */
    public GuardClaim claim(Duration talk) {
        GuardRules rules = rules();
        Money spend = cost(talk);
        Duration lease = talk.plus(MARGIN);
        Duration ttl = lease.compareTo(LONGEST_LEASE) > 0 ? LONGEST_LEASE : lease;
        List<GuardBound> bounds = Counters.of(rules, request, ticket.takenAt(), spend.amount());
        // What would be refused is asked before it is counted.
        List<GuardAnswer.Reading> honest = bounds.stream().anyMatch(this::isReported)
                ? store.peek(new GuardClaim(request.holder(), bounds, ttl)).readings()
                : List.of();
        claimed = new Claimed(talk, spend, bounds, honest);
        return new GuardClaim(
                request.holder(),
                bounds.stream()
                        .map(bound -> isReported(bound) ? Counters.unlimited(bound) : bound)
                        .toList(),
                ttl);
    }

    /**
     * What the counters' answer to the last claim means. It is allowed if all of them fit, also where the claim was not taken because of
     * something else.
     *
     * @throws IllegalStateException if the claim was taken although it does not fit, or there was no claim
     */
    public GuardDecision read(GuardAnswer answer) {
        Claimed asking = claimed;
        if (asking == null) {
            throw new IllegalStateException("nothing was claimed");
        }
        Asked asked = new Asked(rules());
        for (int i = 0; i < asking.bounds().size(); i++) {
            GuardBound bound = asking.bounds().get(i);
            asked.add(bound, (isReported(bound) ? asking.honest() : answer.readings()).get(i));
        }
        if (answer.taken() && !asked.allowed()) {
            throw new IllegalStateException("the store contradicts itself");
        }
        BigDecimal left = asked.left();
        shorter = left == null ? Duration.ZERO : affordable(left, asking.talk());
        List<GuardRuling> all = new ArrayList<>(rulings);
        all.addAll(asked.rulings());
        return asked.allowed() ? new GuardDecision(true, ticket, asking.talk(), asking.spend(), all) : refused(all);
    }

    /** After a refusal: the longest talk that what may still be spent pays, which may be claimed then; nothing if no talk would help. */
    public Duration shorter() {
        return shorter;
    }

    /** What it means that the counters could not be asked: no, unless the rule {@link GuardRule#STORE} only reports. */
    public GuardDecision unanswered(RuntimeException failure) {
        GuardRuling failed = RequestChecks.ruling(
                rules(),
                GuardRule.STORE,
                false,
                "",
                failure.getClass().getSimpleName(),
                "the counters cannot be asked");
        List<GuardRuling> all = new ArrayList<>(rulings);
        all.add(failed);
        return failed.verdict() == DENIED ? refused(all) : new GuardDecision(true, ticket, longest(), null, all);
    }

    /** What would be decided now about the longest talk. Counts nothing and tells no listener. */
    public GuardDecision look() {
        return decide(store::peek, false);
    }

    /** Tells the guard's listener what was decided in the end. */
    public GuardDecision conclude(GuardDecision decision) {
        try {
            listener.decided(request, decision);
        } catch (RuntimeException e) {
            // A report that fails must not let a call through, nor keep one that is allowed.
            return decision;
        }
        return decision;
    }

    /** Where what is left does not pay the longest talk, a shorter one is tried; others may take meanwhile, so not only once. */
    GuardDecision decide(Function<GuardClaim, GuardAnswer> counters, boolean taking) {
        if (refusal != null) {
            return refusal;
        }
        try {
            Duration talk = longest();
            for (int attempt = 1; ; attempt++) {
                GuardAnswer answer = counters.apply(claim(talk));
                GuardDecision decision = read(answer);
                if (taking && answer.taken() != decision.allowed()) {
                    throw new IllegalStateException("the store contradicts itself");
                }
                if (decision.allowed() || shorter.isZero() || attempt == ATTEMPTS) {
                    return decision;
                }
                talk = shorter;
            }
        } catch (RuntimeException e) {
            return unanswered(e);
        }
    }

    private GuardRules rules() {
        if (loaded == null || refusal != null) {
            throw new IllegalStateException("it is refused already; nothing is to be asked of the counters");
        }
        return loaded;
    }

    private GuardDecision refused(List<GuardRuling> all) {
        return new GuardDecision(false, ticket, Duration.ZERO, null, all);
    }

    private boolean isReported(GuardBound bound) {
        return rules().isReportedOnly(Counters.rule(bound));
    }

    private Money cost(Duration talk) {
        TalkPrice price = request.price();
        Money cost = price == null ? Money.zero(rules().currency()) : price.whole(talk);
        if (cost.signum() < 0) {
            throw new IllegalStateException("a negative price");
        }
        return cost;
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
        return talk.compareTo(rules().leastTalk()) < 0 || !request.purpose().isTalk() ? Duration.ZERO : talk;
    }
}
