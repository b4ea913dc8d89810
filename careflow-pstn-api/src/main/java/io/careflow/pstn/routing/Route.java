package io.careflow.pstn.routing;

import io.careflow.pstn.Capability;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.trunk.TrunkRef;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One way to the public network: a provider, or one trunk of it. Says what it may carry and where it likes to stand; how it is
 * doing now is a {@link RouteState}.
 *
 * @param id names it; unique in a {@link RoutingTable}, and the last thing to decide between equals
 * @param provider who carries
 * @param trunk over which trunk, or null if the provider needs none
 * @param priceList the provider as rate decks spell it
 * @param priority lower is tried first, where an order goes by it and between equals; 0 and more
 * @param weight its part of the calls in {@link RouteOrder#WEIGHTED}, 0 to 1000000; 0 is a spare
 * @param callerIds which numbers may be shown
 * @param countries where it may call, ISO 3166-1 alpha-2 in upper case; null for everywhere
 * @param capabilities what can be done with its calls
 * @param windows when it may be used; none at all means always
 */
public record Route(
        String id,
        ProviderId provider,
        @Nullable TrunkRef trunk,
        String priceList,
        int priority,
        int weight,
        CallerIdRule callerIds,
        @Nullable Set<String> countries,
        Set<Class<? extends Capability>> capabilities,
        List<RouteWindow> windows) {
    private static final Pattern COUNTRY = Pattern.compile("[A-Z]{2}");
    private static final int HEAVIEST = 1_000_000;

    public Route {
        Objects.requireNonNull(provider, "provider");
        Objects.requireNonNull(callerIds, "callerIds");
        requireText("route id", id);
        requireText("price list", priceList);
        if (trunk != null && !trunk.provider().equals(provider)) {
            throw new IllegalArgumentException(
                    "trunk " + trunk + " of route " + id + " is not one of provider " + provider);
        }
        if (priority < 0) {
            throw new IllegalArgumentException(
                    "priority of route " + id + " is " + priority + "; allowed are 0 and more");
        }
        if (weight < 0 || weight > HEAVIEST) {
            throw new IllegalArgumentException(
                    "weight of route " + id + " is " + weight + "; allowed are 0 to " + HEAVIEST);
        }
        countries = countries == null ? null : checked(countries, id);
        capabilities = Set.copyOf(capabilities);
        windows = List.copyOf(windows);
    }

    /** A route at all times to everywhere, with priority 100 and weight 1, priced under the provider's own name. */
    public static Route of(String id, ProviderId provider, CallerIdRule callerIds) {
        return new Route(id, provider, null, provider.value(), 100, 1, callerIds, null, Set.of(), List.of());
    }

    /** The same over this trunk of the provider. */
    public Route over(TrunkRef value) {
        return new Route(id, provider, value, priceList, priority, weight, callerIds, countries, capabilities, windows);
    }

    /** The same with the prices of this name in rate decks. */
    public Route pricedAs(String value) {
        return new Route(id, provider, trunk, value, priority, weight, callerIds, countries, capabilities, windows);
    }

    /** The same with this priority; lower is tried first. */
    public Route withPriority(int value) {
        return new Route(id, provider, trunk, priceList, value, weight, callerIds, countries, capabilities, windows);
    }

    /** The same with this weight. */
    public Route withWeight(int value) {
        return new Route(id, provider, trunk, priceList, priority, value, callerIds, countries, capabilities, windows);
    }

    /** The same to these countries only. */
    public Route to(Set<String> values) {
        return new Route(id, provider, trunk, priceList, priority, weight, callerIds, values, capabilities, windows);
    }

    /** The same with these capabilities. */
    public Route able(Set<Class<? extends Capability>> values) {
        return new Route(id, provider, trunk, priceList, priority, weight, callerIds, countries, values, windows);
    }

    /** The same, only in these windows. */
    public Route during(List<RouteWindow> values) {
        return new Route(id, provider, trunk, priceList, priority, weight, callerIds, countries, capabilities, values);
    }

    private static Set<String> checked(Set<String> countries, String id) {
        for (String country : countries) {
            if (!COUNTRY.matcher(country).matches()) {
                throw new IllegalArgumentException("country of route " + id + " is '" + country
                        + "'; allowed are two upper-case letters of ISO 3166-1");
            }
        }
        if (countries.isEmpty()) {
            throw new IllegalArgumentException(
                    "countries of route " + id + " are none at all; allowed are one and more, or null");
        }
        return Set.copyOf(countries);
    }

    private static void requireText(String what, String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException(what + " is blank");
        }
    }
}
