package io.careflow.pstn.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.ProviderHealth;
import io.careflow.pstn.ProviderHealth.Availability;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.call.NeutralCause;
import io.careflow.pstn.call.ReleasedBy;
import io.careflow.pstn.money.Money;
import io.careflow.pstn.routing.FailoverDecision.Move;
import io.careflow.pstn.routing.Outcome.Ended;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

/** What holds for every table, policy and call. */
class RoutingPropertiesTest {
    private static final List<String> PRICE_LISTS =
            List.of("minute", "second", "dear", "free", "fee", "euro", "elsewhere", "closed", "nobody");

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void theOrderInWhichRoutesAreListedDecidesNothing(
            @ForAll("tables") RoutingTable table, @ForAll("policies") RoutingPolicy policy, @ForAll long seed) {
        List<Route> shuffled = new ArrayList<>(table.routes());
        Collections.shuffle(shuffled, new Random(seed));
        RoutingTable other = new RoutingTable(shuffled, table.states(), table.qualities(), table.prices());
        assertThat(plan(other, policy, seed)).isEqualTo(plan(table, policy, seed));
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void everyRouteIsPlannedOrDroppedAndNeverBoth(
            @ForAll("tables") RoutingTable table, @ForAll("policies") RoutingPolicy policy, @ForAll long seed) {
        RoutePlan plan = plan(table, policy, seed);
        List<Route> planned = plan.routes().stream().map(PlannedRoute::route).toList();
        List<Route> dropped = plan.dropped().stream().map(DroppedRoute::route).toList();
        assertThat(Stream.concat(planned.stream(), dropped.stream()))
                .containsExactlyInAnyOrderElementsOf(table.routes());
        assertThat(plan.routes())
                .extracting(PlannedRoute::place)
                .isEqualTo(IntStream.rangeClosed(1, planned.size()).boxed().toList());
        assertThat(plan.routes())
                .allSatisfy(it -> assertThat(it.because()).isNotBlank().doesNotContain("\n"));
        assertThat(plan.dropped())
                .allSatisfy(it -> assertThat(it.because()).isNotBlank().doesNotContain("\n"));
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void whatWasDroppedChangesNothingForTheOthers(
            @ForAll("tables") RoutingTable table, @ForAll("policies") RoutingPolicy policy, @ForAll long seed) {
        RoutePlan plan = plan(table, policy, seed);
        Set<String> left = new HashSet<>(Fixtures.ids(plan));
        RoutingTable smaller = new RoutingTable(
                table.routes().stream()
                        .filter(route -> left.contains(route.id()))
                        .toList(),
                only(table.states(), left),
                only(table.qualities(), left),
                table.prices());
        assertThat(plan(smaller, policy, seed).routes()).isEqualTo(plan.routes());
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void withoutWeightsAndSharesNoLotIsDrawnAndTheOrderIsTotal(
            @ForAll("tables") RoutingTable table, @ForAll("policies") RoutingPolicy policy) {
        Assume.that(policy.order() != RouteOrder.WEIGHTED);
        RoutingPolicy fixed = policy.sharing(Map.of());
        RoutePlan plan = Fixtures.plan(fixed, Fixtures.CALL, table);
        List<String> order = Fixtures.ids(plan);
        for (String gone : order) {
            Set<String> left = new HashSet<>(order);
            left.remove(gone);
            RoutingTable smaller = new RoutingTable(
                    table.routes().stream().filter(it -> left.contains(it.id())).toList(),
                    only(table.states(), left),
                    only(table.qualities(), left),
                    table.prices());
            List<String> expected = order.stream().filter(left::contains).toList();
            assertThat(Fixtures.ids(Fixtures.plan(fixed, Fixtures.CALL, smaller)))
                    .isEqualTo(expected);
        }
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void equalsStandByPriorityThenById(@ForAll("priorities") List<Integer> priorities) {
        List<Route> routes = new ArrayList<>();
        for (int priority : priorities) {
            routes.add(
                    Fixtures.route("r" + (char) ('a' + routes.size()), "second").withPriority(priority));
        }
        Collections.shuffle(routes, new Random(priorities.hashCode()));
        for (RouteOrder order : List.of(RouteOrder.LEAST_COST, RouteOrder.PRIORITY, RouteOrder.QUALITY)) {
            RoutePlan plan = Fixtures.plan(
                    RoutingPolicy.of(order, Fixtures.USD), Fixtures.CALL, RoutingTable.of(routes, Fixtures.PRICES));
            List<String> keys = plan.routes().stream()
                    .map(it -> it.route().priority() + " " + it.route().id())
                    .toList();
            assertThat(keys).hasSameSizeAs(routes).isSorted();
        }
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void leastCostNeverPutsADearerRouteBeforeACheaperOne(
            @ForAll("tables") RoutingTable table, @ForAll("unknownPrices") UnknownPrice unknown) {
        RoutePlan plan = Fixtures.plan(Fixtures.LEAST_COST.with(unknown), Fixtures.CALL, table);
        List<Money> costs = plan.routes().stream()
                .filter(it -> !table.state(it.route()).isProbing())
                .map(PlannedRoute::expectedCost)
                .filter(Objects::nonNull)
                .filter(cost -> cost.currency().equals(Fixtures.USD))
                .toList();
        assertThat(costs).isSorted();
        if (unknown == UnknownPrice.DROP) {
            assertThat(plan.routes())
                    .allSatisfy(it -> assertThat(it.expectedCost()).isNotNull());
        }
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void failoverEndsAndTriesNothingTwiceAndNothingAfterABlock(
            @ForAll("tables") RoutingTable table, @ForAll("endings") @Size(12) List<Ended> endings) {
        RoutePlan plan = Fixtures.plan(Fixtures.PRIORITY, Fixtures.CALL, table);
        Assume.that(!plan.routes().isEmpty());
        Failover failover = Failover.standard();
        List<RouteAttempt> attempts = new ArrayList<>();
        PlannedRoute next = plan.routes().get(0);
        while (next != null) {
            FailoverDecision decision = failover.after(plan, attempts, next, endings.get(attempts.size()));
            attempts.add(decision.attempt());
            if (decision.attempt().verdict().cause() == NeutralCause.BLOCKED
                    || decision.attempt().verdict().failover() == FailoverClass.FINAL) {
                assertThat(decision.move()).isEqualTo(Move.STOP);
            }
            next = decision.next();
        }
        assertThat(attempts).hasSizeLessThanOrEqualTo(4);
        assertThat(attempts).extracting(RouteAttempt::route).doesNotHaveDuplicates();
        assertThat(attempts)
                .extracting(RouteAttempt::number)
                .isEqualTo(IntStream.rangeClosed(1, attempts.size()).boxed().toList());
    }

    @Provide
    Arbitrary<UnknownPrice> unknownPrices() {
        return Arbitraries.of(UnknownPrice.values());
    }

    @Provide
    Arbitrary<List<Integer>> priorities() {
        return Arbitraries.integers().between(0, 3).list().ofMaxSize(8);
    }

    @Provide
    Arbitrary<List<Ended>> endings() {
        List<CauseKey> keys = CauseTable.standard().keys().stream()
                .sorted((a, b) -> a.toString().compareTo(b.toString()))
                .toList();
        return Combinators.combine(Arbitraries.of(keys), Arbitraries.of(true, false))
                .as((key, rang) -> new Ended(HangupCause.UNKNOWN, rang, false, ReleasedBy.UNKNOWN, null, List.of(key)))
                .list();
    }

    @Provide
    Arbitrary<RoutingPolicy> policies() {
        return Combinators.combine(
                        Arbitraries.of(RouteOrder.values()),
                        Arbitraries.of(UnknownPrice.values()),
                        Arbitraries.of(Map.<String, Integer>of(), Map.of("ra", 30, "rc", 60)),
                        Arbitraries.of(true, false))
                .as((order, unknown, shares, capped) -> {
                    RoutingPolicy policy =
                            RoutingPolicy.of(order, Fixtures.USD).with(unknown).sharing(shares);
                    return capped ? policy.payingPerMinute(Money.of("0.10", "USD")) : policy;
                });
    }

    @Provide
    Arbitrary<RoutingTable> tables() {
        return Combinators.combine(routes(), states(), qualities()).as((routes, states, qualities) -> {
            List<Route> named = new ArrayList<>();
            Map<String, RouteState> state = new HashMap<>();
            Map<String, RouteQuality> quality = new HashMap<>();
            for (Route route : routes) {
                int at = named.size();
                String id = "r" + (char) ('a' + at);
                named.add(Route.of(id, route.provider(), route.callerIds())
                        .pricedAs(route.priceList())
                        .withPriority(route.priority())
                        .withWeight(route.weight()));
                state.put(id, states.get(at));
                quality.put(id, qualities.get(at));
            }
            return new RoutingTable(named, state, quality, Fixtures.PRICES);
        });
    }

    private static Arbitrary<List<Route>> routes() {
        return Combinators.combine(
                        Arbitraries.of(PRICE_LISTS),
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.of(CallerIdRule.ours(), CallerIdRule.only(Fixtures.OURS), CallerIdRule.NONE))
                .as((prices, priority, weight, shown) -> Route.of(
                                "r", Fixtures.route("a", "x").provider(), shown)
                        .pricedAs(prices)
                        .withPriority(priority)
                        .withWeight(weight))
                .list()
                .ofMaxSize(8);
    }

    private static Arbitrary<List<RouteState>> states() {
        return Combinators.combine(
                        Arbitraries.of(Availability.values()),
                        Arbitraries.integers().between(0, 3))
                .as((availability, calls) -> RouteState.UNWATCHED
                        .with(new ProviderHealth.State(availability, "", Fixtures.NOW, null))
                        .carrying(calls, 3))
                .list()
                .ofSize(8);
    }

    private static Arbitrary<List<RouteQuality>> qualities() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 100),
                        Arbitraries.longs().between(0, 100_000),
                        Arbitraries.longs().between(0, 10_000))
                .as((answered, talk, delay) ->
                        new RouteQuality(100, answered, answered * talk, answered, answered * delay, Fixtures.NOW))
                .list()
                .ofSize(8);
    }

    private static <T> Map<String, T> only(Map<String, T> all, Set<String> ids) {
        Map<String, T> some = new HashMap<>(all);
        some.keySet().retainAll(ids);
        return some;
    }

    private static RoutePlan plan(RoutingTable table, RoutingPolicy policy, long seed) {
        RouteRequest request = RouteRequest.of(new PhoneNumber("+14165550100"), Fixtures.OURS);
        return new RoutePlanner(Fixtures.CLOCK, new Random(seed)).plan(table, policy, request);
    }
}
