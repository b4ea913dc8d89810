package io.careflow.pstn.routing;

import static io.careflow.pstn.routing.Fixtures.CALL;
import static io.careflow.pstn.routing.Fixtures.CLOCK;
import static io.careflow.pstn.routing.Fixtures.LEAST_COST;
import static io.careflow.pstn.routing.Fixtures.NOW;
import static io.careflow.pstn.routing.Fixtures.PRICES;
import static io.careflow.pstn.routing.Fixtures.PRIORITY;
import static io.careflow.pstn.routing.Fixtures.QUALITY;
import static io.careflow.pstn.routing.Fixtures.WEIGHTED;
import static io.careflow.pstn.routing.Fixtures.ids;
import static io.careflow.pstn.routing.Fixtures.plan;
import static io.careflow.pstn.routing.Fixtures.route;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.careflow.pstn.ProviderHealth;
import io.careflow.pstn.ProviderHealth.Availability;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who stands before whom. */
class RankingTest {
    private static final Route A = route("a", "second");
    private static final Route B = route("b", "second");
    private static final Route C = route("c", "second");

    @ParameterizedTest(name = "{0} s: {1} before {2}")
    @CsvSource({"10, second, minute", "50, minute, second", "60, minute, second", "61, second, minute"})
    @DisplayName("the expected cost decides, not the rate: increments turn the order")
    void increments(int seconds, String first, String second) {
        RoutingPolicy policy = LEAST_COST.assuming(Duration.ofSeconds(seconds));
        assertThat(ids(plan(policy, CALL, route("minute", "minute"), route("second", "second"))))
                .containsExactly(first, second);
    }

    @ParameterizedTest(name = "{0} s: {1} before {2}")
    @CsvSource({"60, second, fee", "600, fee, second"})
    @DisplayName("so does a fee for each call")
    void fee(int seconds, String first, String second) {
        RoutingPolicy policy = LEAST_COST.assuming(Duration.ofSeconds(seconds));
        assertThat(ids(plan(policy, CALL, route("fee", "fee"), route("second", "second"))))
                .containsExactly(first, second);
    }

    @Test
    @DisplayName("cost is compared exactly, below what is booked")
    void exact() {
        RoutePlan plan = plan(LEAST_COST, CALL, route("a", "tiny"), route("b", "smaller"));
        assertThat(ids(plan)).containsExactly("b", "a");
        assertThat(plan.routes().get(0).expectedCost())
                .isEqualTo(plan.routes().get(1).expectedCost());
    }

    @Test
    @DisplayName("equal cost is decided by priority, then by id, and that is said")
    void costTies() {
        RoutePlan plan = plan(LEAST_COST, CALL, C.withPriority(5), B, A);
        assertThat(ids(plan)).containsExactly("c", "a", "b");
        assertThat(plan.routes().get(0).because()).doesNotContain("equal");
        assertThat(plan.routes().get(1).because()).endsWith("; equal to c, behind it by priority 100");
        assertThat(plan.routes().get(2).because()).endsWith("; equal to a, behind it by id");
    }

    @Test
    @DisplayName("different cost is no tie")
    void noTie() {
        RoutePlan plan = plan(LEAST_COST, CALL, A, route("b", "dear"));
        assertThat(plan.routes().get(1).because()).doesNotContain("equal");
    }

    @Test
    @DisplayName("fixed priority looks at no price")
    void priority() {
        RoutePlan plan = plan(
                PRIORITY,
                CALL,
                route("cheap", "free").withPriority(2),
                route("dear", "dear").withPriority(1));
        assertThat(ids(plan)).containsExactly("dear", "cheap");
        assertThat(plan.routes().get(0).because()).startsWith("priority 1; expected 0.6 USD for 120 s");
    }

    @Test
    @DisplayName("weights are drawn in true proportion: 1 to 2 is a third and two thirds")
    void proportions() {
        Map<String, Integer> first = new HashMap<>();
        for (long lot = 0; lot < 3; lot++) {
            RandomGenerator lots = new Lots(lot, 0L);
            first.merge(ids(planned(WEIGHTED, lots, A, B.withWeight(2))).get(0), 1, Integer::sum);
        }
        assertThat(first).isEqualTo(Map.of("a", 1, "b", 2));
    }

    @Test
    @DisplayName("and so they come out over many calls")
    void manyCalls() {
        Random random = new Random(20261122);
        int firsts = 0;
        int seconds = 0;
        for (int call = 0; call < 20_000; call++) {
            List<String> order = ids(planned(WEIGHTED, random, A, B.withWeight(2), C.withWeight(7)));
            firsts += order.get(0).equals("a") ? 1 : 0;
            seconds += order.get(0).equals("c") && order.get(1).equals("a") ? 1 : 0;
        }
        assertThat(firsts).isCloseTo(2_000, within(150));
        assertThat(seconds).isCloseTo(20_000 * 7 / 30, within(200));
    }

    @Test
    @DisplayName("a lower priority comes first, however light")
    void groups() {
        assertThat(ids(planned(WEIGHTED, new Lots(0L, 9L, 0L), A, B.withWeight(9), C.withPriority(1))))
                .containsExactly("c", "b", "a");
        assertThat(ids(planned(WEIGHTED, new Lots(0L, 0L, 0L), A, B.withWeight(9), C.withPriority(1))))
                .containsExactly("c", "a", "b");
    }

    @Test
    @DisplayName("weight 0 is a spare: last of its priority, without a lot")
    void spare() {
        Lots lots = new Lots(0L, 0L);
        RoutePlan plan = planned(WEIGHTED, lots, A.withWeight(0), B, C.withWeight(3));
        assertThat(ids(plan)).containsExactly("b", "c", "a");
        assertThat(lots.allDrawn()).isTrue();
        assertThat(plan.routes().get(0).because()).startsWith("priority 100, drawn by weight 1 of 4; expected");
        assertThat(plan.routes().get(2).because()).startsWith("priority 100, a spare; expected");
    }

    @Test
    @DisplayName("the same source gives the same plan, whatever the order of the routes")
    void seeded() {
        RoutePlan one = planned(WEIGHTED, new Random(5), A, B.withWeight(2), C.withWeight(3));
        RoutePlan other = planned(WEIGHTED, new Random(5), C.withWeight(3), A, B.withWeight(2));
        assertThat(one).isEqualTo(other);
    }

    @ParameterizedTest(name = "lot {0}: {1}")
    @CsvSource({"0, b", "9, b", "10, c", "14, c", "15, a", "99, a"})
    @DisplayName("a share of the calls tries a route first, whatever the order")
    void shares(long lot, String first) {
        RoutingPolicy policy = LEAST_COST.sharing(Map.of("c", 5, "b", 10));
        RoutePlan plan = planned(policy, new Lots(lot), route("a", "free"), B, C);
        assertThat(ids(plan)).hasSize(3).startsWith(first);
        assertThat(plan.routes().get(0).because().startsWith("first by its share of"))
                .isEqualTo(!first.equals("a"));
    }

    @Test
    @DisplayName("a share does not bring back a route that was dropped")
    void shareOfDropped() {
        RoutingPolicy policy = LEAST_COST.sharing(Map.of("b", 100));
        assertThat(ids(planned(policy, new Lots(50L), A, route("b", "nobody")))).containsExactly("a");
    }

    @Test
    @DisplayName("nor does it lift one of unknown price, or one that is being probed")
    void shareOfDoubtful() {
        RoutingPolicy policy = LEAST_COST.with(UnknownPrice.LAST).sharing(Map.of("b", 100));
        assertThat(ids(planned(policy, new Lots(50L), A, route("b", "nobody")))).containsExactly("a", "b");
        RouteState probing = RouteState.UNWATCHED.with(new ProviderHealth.State(Availability.PROBING, "", NOW, null));
        RoutingTable table = new RoutingTable(List.of(A, B), Map.of("b", probing), Map.of(), PRICES);
        assertThat(ids(new RoutePlanner(CLOCK, new Lots(50L)).plan(table, policy, CALL)))
                .containsExactly("a", "b");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "ASR, 55, 60, 9000, 54, 600, 100, a",
        "ASR within a step, 55, 60, 9000, 59, 60, 8999, b",
        "PDD in the same ASR step, 55, 60, 1999, 59, 600, 2000, a",
        "ACD in the same ASR and PDD step, 55, 59, 1999, 59, 60, 1000, b",
        "all in the same steps, 55, 31, 1999, 59, 59, 1000, a"
    })
    @DisplayName("quality goes by ASR, then PDD, then ACD, in steps")
    void quality(String what, int asrA, int acdA, int pddA, int asrB, int acdB, int pddB, String first) {
        RoutePlan plan = measured(A, quality(asrA, acdA, pddA), B, quality(asrB, acdB, pddB));
        assertThat(ids(plan)).as(what).startsWith(first).hasSize(2);
    }

    @Test
    @DisplayName("a route of which too little is known stands behind, even behind a bad one, and says so")
    void unknownQuality() {
        RouteQuality few = new RouteQuality(49, 49, 49_000, 0, 0, NOW);
        RoutePlan plan = measured(A, few, B, quality(1, 1, 9_999));
        assertThat(ids(plan)).containsExactly("b", "a");
        assertThat(plan.routes().get(0).because()).startsWith("ASR 1 % of 100, ACD 1 s, PDD 9999 ms; expected");
        assertThat(plan.routes().get(1).because())
                .startsWith("quality of 49 attempts says nothing, 50 are needed; expected");
    }

    @Test
    @DisplayName("old quality is no quality")
    void oldQuality() {
        RouteQuality old = new RouteQuality(100, 100, 0, 0, 0, NOW.minusSeconds(3601));
        RoutePlan plan = measured(A, old, B, quality(1, 1, 1));
        assertThat(ids(plan)).containsExactly("b", "a");
        assertThat(plan.routes().get(1).because()).startsWith("quality is too old, of 2026-11-22T13:59:59Z");
    }

    @Test
    @DisplayName("a route that never rang stands behind one that did, within the same step of ASR")
    void neverRang() {
        RouteQuality silent = new RouteQuality(100, 50, 50_000, 0, 0, NOW);
        assertThat(ids(measured(A, silent, B, quality(50, 1, 20_000)))).containsExactly("b", "a");
    }

    private static RouteQuality quality(int asr, int acdSeconds, int pddMillis) {
        return new RouteQuality(100, asr, 1000L * asr * acdSeconds, 100, 100L * pddMillis, NOW);
    }

    private static RoutePlan measured(Route a, RouteQuality ofA, Route b, RouteQuality ofB) {
        return plan(QUALITY, CALL, new RoutingTable(List.of(a, b), Map.of(), Map.of(a.id(), ofA, b.id(), ofB), PRICES));
    }

    private static RoutePlan planned(RoutingPolicy policy, RandomGenerator lots, Route... routes) {
        return new RoutePlanner(CLOCK, lots).plan(RoutingTable.of(List.of(routes), PRICES), policy, CALL);
    }
}
