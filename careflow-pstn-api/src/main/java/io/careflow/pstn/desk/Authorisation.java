package io.careflow.pstn.desk;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.call.Direction;
import io.careflow.pstn.call.Disposition;
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

/**
 * Decides about one wish: whom it reaches, whether that is allowed, what it may cost, and sets the money aside. Whatever cannot be
 * decided is a denial. Thread-safe.
 */
final class Authorisation {
    /** Prompts and the provider's own delays, while the user's phone is billed already. */
    private static final Duration BESIDE = Duration.ofSeconds(15);

    private final OutboundParts parts;
    private final Taking taking;

    Authorisation(OutboundParts parts, Taking taking) {
        this.parts = parts;
        this.taking = taking;
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
        if (order.userNumber() == null) {
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
        return minute.isPriced()
                ? taking.take(new Priced(order, parts.account().apply(user), plan, ways, list))
                : Decision.denied(order, "rate", "price is not known: " + minute.because());
    }

    private List<TalkOffer.Leg> legs(OutboundOrder order, Rater prices, String list) {
        Instant now = parts.clock().instant();
        List<TalkOffer.Leg> legs = new ArrayList<>();
        for (PhoneNumber number : Priced.numbers(order)) {
            RatedCall call = RatedCall.answered(number.digits(), now, 0)
                    .from(order.callerId().digits());
            Quote quote = prices.quote(list, Direction.OUTBOUND, call);
            Duration beside =
                    legs.isEmpty() ? Duration.ZERO : parts.settings().ringFor().plus(BESIDE);
            legs.add(new TalkOffer.Leg(quote, beside));
        }
        return legs;
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
            taking.settle(order, Duration.ZERO, Money.zero(held.currency()), because);
        }
    }

    /** The way that was found for a route, as the book keeps it. */
    static OutboundOrder.Line line(PlannedRoute planned) {
        return new OutboundOrder.Line(
                planned.route().id(),
                planned.route().trunk() == null ? "" : planned.route().trunk().id(),
                planned.route().priceList());
    }
}
