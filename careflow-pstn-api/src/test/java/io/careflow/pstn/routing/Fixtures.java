package io.careflow.pstn.routing;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.call.Direction;
import io.careflow.pstn.rating.Rate;
import io.careflow.pstn.rating.RateDeck;
import io.careflow.pstn.rating.RateDeckBuilder;
import io.careflow.pstn.rating.Rater;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.List;
import java.util.random.RandomGenerator;

/** A small world of carriers and prices for the tests of routing. */
final class Fixtures {
    /** A Sunday. */
    static final Instant NOW = Instant.parse("2026-11-22T15:00:00Z");

    static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    static final Currency USD = Currency.getInstance("USD");
    static final PhoneNumber TORONTO = new PhoneNumber("+14165550100");
    static final PhoneNumber OURS = new PhoneNumber("+14165550199");
    static final PhoneNumber STRANGE = new PhoneNumber("+442079460000");
    static final RouteRequest CALL = RouteRequest.of(TORONTO, OURS);
    static final RoutingPolicy LEAST_COST = RoutingPolicy.of(RouteOrder.LEAST_COST, USD);
    static final RoutingPolicy PRIORITY = RoutingPolicy.of(RouteOrder.PRIORITY, USD);
    static final RoutingPolicy WEIGHTED = RoutingPolicy.of(RouteOrder.WEIGHTED, USD);
    static final RoutingPolicy QUALITY = RoutingPolicy.of(RouteOrder.QUALITY, USD);

    /** For plans that must not draw lots. */
    static final RandomGenerator NO_LOTS = () -> {
        throw new AssertionError("a lot was drawn");
    };

    /**
     * tiny and smaller: less than is booked at all; minute: 0.010 by the minute; second: 0.012 by the second; dear: 0.30; free: 0; fee: 0.001 and 0.05 for each call; euro: 0.001
     * in another currency; closed: refuses Canada.
     */
    static final Rater PRICES = Rater.of(List.of(
            deck(
                    "minute",
                    "USD",
                    Rate.catchAll().perMinute("0.010").increments(60, 60).build()),
            deck(
                    "second",
                    "USD",
                    Rate.catchAll().perMinute("0.012").increments(1, 1).build()),
            deck(
                    "dear",
                    "USD",
                    Rate.catchAll().perMinute("0.30").increments(1, 1).build()),
            deck("free", "USD", Rate.catchAll().perMinute("0").increments(1, 1).build()),
            deck(
                    "fee",
                    "USD",
                    Rate.catchAll()
                            .perMinute("0.001")
                            .increments(1, 1)
                            .connectionFee("0.05")
                            .build()),
            deck(
                    "euro",
                    "EUR",
                    Rate.catchAll().perMinute("0.001").increments(1, 1).build()),
            deck(
                    "tiny",
                    "USD",
                    Rate.catchAll().perMinute("0.0000001").increments(1, 1).build()),
            deck(
                    "smaller",
                    "USD",
                    Rate.catchAll().perMinute("0.00000009").increments(1, 1).build()),
            deck(
                    "elsewhere",
                    "USD",
                    Rate.builder("44").perMinute("0.001").increments(1, 1).build()),
            deck("closed", "USD", Rate.builder("1416").rejecting().build())));

    private Fixtures() {}

    /** A route of its own provider, that may show our number, with the prices of a deck. */
    static Route route(String id, String priceList) {
        return Route.of(id, new ProviderId(id), CallerIdRule.only(OURS)).pricedAs(priceList);
    }

    static RoutePlan plan(RoutingPolicy policy, RouteRequest request, Route... routes) {
        return plan(policy, request, RoutingTable.of(List.of(routes), PRICES));
    }

    static RoutePlan plan(RoutingPolicy policy, RouteRequest request, RoutingTable table) {
        return new RoutePlanner(CLOCK, NO_LOTS).plan(table, policy, request);
    }

    static List<String> ids(RoutePlan plan) {
        return plan.routes().stream().map(planned -> planned.route().id()).toList();
    }

    private static RateDeck deck(String provider, String currency, Rate rate) {
        RateDeckBuilder deck = RateDeck.builder(provider + "-deck", "1", provider, Direction.OUTBOUND)
                .currency(Currency.getInstance(currency));
        return deck.add(rate).build();
    }
}
