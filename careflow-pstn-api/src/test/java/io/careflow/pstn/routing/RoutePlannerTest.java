package io.careflow.pstn.routing;

import static io.careflow.pstn.routing.Fixtures.CALL;
import static io.careflow.pstn.routing.Fixtures.LEAST_COST;
import static io.careflow.pstn.routing.Fixtures.NOW;
import static io.careflow.pstn.routing.Fixtures.OURS;
import static io.careflow.pstn.routing.Fixtures.PRICES;
import static io.careflow.pstn.routing.Fixtures.STRANGE;
import static io.careflow.pstn.routing.Fixtures.ids;
import static io.careflow.pstn.routing.Fixtures.plan;
import static io.careflow.pstn.routing.Fixtures.route;
import static org.assertj.core.api.Assertions.assertThat;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.ProviderHealth;
import io.careflow.pstn.ProviderHealth.Availability;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.call.SipAddress;
import io.careflow.pstn.message.Messaging;
import io.careflow.pstn.money.Money;
import io.careflow.pstn.recording.Recordings;
import io.careflow.pstn.routing.DroppedRoute.Why;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is a candidate at all: for each rule one who passes, and one who does not. */
class RoutePlannerTest {
    private static final Route ROUTE = route("a", "second");

    @Test
    @DisplayName("a number of ours is reached without a carrier and costs nothing")
    void onNet() {
        OnNet desk = new OnNet("main number", List.of());
        RoutePlan plan = plan(LEAST_COST, CALL.onNet(desk), ROUTE);
        assertThat(plan.onNet()).isEqualTo(desk);
        assertThat(plan.routes()).isEmpty();
        assertThat(plan.isRoutable()).isTrue();
        assertThat(plan.expectedCost()).contains(Money.of("0", "XXX"));
        assertThat(plan.explanation())
                .isEqualTo("on-net: main number is ours, no carrier, cost 0\n"
                        + "not a: main number is ours and needs no carrier (ON_NET)");
    }

    @Test
    @DisplayName("a user of the home PBX is ours without being looked up")
    void homeUser() {
        Destination user = Destination.sip(new SipAddress("1001", null));
        RoutePlan plan = plan(LEAST_COST, to(user), ROUTE);
        assertThat(plan.onNet()).isEqualTo(new OnNet("sip:1001", List.of(user)));
    }

    @Test
    @DisplayName("a SIP address elsewhere is neither ours nor a carrier's")
    void strangeSip() {
        RoutePlan plan = plan(LEAST_COST, to(Destination.sip(new SipAddress("alice", "example.org"))), ROUTE);
        assertThat(plan.isRoutable()).isFalse();
        assertThat(plan.expectedCost()).isEmpty();
        refused(plan, Why.DESTINATION, "sip:alice@example.org is no telephone number");
    }

    @Test
    @DisplayName("a number of nobody of ours goes over a carrier, with the time and the cost of the plan")
    void carrier() {
        RoutePlan plan = plan(LEAST_COST, CALL, ROUTE);
        assertThat(plan.at()).isEqualTo(NOW);
        assertThat(plan.onNet()).isNull();
        assertThat(plan.expectedCost()).contains(Money.of("0.024", "USD"));
        assertThat(plan.explanation())
                .startsWith("1 of 1 routes can be used\n1. a: expected 0.024 USD for 120 s (catch-all prefix, 120 s");
    }

    @Test
    @DisplayName("a plan without routes says so")
    void noRoutes() {
        RoutePlan plan = plan(LEAST_COST, CALL);
        assertThat(plan.isRoutable()).isFalse();
        assertThat(plan.explanation()).isEqualTo("0 of 0 routes can be used");
    }

    @Test
    @DisplayName("a route to Canada takes Toronto")
    void country() {
        assertThat(ids(plan(LEAST_COST, CALL, ROUTE.to(Set.of("CA"))))).containsExactly("a");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "+14165550100, 'country CA is not one of the route''s'",
        "+18765550100, 'country JM is not one of the route''s'",
        "+881612345678, 'country of +881612345678 is not known, and the route is for certain countries only'"
    })
    @DisplayName("a route to the United States takes neither Canada nor Jamaica, +1 or not, nor a satellite")
    void otherCountry(String number, String because) {
        RouteRequest request = RouteRequest.of(new PhoneNumber(number), OURS);
        refused(plan(LEAST_COST, request, ROUTE.to(Set.of("US"))), Why.COUNTRY, because);
    }

    @Test
    @DisplayName("a route that can do what is needed is used")
    void capable() {
        RouteRequest request = CALL.needing(Set.of(Recordings.class));
        assertThat(ids(plan(LEAST_COST, request, ROUTE.able(Set.of(Recordings.class, Messaging.class)))))
                .containsExactly("a");
    }

    @Test
    @DisplayName("one that cannot is dropped, and the first thing missing is named")
    void incapable() {
        RouteRequest request = CALL.needing(Set.of(Recordings.class, Messaging.class));
        refused(plan(LEAST_COST, request, ROUTE), Why.CAPABILITY, "capability Messaging is missing");
    }

    @Test
    @DisplayName("a caller ID is shown where it is owned or verified, or where any of ours may be shown")
    void callerId() {
        Route open = route("b", "second");
        open = Route.of("b", open.provider(), CallerIdRule.ours()).pricedAs("second");
        assertThat(ids(plan(LEAST_COST, CALL, ROUTE, open))).containsExactly("a", "b");
        assertThat(ids(plan(LEAST_COST, CALL.showingUnproved(OURS), ROUTE))).containsExactly("a");
    }

    @Test
    @DisplayName("a caller ID that is not ours is shown nowhere")
    void strangeCallerId() {
        refused(
                plan(LEAST_COST, CALL.showingUnproved(STRANGE), ROUTE),
                Why.CALLER_ID,
                "caller ID +442079460000 is neither owned nor verified there");
        Route open = Route.of("a", ROUTE.provider(), CallerIdRule.ours()).pricedAs("second");
        refused(
                plan(LEAST_COST, CALL.showingUnproved(STRANGE), open),
                Why.CALLER_ID,
                "caller ID +442079460000 is not proved to be ours");
    }

    @Test
    @DisplayName("a caller ID may be withheld where the route lets it")
    void withheld() {
        Route shy = Route.of("b", ROUTE.provider(), CallerIdRule.ours().orWithheld())
                .pricedAs("second");
        RoutePlan plan = plan(LEAST_COST, CALL.withheld(), ROUTE, shy);
        assertThat(ids(plan)).containsExactly("b");
        refused(plan, Why.CALLER_ID, "calls without a caller ID are not let through");
    }

    @Test
    @DisplayName("a route without a rule of caller IDs is closed")
    void closed() {
        Route silent = Route.of("a", ROUTE.provider(), CallerIdRule.NONE).pricedAs("second");
        assertThat(plan(LEAST_COST, CALL, silent).isRoutable()).isFalse();
        assertThat(plan(LEAST_COST, CALL.withheld(), silent).isRoutable()).isFalse();
    }

    @Test
    @DisplayName("a route is used in any of its windows, and in no other time")
    void schedule() {
        RouteWindow before = RouteWindow.daily(ZoneOffset.UTC, LocalTime.of(9, 0), LocalTime.of(15, 0));
        RouteWindow from = RouteWindow.daily(ZoneOffset.UTC, LocalTime.of(15, 0), LocalTime.of(16, 0));
        assertThat(ids(plan(LEAST_COST, CALL, ROUTE.during(List.of(before, from)))))
                .containsExactly("a");
        refused(
                plan(LEAST_COST, CALL, ROUTE.during(List.of(before))),
                Why.SCHEDULE,
                "2026-11-22T15:00:00Z is in none of its windows" + " [MON,TUE,WED,THU,FRI,SAT,SUN 09:00-15:00 Z]");
    }

    @Test
    @DisplayName("an open circuit drops a route, and says since when and why")
    void unavailable() {
        refused(
                in(RouteState.UNWATCHED.with(health(Availability.UNAVAILABLE, null))),
                Why.HEALTH,
                "unavailable since 2026-11-22T15:00:00Z: timed out");
    }

    @Test
    @DisplayName("a healthy route is used, and so is one that nobody watches")
    void available() {
        assertThat(ids(in(RouteState.UNWATCHED.with(health(Availability.AVAILABLE, 1)))))
                .containsExactly("a");
        assertThat(ids(in(RouteState.UNWATCHED))).containsExactly("a");
    }

    @Test
    @DisplayName("a provider that takes no more requests is dropped")
    void noRequests() {
        refused(
                in(RouteState.UNWATCHED.with(health(Availability.AVAILABLE, 0))),
                Why.CHANNELS,
                "no more requests may run there now");
    }

    @Test
    @DisplayName("a route that is being probed stands behind the others, however cheap")
    void probing() {
        RoutingTable table = new RoutingTable(
                List.of(route("cheap", "free"), route("dear", "dear")),
                Map.of("cheap", RouteState.UNWATCHED.with(health(Availability.PROBING, null))),
                Map.of(),
                PRICES);
        RoutePlan plan = plan(LEAST_COST, CALL, table);
        assertThat(ids(plan)).containsExactly("dear", "cheap");
        assertThat(plan.routes().get(1).because())
                .startsWith("behind the others while its provider is being probed; expected 0 USD");
    }

    @Test
    @DisplayName("a route that was put aside is dropped until that moment, and used from it on")
    void aside() {
        refused(
                in(RouteState.UNWATCHED.asideUntil(NOW.plusMillis(1))),
                Why.HEALTH,
                "put aside until 2026-11-22T15:00:00.001Z");
        assertThat(ids(in(RouteState.UNWATCHED.asideUntil(NOW)))).containsExactly("a");
    }

    @Test
    @DisplayName("the last channel is used; when it is taken the route is dropped")
    void channels() {
        assertThat(ids(in(RouteState.UNWATCHED.carrying(29, 30)))).containsExactly("a");
        refused(in(RouteState.UNWATCHED.carrying(30, 30)), Why.CHANNELS, "all channels are taken, 30 of 30");
    }

    @Test
    @DisplayName("a limit of channels that nobody counts against is no free channel")
    void uncounted() {
        refused(in(RouteState.UNWATCHED.limitedTo(30)), Why.CHANNELS, "has 30 channels, and nobody counts its calls");
    }

    @Test
    @DisplayName("an account with enough money is used")
    void balance() {
        RoutingPolicy policy = LEAST_COST.withBalanceOf(Money.of("5", "USD"));
        assertThat(ids(in(policy, RouteState.UNWATCHED.with(Money.of("5.00", "USD")))))
                .containsExactly("a");
        assertThat(ids(in(LEAST_COST, RouteState.UNWATCHED.with(Money.of("-1", "USD")))))
                .containsExactly("a");
    }

    @Test
    @DisplayName("one with too little, or nobody knows how much, is dropped")
    void noBalance() {
        RoutingPolicy policy = LEAST_COST.withBalanceOf(Money.of("5", "USD"));
        refused(
                in(policy, RouteState.UNWATCHED.with(Money.of("4.99", "USD"))),
                Why.BALANCE,
                "balance is 4.99 USD, 5 USD are needed");
        refused(in(policy, RouteState.UNWATCHED), Why.BALANCE, "balance is not known, 5 USD are needed");
        refused(
                in(policy, RouteState.UNWATCHED.with(Money.of("100", "EUR"))),
                Why.BALANCE,
                "balance of 100 EUR cannot be compared with 5 USD");
    }

    @Test
    @DisplayName("a number that the deck refuses is never sent there, whatever becomes of unknown prices")
    void refusedByDeck() {
        RoutePlan plan = plan(LEAST_COST.with(UnknownPrice.LAST), CALL, route("a", "closed"));
        assertThat(plan.dropped().get(0).why()).isEqualTo(Why.REFUSED);
        assertThat(plan.dropped().get(0).because()).contains("rejects calls to 1416");
    }

    @Test
    @DisplayName("a route of unknown price is dropped unless the policy says otherwise")
    void unknownDropped() {
        RoutePlan plan = plan(LEAST_COST, CALL, ROUTE, route("b", "elsewhere"), route("c", "nobody"));
        assertThat(ids(plan)).containsExactly("a");
        assertThat(plan.dropped()).extracting(DroppedRoute::why).containsOnly(Why.PRICE_UNKNOWN);
        assertThat(plan.dropped().get(0).because()).startsWith("price is not known: no rate for 14165550100");
        assertThat(plan.dropped().get(1).because())
                .isEqualTo("price is not known: no OUTBOUND deck for provider nobody");
    }

    @Test
    @DisplayName("or stands last, in every order, and has no expected cost")
    void unknownLast() {
        for (RouteOrder order : List.of(RouteOrder.LEAST_COST, RouteOrder.PRIORITY, RouteOrder.QUALITY)) {
            RoutingPolicy policy = RoutingPolicy.of(order, Fixtures.USD).with(UnknownPrice.LAST);
            RoutePlan plan = plan(
                    policy,
                    CALL,
                    route("a", "elsewhere").withPriority(1),
                    route("b", "dear").withPriority(2));
            assertThat(ids(plan)).as(order.name()).containsExactly("b", "a");
            assertThat(plan.routes().get(1).expectedCost()).isNull();
            assertThat(plan.routes().get(1).because())
                    .startsWith("behind those of known price; ")
                    .contains("price is not known");
        }
    }

    @Test
    @DisplayName("a price in another currency is not compared: as good as unknown, though it is shown")
    void otherCurrency() {
        RoutePlan dropped = plan(LEAST_COST, CALL, route("a", "euro"));
        refused(dropped, Why.PRICE_UNKNOWN, "price of 0.002 EUR cannot be compared, prices are compared in USD");
        RoutePlan last = plan(LEAST_COST.with(UnknownPrice.LAST), CALL, route("a", "euro"), route("b", "dear"));
        assertThat(ids(last)).containsExactly("b", "a");
        assertThat(last.routes().get(1).expectedCost()).isEqualTo(Money.of("0.002", "EUR"));
    }

    @Test
    @DisplayName("a price of zero is a price")
    void free() {
        RoutePlan plan = plan(LEAST_COST, CALL, route("a", "free"));
        assertThat(plan.expectedCost()).contains(Money.of("0", "USD"));
    }

    @Test
    @DisplayName("a minute may cost as much as allowed, and no more")
    void cap() {
        RoutePlan plan = plan(LEAST_COST.payingPerMinute(Money.of("0.012", "USD")), CALL, ROUTE, route("b", "dear"));
        assertThat(ids(plan)).containsExactly("a");
        refused(plan, Why.PRICE_CAP, "a minute costs 0.3 USD, 0.012 USD is the most");
    }

    @Test
    @DisplayName("a minute of unknown price may be too dear")
    void capOfUnknown() {
        RoutingPolicy policy = LEAST_COST.with(UnknownPrice.LAST).payingPerMinute(Money.of("1", "USD"));
        RoutePlan plan = plan(policy, CALL, route("a", "nobody"));
        assertThat(plan.dropped().get(0).why()).isEqualTo(Why.PRICE_CAP);
        assertThat(plan.dropped().get(0).because()).endsWith("; most per minute is 1 USD");
    }

    @Test
    @DisplayName("a call may cost what we get for it, and no more; compared exactly, not rounded")
    void loss() {
        assertThat(ids(plan(LEAST_COST, CALL.soldAt(Money.of("0.024", "USD")), ROUTE)))
                .containsExactly("a");
        refused(
                plan(LEAST_COST, CALL.soldAt(Money.of("0.0239999999", "USD")), ROUTE),
                Why.LOSS,
                "expected 0.024 USD is more than the 0.0239999999 USD that we get");
    }

    @Test
    @DisplayName("a loss that rounding would hide is a loss")
    void smallLoss() {
        RoutingPolicy policy = LEAST_COST.assuming(Duration.ofSeconds(20));
        RoutePlan plan = plan(policy, CALL.soldAt(Money.of("0.050333", "USD")), route("a", "fee"));
        refused(plan, Why.LOSS, "expected 0.050333 USD is more than the 0.050333 USD that we get");
    }

    @Test
    @DisplayName("what cannot be compared with what we get is dropped")
    void lossOfUnknown() {
        refused(
                plan(LEAST_COST, CALL.soldAt(Money.of("9", "EUR")), ROUTE),
                Why.LOSS,
                "0.024 USD cannot be compared with the 9 EUR that we get");
        RouteRequest sold = CALL.soldAt(Money.of("9", "USD"));
        RoutePlan unknown = plan(LEAST_COST.with(UnknownPrice.LAST), sold, route("a", "nobody"));
        assertThat(unknown.dropped().get(0).why()).isEqualTo(Why.LOSS);
    }

    @Test
    @DisplayName("a route of bad quality is dropped in every order; one of which too little is known is not")
    void quality() {
        QualityRules rules = new QualityRules(100, Duration.ofHours(1), 40, Duration.ofSeconds(10), null);
        RouteQuality bad = new RouteQuality(100, 39, 39 * 60_000L, 0, 0, NOW);
        refused(
                in(LEAST_COST.with(rules), bad),
                Why.QUALITY,
                "ASR 39 % of 100, ACD 60 s, PDD unknown: ASR must be 40 % at least");
        assertThat(ids(in(LEAST_COST.with(rules), new RouteQuality(100, 40, 40 * 60_000L, 0, 0, NOW))))
                .containsExactly("a");
        assertThat(ids(in(LEAST_COST.with(rules), new RouteQuality(99, 0, 0, 0, 0, NOW))))
                .containsExactly("a");
        RouteQuality old = new RouteQuality(
                100, 39, 0, 0, 0, NOW.minus(Duration.ofHours(1)).minusMillis(1));
        assertThat(ids(in(LEAST_COST.with(rules), old))).containsExactly("a");
    }

    @Test
    @DisplayName("too short talk and too long a delay are bad quality too, exactly at the limit not")
    void otherQuality() {
        QualityRules rules =
                new QualityRules(1, Duration.ofHours(1), null, Duration.ofSeconds(10), Duration.ofSeconds(4));
        assertThat(in(LEAST_COST.with(rules), new RouteQuality(1, 1, 9_999, 1, 0, NOW))
                        .dropped()
                        .get(0)
                        .because())
                .endsWith("ACD must be 10 s at least");
        assertThat(in(LEAST_COST.with(rules), new RouteQuality(1, 1, 10_000, 1, 4_001, NOW))
                        .dropped()
                        .get(0)
                        .because())
                .endsWith("PDD must be 4000 ms at most");
        assertThat(ids(in(LEAST_COST.with(rules), new RouteQuality(1, 1, 10_000, 1, 4_000, NOW))))
                .containsExactly("a");
    }

    private static RouteRequest to(Destination destination) {
        return new RouteRequest(destination, null, OURS, true, Set.of(), null);
    }

    private static RoutePlan in(RouteState state) {
        return in(LEAST_COST, state);
    }

    private static RoutePlan in(RoutingPolicy policy, RouteState state) {
        return plan(policy, CALL, new RoutingTable(List.of(ROUTE), Map.of("a", state), Map.of(), PRICES));
    }

    private static RoutePlan in(RoutingPolicy policy, RouteQuality quality) {
        return plan(policy, CALL, new RoutingTable(List.of(ROUTE), Map.of(), Map.of("a", quality), PRICES));
    }

    private static ProviderHealth.State health(Availability availability, @Nullable Integer free) {
        return new ProviderHealth.State(availability, "timed out", NOW, free);
    }

    private static void refused(RoutePlan plan, Why why, String because) {
        assertThat(plan.dropped()).hasSize(1);
        assertThat(plan.dropped().get(0).why()).isEqualTo(why);
        assertThat(plan.dropped().get(0).because()).isEqualTo(because);
    }
}
