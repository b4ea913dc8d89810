package io.careflow.pstn.routing;

import static io.careflow.pstn.routing.Fixtures.LEAST_COST;
import static io.careflow.pstn.routing.Fixtures.NOW;
import static io.careflow.pstn.routing.Fixtures.OURS;
import static io.careflow.pstn.routing.Fixtures.PRICES;
import static io.careflow.pstn.routing.Fixtures.route;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.money.Money;
import io.careflow.pstn.trunk.TrunkRef;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What values refuse, naming the field, and what they still allow. */
class RoutingValuesTest {
    private static final Route ROUTE = route("a", "second");

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrong")
    @DisplayName("what is wrong is refused by name")
    void refused(String message, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(message);
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                row("route id is blank", () -> Route.of(" ", ROUTE.provider(), CallerIdRule.NONE)),
                row("price list is blank", () -> ROUTE.pricedAs("")),
                row("priority of route a is -1", () -> ROUTE.withPriority(-1)),
                row("weight of route a is -1", () -> ROUTE.withWeight(-1)),
                row("weight of route a is 1000001", () -> ROUTE.withWeight(1_000_001)),
                row("country of route a is 'ca'", () -> ROUTE.to(Set.of("ca"))),
                row("countries of route a are none", () -> ROUTE.to(Set.of())),
                row("is not one of provider a", () -> ROUTE.over(new TrunkRef(new ProviderId("b"), "t"))),
                row("calls are -1", () -> RouteState.UNWATCHED.carrying(-1, 1)),
                row("channels are 0", () -> RouteState.UNWATCHED.carrying(0, 0)),
                row("answered are 2 of 1", () -> new RouteQuality(1, 2, 0, 0, 0, NOW)),
                row("rung are -1 of 1", () -> new RouteQuality(1, 0, 0, -1, 0, NOW)),
                row("attempts, talk and delay are", () -> new RouteQuality(1, 0, -1, 0, 0, NOW)),
                row("answered are 0 of -1", () -> new RouteQuality(-1, 0, 0, 0, 0, NOW)),
                row("minimum sample is 0", () -> new QualityRules(0, Duration.ZERO, null, null, null)),
                row("least ASR is 101", () -> new QualityRules(1, Duration.ZERO, 101, null, null)),
                row("assumed talk is PT0S", () -> LEAST_COST.assuming(Duration.ZERO)),
                row("assumed talk is PT1.5S", () -> LEAST_COST.assuming(Duration.ofMillis(1500))),
                row("assumed talk is PT24H1S", () -> LEAST_COST.assuming(Duration.ofSeconds(86_401))),
                row("most per minute is -1 USD", () -> LEAST_COST.payingPerMinute(Money.of("-1", "USD"))),
                row("allowed are 0 and more USD", () -> LEAST_COST.payingPerMinute(Money.of("1", "EUR"))),
                row("share of route a is 0", () -> LEAST_COST.sharing(Map.of("a", 0))),
                row("shares are 101 percent", () -> LEAST_COST.sharing(Map.of("a", 50, "b", 51))),
                row("two routes have the id a", () -> RoutingTable.of(List.of(ROUTE, ROUTE), PRICES)),
                row(
                        "state of z belongs to no route",
                        () -> new RoutingTable(List.of(ROUTE), Map.of("z", RouteState.UNWATCHED), Map.of(), PRICES)),
                row(
                        "quality of z belongs to no route",
                        () -> new RoutingTable(
                                List.of(ROUTE), Map.of(), Map.of("z", new RouteQuality(1, 1, 1, 1, 1, NOW)), PRICES)),
                row(
                        "none can be ours",
                        () -> new RouteRequest(Destination.number(OURS), null, null, true, Set.of(), null)),
                row("place is 0", () -> new PlannedRoute(0, ROUTE, null, "")),
                row(
                        "needs no routes",
                        () -> new RoutePlan(
                                NOW,
                                new OnNet("0001", List.of()),
                                List.of(new PlannedRoute(1, ROUTE, null, "")),
                                List.of())),
                row("pause is PT-1S", () -> new RouteAside("a", Duration.ofSeconds(-1))));
    }

    @Test
    @DisplayName("what lies on the edge is allowed")
    void edges() {
        assertThatCode(() -> {
                    ROUTE.withPriority(0).withWeight(0).withWeight(1_000_000).to(Set.of("CA", "US"));
                    ROUTE.over(new TrunkRef(ROUTE.provider(), "t"));
                    RouteState.UNWATCHED.carrying(0, 1);
                    LEAST_COST.assuming(Duration.ofSeconds(1)).assuming(Duration.ofHours(24));
                    LEAST_COST.sharing(Map.of("a", 50, "b", 50));
                    LEAST_COST.payingPerMinute(Money.of("0", "USD"));
                })
                .doesNotThrowAnyException();
    }

    @Test
    @DisplayName("quality of two nodes adds up; without calls there is none")
    void sums() {
        RouteQuality one = new RouteQuality(100, 50, 50_000, 10, 10_000, NOW);
        RouteQuality two = new RouteQuality(300, 250, 950_000, 30, 90_000, NOW.minusSeconds(5));
        assertThat(one.plus(two)).isEqualTo(new RouteQuality(400, 300, 1_000_000, 40, 100_000, NOW));
        assertThat(two.plus(one)).isEqualTo(one.plus(two));
        assertThat(one.plus(two)).hasToString("ASR 75 % of 400, ACD 3 s, PDD 2500 ms");
        RouteQuality none = new RouteQuality(0, 0, 0, 0, 0, NOW);
        assertThat(none.answeredPercent()).isEmpty();
        assertThat(none.averageTalkMillis()).isEmpty();
        assertThat(none.averageDelayMillis()).isEmpty();
        assertThat(none).hasToString("ASR unknown of 0, ACD unknown, PDD unknown");
    }

    private static Arguments row(String message, ThrowingCallable call) {
        return Arguments.of(message, call);
    }
}
