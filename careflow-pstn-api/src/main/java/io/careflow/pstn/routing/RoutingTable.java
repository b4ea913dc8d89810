package io.careflow.pstn.routing;

import io.careflow.pstn.rating.Rater;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Everything that planning looks at, as it is now: the routes of a tenant in any order, their states and qualities by id, and
 * prices. Immutable and thread-safe; news makes a new table.
 *
 * @param routes all routes, with different ids
 * @param states how they are doing; one without is {@link RouteState#UNWATCHED}
 * @param qualities what call records say of them; one without was not measured
 * @param prices the decks of what carriers take
 */
public record RoutingTable(
        List<Route> routes, Map<String, RouteState> states, Map<String, RouteQuality> qualities, Rater prices) {
    public RoutingTable {
        routes = List.copyOf(routes);
        states = Map.copyOf(states);
        qualities = Map.copyOf(qualities);
        Objects.requireNonNull(prices, "prices");
        Set<String> ids = new HashSet<>();
        for (Route route : routes) {
            if (!ids.add(route.id())) {
                throw new IllegalArgumentException("two routes have the id " + route.id() + "; ids must differ");
            }
        }
        requireKnown("state", states.keySet(), ids);
        requireKnown("quality", qualities.keySet(), ids);
    }

    /** Routes of which nothing is known but their prices. */
    public static RoutingTable of(List<Route> routes, Rater prices) {
        return new RoutingTable(routes, Map.of(), Map.of(), prices);
    }

    RouteState state(Route route) {
        return states.getOrDefault(route.id(), RouteState.UNWATCHED);
    }

    private static void requireKnown(String what, Set<String> keys, Set<String> ids) {
        for (String key : keys) {
            if (!ids.contains(key)) {
                throw new IllegalArgumentException(what + " of " + key + " belongs to no route; routes are " + ids);
            }
        }
    }
}
