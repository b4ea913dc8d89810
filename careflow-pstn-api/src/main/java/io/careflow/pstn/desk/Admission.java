package io.careflow.pstn.desk;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.call.Direction;
import io.careflow.pstn.call.Disposition;
import io.careflow.pstn.credit.Balance;
import io.careflow.pstn.credit.CreditAccount;
import io.careflow.pstn.credit.Hold;
import io.careflow.pstn.credit.HoldAnswer;
import io.careflow.pstn.desk.OutboundGuard.Ruling;
import io.careflow.pstn.directory.Did;
import io.careflow.pstn.directory.User;
import io.careflow.pstn.money.Money;
import io.careflow.pstn.rating.Quote;
import io.careflow.pstn.rating.RatedCall;
import io.careflow.pstn.rating.Rater;
import io.careflow.pstn.routing.PlannedRoute;
import io.careflow.pstn.routing.RoutePlan;
import io.careflow.pstn.routing.RouteRequest;
import io.careflow.pstn.routing.RoutingTable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides about one wish: whom it reaches, whether that is allowed, what it may cost, and sets the money aside. Whatever cannot be
 * decided is a denial. Thread-safe.
 */
final class Admission {
    /** Prompts and the provider's own delays, while the user's phone is billed already. */
    private static final Duration BESIDE = Duration.ofSeconds(15);

    private static final Duration MARGIN = Duration.ofMinutes(5);
    private static final Duration LONGEST_LEASE = Duration.ofHours(24);
    private static final int TRIES = 3;

    private final OutboundParts parts;

    Admission(OutboundParts parts) {
        this.parts = parts;
    }

    /** The decision on an order of which only the wish is known. */
    Decision decide(OutboundOrder asked, User user) {
        try {
            return decided(asked, user);
        } catch (RuntimeException e) {
            return Decision.denied(
                    asked, "undecided", "could not be decided: " + e.getClass().getSimpleName());
        }
    }

    private Decision decided(OutboundOrder asked, User user) {
        if (!isOurs(asked)) {
            return Decision.denied(
                    asked, "caller-id", "caller ID " + asked.callerId() + " is neither owned nor verified");
        }
        Wanted wanted = Wanted.of(
                asked.wanted(),
                asked.tenant(),
                parts.directory(),
                parts.settings().homeRegion());
        OutboundOrder order = asked.to(List.of(), wanted.shown(), wanted.own() != null);
        if (wanted.problem() != null) {
            return new Decision.Refused(
                    order,
                    new CallbackAnswer.Denied(List.of("destination"), wanted.shown() + " " + wanted.problem()),
                    wanted.own() == null ? Disposition.UNKNOWN_NUMBER : Disposition.NOT_REGISTERED);
        }
        RoutingTable table = parts.routes().apply(order.tenant());
        RoutePlan plan = parts.planner().plan(table, parts.policy(), request(order, wanted));
        if (!plan.isRoutable()) {
            return new Decision.Refused(
                    order, new CallbackAnswer.NoRoute(plan, plan.explanation()), Disposition.FAILED);
        }
        if (wanted.own() != null) {
            return onNet(order.to(wanted.own().endpoints(), wanted.shown(), true), plan);
        }
        return priced(order.to(whom(wanted), wanted.shown(), false), user, plan, table);
    }

    private static List<Destination> whom(Wanted wanted) {
        return wanted.number() == null ? List.of() : List.of(Destination.number(wanted.number()));
    }

    /** A call to a colleague costs nothing, but a phone outside that is rung for it does. */
    private Decision onNet(OutboundOrder order, RoutePlan plan) {
        if (userNumber(order) == null) {
            return new Decision.Ready(order.paid(parts.settings().longestTalk(), null, null), plan);
        }
        return Decision.denied(
                order, "phone", "a call to " + order.wanted() + " of ours needs a phone of ours, not " + order.phone());
    }

    private Decision priced(OutboundOrder order, User user, RoutePlan plan, RoutingTable table) {
        String list = parts.priceList().apply(user).orElse(null);
        List<List<TalkOffer.Leg>> ways = list == null
                ? plan.routes().stream()
                        .map(route -> legs(order, table.prices(), route.route().priceList()))
                        .toList()
                : List.of(legs(order, parts.selling().get(), list));
        TalkOffer minute = TalkOffer.of(ways, null, Duration.ofSeconds(60));
        if (!minute.isPriced()) {
            return Decision.denied(order, "rate", "price is not known: " + minute.because());
        }
        Duration longest = parts.settings().longestTalk();
        List<String> tickets = new ArrayList<>();
        for (PhoneNumber number : numbers(order)) {
            Ruling ruling = parts.guard().decide(question(order, number, !tickets.isEmpty(), ways, longest));
            if (!ruling.passes()) {
                free(tickets, minute);
                return new Decision.Refused(
                        order, new CallbackAnswer.Denied(ruling.rules(), ruling.because()), Disposition.DENIED);
            }
            tickets.add(ruling.ticket());
            longest = ruling.longest().compareTo(longest) < 0 ? ruling.longest() : longest;
        }
        Decision decision = reservedOrFreed(order.guarded(tickets), user, plan, ways, list, longest);
        if (decision instanceof Decision.Refused) {
            free(tickets, minute);
        }
        return decision;
    }

    private Decision reservedOrFreed(
            OutboundOrder order,
            User user,
            RoutePlan plan,
            List<List<TalkOffer.Leg>> ways,
            @Nullable String list,
            Duration longest) {
        try {
            return reserved(order, user, plan, ways, list, longest);
        } catch (RuntimeException e) {
            return Decision.denied(
                    order, "credit", "could not be asked: " + e.getClass().getSimpleName());
        }
    }

    private void free(List<String> tickets, TalkOffer priced) {
        Money price = priced.price();
        if (price != null) {
            tickets.forEach(ticket -> parts.guard().settle(ticket, Duration.ZERO, Money.zero(price.currency())));
        }
    }

    private Decision reserved(
            OutboundOrder order,
            User user,
            RoutePlan plan,
            List<List<TalkOffer.Leg>> ways,
            @Nullable String list,
            Duration longest) {
        CreditAccount account = parts.account().apply(user);
        Money available =
                parts.credit().balance(account).map(Balance::available).orElse(null);
        for (int i = 0; i < TRIES; i++) {
            TalkOffer offer = TalkOffer.of(ways, available, longest);
            Money price = offer.price();
            if (price == null) {
                return Decision.denied(order, "rate", offer.because());
            }
            if (offer.talk().isZero()) {
                Money left = available == null ? Money.zero(price.currency()) : available;
                return new Decision.Refused(order, new CallbackAnswer.NotPaid(left, price), Disposition.DENIED);
            }
            HoldAnswer answer = parts.credit()
                    .reserve(new Hold(
                            order.command(), account, price, lease(offer.talk()), "call to " + order.wanted()));
            if (answer instanceof HoldAnswer.Held) {
                return new Decision.Ready(order.paid(offer.talk(), price, list), plan);
            } else if (answer instanceof HoldAnswer.NotEnough less) {
                available = less.available();
            } else if (answer instanceof HoldAnswer.Refused refused) {
                return Decision.denied(order, "credit", refused.because());
            }
        }
        return Decision.denied(order, "credit", "others spend from the account at the same time");
    }

    Duration lease(Duration talk) {
        Duration lease = talk.plus(parts.settings().ringUser())
                .plus(parts.settings().ringFor())
                .plus(MARGIN);
        return lease.compareTo(LONGEST_LEASE) > 0 ? LONGEST_LEASE : lease;
    }

    /** The destination's question counts the price of all legs, so the own phone's counts none: see {@link Tickets}. */
    private static OutboundGuard.Question question(
            OutboundOrder order, PhoneNumber number, boolean own, List<List<TalkOffer.Leg>> ways, Duration wanted) {
        OutboundGuard.Purpose purpose = own
                ? OutboundGuard.Purpose.OWN_PHONE
                : order.room() != null
                        ? OutboundGuard.Purpose.CONFERENCE
                        : order.isDirect() ? OutboundGuard.Purpose.DIRECT : OutboundGuard.Purpose.CALLBACK;
        return new OutboundGuard.Question(
                order.command().value() + (own ? "/own" : ""),
                order.tenant(),
                order.user(),
                purpose,
                number,
                perMinute(ways),
                talk -> {
                    Money all =
                            TalkOffer.price(ways, Math.max(1, talk.toSeconds())).orElseThrow();
                    return own ? Money.zero(all.currency()) : all;
                },
                wanted);
    }

    /** Of the dearest leg: what guards compare. */
    private static Money perMinute(List<List<TalkOffer.Leg>> ways) {
        return ways.stream()
                .flatMap(List::stream)
                .flatMap(leg -> leg.quote().perMinute().stream())
                .reduce((one, other) -> one.compareTo(other) < 0 ? other : one)
                .orElseThrow();
    }

    private List<TalkOffer.Leg> legs(OutboundOrder order, Rater prices, String list) {
        Instant now = parts.clock().instant();
        List<TalkOffer.Leg> legs = new ArrayList<>();
        for (PhoneNumber number : numbers(order)) {
            RatedCall call = RatedCall.answered(number.digits(), now, 0)
                    .from(order.callerId().digits());
            Quote quote = prices.quote(list, Direction.OUTBOUND, call);
            Duration beside =
                    legs.isEmpty() ? Duration.ZERO : parts.settings().ringFor().plus(BESIDE);
            legs.add(new TalkOffer.Leg(quote, beside));
        }
        return legs;
    }

    /** Everybody outside who is called: the destination, then the user's own phone if it is a number. */
    private static List<PhoneNumber> numbers(OutboundOrder order) {
        List<PhoneNumber> numbers = new ArrayList<>();
        order.destinations().forEach(to -> {
            if (to instanceof Destination.Phone phone) {
                numbers.add(phone.number());
            }
        });
        PhoneNumber own = userNumber(order);
        if (own != null) {
            numbers.add(own);
        }
        return numbers;
    }

    private static @Nullable PhoneNumber userNumber(OutboundOrder order) {
        return order.phone().startsWith("+") ? new PhoneNumber(order.phone()) : null;
    }

    private RouteRequest request(OutboundOrder order, Wanted wanted) {
        Destination to = wanted.number() == null
                ? wanted.own() == null
                        ? Destination.sip("nobody")
                        : wanted.own().endpoints().get(0)
                : Destination.number(wanted.number());
        return new RouteRequest(to, wanted.own(), order.callerId(), true, Set.of(), null);
    }

    private boolean isOurs(OutboundOrder order) {
        Optional<Did> did = parts.directory().did(order.callerId());
        return did.filter(number -> number.tenant().equals(order.tenant())).isPresent()
                || parts.verified().test(order.tenant(), order.callerId());
    }

    /** Nothing came of it: everything that was taken is free again. */
    void undo(OutboundOrder order, String because) {
        Money held = order.held();
        if (held != null) {
            parts.credit().release(order.command(), because);
            Tickets.settle(parts.guard(), order, Duration.ZERO, Money.zero(held.currency()));
        }
    }

    /** The way that was found for a route, as the book keeps it. */
    static OutboundOrder.Line line(PlannedRoute planned) {
        return new OutboundOrder.Line(
                planned.route().id(),
                planned.route().trunk() == null ? "" : planned.route().trunk().id(),
                planned.route().priceList());
    }

    /** What was decided. */
    sealed interface Decision {
        /** It may be placed. */
        record Ready(OutboundOrder order, RoutePlan plan) implements Decision {}

        /** It may not. */
        record Refused(OutboundOrder order, CallbackAnswer answer, Disposition disposition) implements Decision {}

        static Refused denied(OutboundOrder order, String rule, String because) {
            return new Refused(order, new CallbackAnswer.Denied(List.of(rule), because), Disposition.DENIED);
        }
    }
}
