package io.careflow.pstn.routing;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.rating.RatedCall;
import io.careflow.pstn.routing.DroppedRoute.Why;
import io.careflow.pstn.routing.Pricing.Quote;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Plans the way of a call: to one of ours without any carrier, else over the routes that may take it, in the order of a policy.
 * Does no I/O and remembers nothing. The order in which routes are listed decides nothing; only {@link RouteOrder#WEIGHTED} and
 * shares draw lots, from the source that was given. As thread-safe as that source.
 */
public final class RoutePlanner {
    private static final Comparator<DroppedRoute> BY_ID =
            Comparator.comparing(dropped -> dropped.route().id());

    private final Clock clock;
    private final RandomGenerator random;

    /**
     * A planner.
     *
     * @param clock tells the time for windows, prices and ages
     * @param random the lots
     */
    public RoutePlanner(Clock clock, RandomGenerator random) {
        this.clock = Objects.requireNonNull(clock, "clock");
        this.random = Objects.requireNonNull(random, "random");
    }

    /** The plan for a call. Never fails: where there is no way, the plan has no routes and says why. */
    public RoutePlan plan(RoutingTable table, RoutingPolicy policy, RouteRequest request) {
        Instant now = clock.instant();
        OnNet own = own(request);
        if (own != null) {
            return nobody(now, own, table, Why.ON_NET, own.who() + " is ours and needs no carrier");
        }
        if (!(request.to() instanceof Destination.Phone phone)) {
            String because = request.to().address() + " is no telephone number";
            return nobody(now, null, table, Why.DESTINATION, because);
        }
        return overCarriers(now, table, policy, request, phone.number());
    }

    private RoutePlan overCarriers(
            Instant now, RoutingTable table, RoutingPolicy policy, RouteRequest request, PhoneNumber number) {
        Screening screening = new Screening(policy, request, number, now);
        RatedCall call =
                RatedCall.answered(number.digits(), now, policy.assumedTalk().toMillis());
        Pricing pricing = new Pricing(table.prices(), policy, call, request.revenue());
        List<Candidate> candidates = new ArrayList<>();
        List<DroppedRoute> dropped = new ArrayList<>();
        for (Route route : table.routes()) {
            RouteQuality measured = table.qualities().get(route.id());
            RouteState state = table.state(route);
            Optional<DroppedRoute> refusal = screening.refusal(route, state, measured);
            Quote quote = refusal.isPresent() ? new Quote(refusal.get(), null, null, "") : pricing.quote(route);
            if (quote.refusal() == null) {
                candidates.add(candidate(route, state, quote, measured, policy.quality(), now));
            } else {
                dropped.add(quote.refusal());
            }
        }
        dropped.sort(BY_ID);
        return new RoutePlan(now, null, new Ranking(policy, random).rank(candidates), dropped);
    }

    private static Candidate candidate(
            Route route,
            RouteState state,
            Quote quote,
            @Nullable RouteQuality measured,
            QualityRules rules,
            Instant now) {
        String ignorance = rules.ignorance(measured, now);
        return new Candidate(
                route,
                state.isProbing(),
                quote.times60(),
                quote.shown(),
                quote.note(),
                ignorance == null ? measured : null,
                ignorance == null ? String.valueOf(measured) : ignorance);
    }

    /** A SIP user of the home PBX is always one of ours; whose a number is, the directory was asked. */
    private static @Nullable OnNet own(RouteRequest request) {
        if (request.onNet() != null) {
            return request.onNet();
        }
        boolean home = request.to() instanceof Destination.Sip sip && sip.sip().host() == null;
        return home ? new OnNet(request.to().address(), List.of(request.to())) : null;
    }

    private static RoutePlan nobody(Instant now, @Nullable OnNet own, RoutingTable table, Why why, String because) {
        List<DroppedRoute> dropped = table.routes().stream()
                .map(route -> new DroppedRoute(route, why, because))
                .sorted(BY_ID)
                .toList();
        return new RoutePlan(now, own, List.of(), dropped);
    }
}
