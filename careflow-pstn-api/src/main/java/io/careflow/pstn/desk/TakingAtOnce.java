package io.careflow.pstn.desk;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.admission.GuardedAdmission;
import io.careflow.pstn.admission.GuardedAnswer;
import io.careflow.pstn.credit.Balance;
import io.careflow.pstn.credit.Credit;
import io.careflow.pstn.credit.CreditAccount;
import io.careflow.pstn.credit.HoldAnswer;
import io.careflow.pstn.desk.OutboundGuard.Ruling;
import io.careflow.pstn.guard.GuardCase;
import io.careflow.pstn.guard.GuardDecision;
import io.careflow.pstn.guard.GuardTicket;
import io.careflow.pstn.money.Money;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Guard and credit in one step. A user's own phone outside is asked for before, by itself, as it costs nothing beside the destination
 * and has a channel of its own.
 */
final class TakingAtOnce implements Taking {
    /** Less is asked for both where money and where what may be spent does not suffice. */
    private static final int ATTEMPTS = 5;

    private final GuardedCalls guard;
    private final Credit credit;
    private final GuardedAdmission admission;
    private final OutboundSettings settings;

    TakingAtOnce(GuardedCalls guard, Credit credit, GuardedAdmission admission, OutboundSettings settings) {
        this.guard = guard;
        this.credit = credit;
        this.admission = admission;
        this.settings = settings;
    }

    @Override
    public Decision take(Priced wish) {
        List<PhoneNumber> numbers = wish.numbers();
        GuardCase asked = admission.open(guard.request(wish.question(numbers.get(0), false, settings.longestTalk())));
        GuardDecision refusal = asked.refusal().orElse(null);
        if (refusal != null) {
            return denied(wish, asked, refusal);
        }
        if (numbers.size() > 1) {
            // The phone counts as a call by itself: not where the destination is refused.
            GuardDecision looked = asked.look();
            if (!looked.allowed()) {
                return denied(wish, asked, looked);
            }
        }
        Duration longest = asked.longest();
        List<String> phones = new ArrayList<>();
        Decision decision = null;
        try {
            for (PhoneNumber phone : numbers.subList(1, numbers.size())) {
                Ruling ruling = guard.decide(wish.question(phone, true, longest));
                if (!ruling.passes()) {
                    decision =
                            Decision.denied(wish.order(), new CallbackAnswer.Denied(ruling.rules(), ruling.because()));
                    return decision;
                }
                phones.add(ruling.ticket());
                longest = ruling.longest().compareTo(longest) < 0 ? ruling.longest() : longest;
            }
            decision = taken(wish, asked, phones, longest);
            return decision;
        } finally {
            if (!(decision instanceof Decision.Ready)) {
                phones.forEach(ticket -> guard.settle(ticket, Duration.ZERO, wish.nothing()));
            }
        }
    }

    private Decision taken(Priced wish, GuardCase asked, List<String> phones, Duration most) {
        List<String> tickets = new ArrayList<>(List.of(asked.ticket().text()));
        tickets.addAll(phones);
        OutboundOrder order = wish.order().guarded(tickets);
        Duration longest = most;
        Money available = available(wish.account());
        GuardDecision last = null;
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            TalkOffer offer = wish.offer(available, longest);
            Money price = offer.price();
            if (price == null) {
                return Decision.denied(order, "rate", offer.because());
            }
            if (offer.talk().isZero()) {
                return unpaid(wish, asked, Priced.unpaid(available, price));
            }
            GuardedAnswer answer = admission.admit(asked, offer.talk(), wish.hold(price, settings.lease(offer.talk())));
            last = answer.guard();
            if (answer.credit() == null) {
                if (asked.shorter().isZero() || attempt == ATTEMPTS) {
                    uncount(wish, asked, attempt > 1);
                    return denied(wish, asked, answer.guard());
                }
                longest = asked.shorter();
            } else if (answer.credit() instanceof HoldAnswer.Held) {
                GuardDecision unused = asked.conclude(answer.guard());
                return new Decision.Ready(order.paid(offer.talk(), price, wish.list()), wish.plan());
            } else if (answer.credit() instanceof HoldAnswer.NotEnough less) {
                available = less.available();
            } else if (answer.credit() instanceof HoldAnswer.Refused refused) {
                return refused(wish, asked, answer.guard(), refused.because());
            }
        }
        return refused(wish, asked, Objects.requireNonNull(last), OTHERS_SPEND);
    }

    /** Null also if that cannot be asked: the step itself will say so then, and whose fault it is. */
    private @Nullable Money available(CreditAccount account) {
        try {
            return credit.balance(account).map(Balance::available).orElse(null);
        } catch (RuntimeException e) {
            return null;
        }
    }

    /** What rules refuse is told before what is not paid. */
    private Decision unpaid(Priced wish, GuardCase asked, CallbackAnswer unpaid) {
        uncount(wish, asked, asked.isClaimed());
        GuardDecision decision = asked.look();
        if (!decision.allowed()) {
            return denied(wish, asked, decision);
        }
        GuardDecision unused = asked.conclude(decision);
        return Decision.denied(wish.order(), unpaid);
    }

    private void uncount(Priced wish, GuardCase asked, boolean again) {
        if (again) {
            admission.refused(asked, wish.nothing());
        }
    }

    private Decision refused(Priced wish, GuardCase asked, GuardDecision decision, String because) {
        uncount(wish, asked, true);
        GuardDecision unused = asked.conclude(decision);
        return Decision.denied(wish.order(), "credit", because);
    }

    private static Decision denied(Priced wish, GuardCase asked, GuardDecision decision) {
        Ruling ruling = GuardedCalls.ruling(asked.conclude(decision));
        return Decision.denied(wish.order(), new CallbackAnswer.Denied(ruling.rules(), ruling.because()));
    }

    @Override
    public void settle(OutboundOrder order, Duration talk, Money amount, String because) {
        List<String> tickets = order.tickets();
        admission.settle(GuardTicket.parse(tickets.get(0)), order.command(), talk, amount, because);
        Money nothing = Money.zero(amount.currency());
        tickets.subList(1, tickets.size()).forEach(ticket -> guard.settle(ticket, Duration.ZERO, nothing));
    }

    @Override
    public void lost(OutboundOrder order, String because) {
        // Whom it was for does not matter to what was taken, nor does the moment within a day.
        GuardTicket ticket =
                new GuardTicket(order.command().value(), order.tenant(), order.user(), order.callerId(), order.asked());
        admission.cancel(ticket, order.command(), because);
        if (order.userNumber() != null) {
            guard.release(Priced.ownHolder(order));
        }
    }
}
