package io.careflow.pstn.desk;

import io.careflow.pstn.call.Direction;
import io.careflow.pstn.cdr.Cdr;
import io.careflow.pstn.cdr.CdrCost;
import io.careflow.pstn.cdr.CdrLeg;
import io.careflow.pstn.desk.OutboundEntry.State;
import io.careflow.pstn.money.Money;
import io.careflow.pstn.rating.RatedCall;
import io.careflow.pstn.rating.Rater;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Takes the money for a recorded call, and frees what was taken beside it. Every step may be repeated, so whoever finds it half done
 * does all of it again. Thread-safe.
 */
final class Settlements {
    private final OutboundParts parts;
    private final Taking taking;

    Settlements(OutboundParts parts, Taking taking) {
        this.parts = parts;
        this.taking = taking;
    }

    /**
     * Throws what credit, guard or book throw; nothing is lost then, a sweep comes back to it. The amount is decided in the book first,
     * so that whoever does it again books the same, whatever the prices are by then.
     */
    void settle(Cdr cdr, OutboundEntry entry) {
        if (entry.state().isFinal()) {
            return;
        }
        OutboundOrder order = OutboundOrder.of(entry);
        Money held = order.held();
        if (held == null) {
            // What was taken may not have been written down before the node died.
            boolean unused = release(entry, "no charge");
            return;
        }
        OutboundEntry decided = entry;
        if (OrderText.due(entry.order()) == null) {
            CdrCost charge = known(cdr, order, held);
            Money amount = charge.amount();
            decided = amount == null
                    ? due(
                            entry,
                            held,
                            "all of " + held + " was taken, as the price is not known: " + charge.explanation())
                    : due(entry, amount, amount + ": " + charge.explanation());
        }
        Money amount = OrderText.due(decided.order());
        if (amount != null) {
            take(decided, order, Duration.ofMillis(cdr.times().talkMillis()), amount, decided.because());
        }
    }

    /** The entry with its amount written down; if somebody else wrote meanwhile, the entry as it stands. */
    private OutboundEntry due(OutboundEntry entry, Money amount, String because) {
        OutboundEntry next = entry.become(entry.state(), because, parts.clock().instant())
                .ordering(OrderText.due(entry.order(), amount));
        return parts.book().change(next)
                ? next
                : parts.book().find(entry.command()).orElse(entry);
    }

    private void take(OutboundEntry entry, OutboundOrder order, Duration talk, Money amount, String because) {
        taking.settle(order, talk, amount, because);
        end(entry, because);
    }

    /**
     * Writes down that nobody goes on with a command, before anything of it is given back: a node that was only slow finds it so and
     * stops. It stays closed until it is ended, whoever does that.
     *
     * @return the entry as it stands then; null if somebody else wrote meanwhile, who may go on with it
     */
    @Nullable
    OutboundEntry close(OutboundEntry entry, String because) {
        if (isOver(entry)) {
            return entry.state().isFinal() ? null : entry;
        }
        OutboundEntry next =
                entry.become(entry.state(), because, parts.clock().instant()).ordering(OrderText.closed(entry.order()));
        return parts.book().change(next) ? next : null;
    }

    /** Whether nobody goes on with it. */
    static boolean isOver(OutboundEntry entry) {
        return entry.state().isFinal() || OrderText.isClosed(entry.order());
    }

    /** Whether it was closed before a call of it was known. */
    static boolean isGivenUp(OutboundEntry entry) {
        return entry.call() == null && isOver(entry) && entry.state() != State.DENIED;
    }

    /**
     * No call came of it, or none that anybody knows the end of.
     *
     * @return false if somebody goes on with it; nothing was given back then
     */
    boolean release(OutboundEntry entry, String because) {
        if (entry.order().isEmpty()) {
            return false;
        }
        OutboundOrder order = OutboundOrder.of(entry);
        Money held = order.held();
        boolean nothing = held == null && order.onNet();
        OutboundEntry closed = nothing ? entry : close(entry, because);
        if (closed == null) {
            return false;
        }
        if (held != null) {
            taking.settle(order, Duration.ZERO, Money.zero(held.currency()), because);
        } else if (!nothing) {
            taking.lost(order, because);
        }
        end(closed, because);
        return true;
    }

    /** Somebody has found out what a call in doubt came to. */
    void decide(OutboundEntry entry, Duration talk, Money cost, String because) {
        OutboundOrder order = OutboundOrder.of(entry);
        Money held = order.held();
        if (held == null || !held.currency().equals(cost.currency())) {
            throw new IllegalArgumentException("cost is " + cost + ", and " + (held == null ? "nothing" : held)
                    + " was set aside; only the same currency can be settled");
        }
        OutboundEntry decided = OrderText.due(entry.order()) == null ? due(entry, cost, entry.because()) : entry;
        Money amount = OrderText.due(decided.order());
        if (!cost.equals(amount)) {
            throw new IllegalStateException("command " + entry.command() + " "
                    + (amount == null ? "was changed meanwhile; try again" : "is being settled with " + amount)
                    + "; nothing was settled");
        }
        take(decided, order, talk, cost, because);
    }

    private void end(OutboundEntry entry, String because) {
        boolean unused = parts.book()
                .change(entry.become(State.ENDED, because, parts.clock().instant()));
    }

    /**
     * The charge; where it is not known, zero if nobody outside answered, else by the dearest of the order's lines at the prices by which the
     * money was set aside, if those still tell one.
     */
    private CdrCost known(Cdr cdr, OutboundOrder order, Money held) {
        CdrCost charge = charge(cdr, order);
        List<CdrLeg> answered =
                outside(cdr).filter(leg -> leg.answered() != null).toList();
        if (charge.isKnown()) {
            return charge;
        } else if (answered.isEmpty()) {
            return new CdrCost(Money.zero(held.currency()), BigDecimal.ZERO.setScale(10), "nobody outside answered");
        } else if (order.priceList() != null) {
            return charge;
        }
        Rater prices = parts.routes().apply(order.tenant()).prices();
        CdrCost dearest = charge;
        Money most = null;
        for (OutboundOrder.Line line : order.lines()) {
            CdrCost cost = sum(cdr, order, answered, prices, line.carrier());
            Money amount = cost.amount();
            if (amount != null
                    && amount.currency().equals(held.currency())
                    && (most == null || amount.compareTo(most) > 0)) {
                dearest = cost;
                most = amount;
            }
        }
        return dearest;
    }

    private static CdrCost sum(Cdr cdr, OutboundOrder order, List<CdrLeg> legs, Rater prices, String carrier) {
        CdrCost sum = null;
        for (CdrLeg leg : legs) {
            CdrCost cost = CdrCost.of(
                    prices.rate(carrier, Direction.OUTBOUND, cut(OutboundPricing.talk(cdr, leg), leg, cdr, order)));
            sum = sum == null ? cost : OutboundPricing.plus(sum, cost);
        }
        return Objects.requireNonNull(sum, "legs");
    }

    private static Stream<CdrLeg> outside(Cdr cdr) {
        return cdr.legs().stream().filter(leg -> leg.destination().startsWith("+"));
    }

    /** By the customer's own prices if they have any, else what the carrier takes. */
    private CdrCost charge(Cdr cdr, OutboundOrder order) {
        String list = order.priceList();
        if (list == null) {
            return cdr.cost();
        }
        List<CdrLeg> outside = outside(cdr).toList();
        return outside.isEmpty()
                ? CdrCost.of(parts.selling()
                        .get()
                        .rate(
                                list,
                                Direction.OUTBOUND,
                                RatedCall.unanswered(order.callerId().digits())))
                : sum(cdr, order, outside, parts.selling().get(), list);
    }

    /** Nobody pays for the moment that the provider took to cut a conversation at its limit. */
    private static RatedCall cut(RatedCall call, CdrLeg leg, Cdr cdr, OutboundOrder order) {
        Instant answered = leg.answered();
        boolean wanted = !leg.leg().equals(cdr.call().id());
        long most = order.longest().toMillis();
        return wanted && answered != null && call.talkMillis() > most
                ? RatedCall.answered(call.digits(), answered, most).from(call.origin())
                : call;
    }
}
