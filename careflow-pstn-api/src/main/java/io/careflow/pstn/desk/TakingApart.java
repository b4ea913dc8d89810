package io.careflow.pstn.desk;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.credit.Balance;
import io.careflow.pstn.credit.Credit;
import io.careflow.pstn.credit.HoldAnswer;
import io.careflow.pstn.desk.OutboundGuard.Ruling;
import io.careflow.pstn.money.Money;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Guard and credit that know nothing of each other: first the one, then the other. */
final class TakingApart implements Taking {
    private final OutboundGuard guard;
    private final Credit credit;
    private final OutboundSettings settings;

    TakingApart(OutboundGuard guard, Credit credit, OutboundSettings settings) {
        this.guard = guard;
        this.credit = credit;
        this.settings = settings;
    }

    @Override
    public Decision take(Priced wish) {
        Duration longest = settings.longestTalk();
        List<String> tickets = new ArrayList<>();
        for (PhoneNumber number : wish.numbers()) {
            Ruling ruling = guard.decide(wish.question(number, !tickets.isEmpty(), longest));
            if (!ruling.passes()) {
                free(tickets, wish.nothing());
                return Decision.denied(wish.order(), new CallbackAnswer.Denied(ruling.rules(), ruling.because()));
            }
            tickets.add(ruling.ticket());
            longest = ruling.longest().compareTo(longest) < 0 ? ruling.longest() : longest;
        }
        Decision decision = reservedOrRefused(wish, tickets, longest);
        if (decision instanceof Decision.Refused) {
            free(tickets, wish.nothing());
        }
        return decision;
    }

    private void free(List<String> tickets, Money nothing) {
        tickets.forEach(ticket -> guard.settle(ticket, Duration.ZERO, nothing));
    }

    private Decision reservedOrRefused(Priced wish, List<String> tickets, Duration longest) {
        OutboundOrder order = wish.order().guarded(tickets);
        try {
            return reserved(wish, order, longest);
        } catch (RuntimeException e) {
            return Decision.denied(
                    order, "credit", "could not be asked: " + e.getClass().getSimpleName());
        }
    }

    private Decision reserved(Priced wish, OutboundOrder order, Duration longest) {
        Money available = credit.balance(wish.account()).map(Balance::available).orElse(null);
        for (int i = 0; i < TRIES; i++) {
            TalkOffer offer = wish.offer(available, longest);
            Money price = offer.price();
            if (price == null) {
                return Decision.denied(order, "rate", offer.because());
            }
            if (offer.talk().isZero()) {
                return Decision.denied(order, Priced.unpaid(available, price));
            }
            HoldAnswer answer = credit.tryReserve(wish.hold(price, settings.lease(offer.talk())));
            if (answer instanceof HoldAnswer.Held) {
                return new Decision.Ready(order.paid(offer.talk(), price, wish.list()), wish.plan());
            } else if (answer instanceof HoldAnswer.NotEnough less) {
                available = less.available();
            } else if (answer instanceof HoldAnswer.Refused refused) {
                return Decision.denied(order, "credit", refused.because());
            }
        }
        return Decision.denied(order, "credit", OTHERS_SPEND);
    }

    @Override
    public void settle(OutboundOrder order, Duration talk, Money amount, String because) {
        if (amount.signum() == 0) {
            credit.release(order.command(), because);
        } else {
            credit.settle(order.command(), amount, because);
        }
        Tickets.settle(guard, order, talk, amount);
    }

    @Override
    public void lost(OutboundOrder order, String because) {
        // Only the guard knows its tickets, and only their leases end them; so do those of the money.
    }
}
