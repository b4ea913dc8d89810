package io.careflow.pstn.routing;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.ProviderHealth.Availability;
import io.careflow.pstn.ProviderHealth.State;
import io.careflow.pstn.money.Money;
import io.careflow.pstn.routing.DroppedRoute.Why;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds out whether a route may take a call at all, prices aside. What cannot be decided is refused. */
final class Screening {
    private final RoutingPolicy policy;
    private final RouteRequest request;
    private final PhoneNumber number;
    private final Instant now;

    Screening(RoutingPolicy policy, RouteRequest request, PhoneNumber number, Instant now) {
        this.policy = policy;
        this.request = request;
        this.number = number;
        this.now = now;
    }

    /** Why not, or empty if it may. */
    Optional<DroppedRoute> refusal(Route route, RouteState state, @Nullable RouteQuality measured) {
        return dropped(route, Why.COUNTRY, country(route))
                .or(() -> dropped(route, Why.CAPABILITY, capability(route)))
                .or(() -> dropped(
                        route, Why.CALLER_ID, route.callerIds().problem(request.callerId(), request.callerIdIsOurs())))
                .or(() -> dropped(route, Why.SCHEDULE, schedule(route)))
                .or(() -> dropped(route, Why.HEALTH, health(state)))
                .or(() -> dropped(route, Why.CHANNELS, channels(state)))
                .or(() -> dropped(route, Why.BALANCE, balance(state.balance())))
                .or(() -> dropped(route, Why.QUALITY, quality(measured)));
    }

    private @Nullable String country(Route route) {
        if (route.countries() == null) {
            return null;
        }
        Optional<String> country = number.country();
        if (country.isEmpty()) {
            return "country of " + number + " is not known, and the route is for certain countries only";
        }
        return country.filter(route.countries()::contains).isPresent()
                ? null
                : "country " + country.get() + " is not one of the route's";
    }

    private @Nullable String capability(Route route) {
        return request.needs().stream()
                .filter(need -> !route.capabilities().contains(need))
                .map(Class::getSimpleName)
                .min(Comparator.naturalOrder())
                .map(need -> "capability " + need + " is missing")
                .orElse(null);
    }

    private @Nullable String schedule(Route route) {
        boolean open = route.windows().isEmpty() || route.windows().stream().anyMatch(window -> window.contains(now));
        return open ? null : now + " is in none of its windows " + route.windows();
    }

    private @Nullable String health(RouteState state) {
        State health = state.health();
        if (health != null && health.availability() == Availability.UNAVAILABLE) {
            return "unavailable since " + health.since() + ": " + health.reason();
        }
        Instant until = state.asideUntil();
        return until != null && now.isBefore(until) ? "put aside until " + until : null;
    }

    private static @Nullable String channels(RouteState state) {
        State health = state.health();
        if (health != null && health.freeRequests() != null && health.freeRequests() == 0) {
            return "no more requests may run there now";
        }
        Integer most = state.channels();
        Integer calls = state.calls();
        if (most == null) {
            return null;
        }
        if (calls == null) {
            return "has " + most + " channels, and nobody counts its calls";
        }
        return calls < most ? null : "all channels are taken, " + calls + " of " + most;
    }

    private @Nullable String balance(@Nullable Money balance) {
        Money least = policy.leastBalance();
        if (least == null) {
            return null;
        }
        if (balance == null) {
            return "balance is not known, " + least + " are needed";
        }
        if (!balance.currency().equals(least.currency())) {
            return "balance of " + balance + " cannot be compared with " + least;
        }
        return balance.compareTo(least) < 0 ? "balance is " + balance + ", " + least + " are needed" : null;
    }

    private @Nullable String quality(@Nullable RouteQuality measured) {
        return measured == null || policy.quality().ignorance(measured, now) != null
                ? null
                : policy.quality().problem(measured);
    }

    private static Optional<DroppedRoute> dropped(Route route, Why why, @Nullable String because) {
        return because == null ? Optional.empty() : Optional.of(new DroppedRoute(route, why, because));
    }
}
