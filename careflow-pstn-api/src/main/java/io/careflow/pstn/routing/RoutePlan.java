package io.careflow.pstn.routing;

import io.careflow.pstn.money.Money;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a call goes: to one of ours, or over these routes in this order, or nowhere. Each route of the table stands in it
 * once, with its reason. Immutable and thread-safe.
 *
 * @param at when it was made
 * @param onNet one of ours who is rung without a carrier; then there are no routes. Null if it is nobody of ours
 * @param routes the candidates, the first one first
 * @param dropped the others, by id
 */
public record RoutePlan(Instant at, @Nullable OnNet onNet, List<PlannedRoute> routes, List<DroppedRoute> dropped) {
    public RoutePlan {
        Objects.requireNonNull(at, "at");
        routes = List.copyOf(routes);
        dropped = List.copyOf(dropped);
        if (onNet != null && !routes.isEmpty()) {
            throw new IllegalArgumentException("a call to " + onNet.who() + " of ours needs no routes");
        }
    }

    /** Whether there is any way at all. */
    public boolean isRoutable() {
        return onNet != null || !routes.isEmpty();
    }

    /**
     * What the first choice is expected to cost; empty if that is not known or there is none. A call among our own costs 0, in no
     * currency ({@code XXX}).
     */
    public Optional<Money> expectedCost() {
        if (onNet != null) {
            return Optional.of(Money.zero(Currency.getInstance("XXX")));
        }
        return routes.stream().findFirst().map(PlannedRoute::expectedCost);
    }

    /** The whole plan for people, a line for each route. */
    public String explanation() {
        String head = onNet != null
                ? "on-net: " + onNet.who() + " is ours, no carrier, cost 0"
                : routes.size() + " of " + (routes.size() + dropped.size()) + " routes can be used";
        return Stream.concat(Stream.of(head), Stream.concat(routes.stream(), dropped.stream()))
                .map(Object::toString)
                .collect(Collectors.joining("\n"));
    }
}
