package io.careflow.guide;

import static org.assertj.core.api.Assertions.assertThat;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.call.Direction;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.call.NeutralCause;
import io.careflow.pstn.cdr.CdrQuery;
import io.careflow.pstn.cdr.RouteQualities;
import io.careflow.pstn.csv.CsvFormat;
import io.careflow.pstn.csv.DeckLoad;
import io.careflow.pstn.csv.DeckReader;
import io.careflow.pstn.csv.RateColumn;
import io.careflow.pstn.jdbc.DatabaseSettings;
import io.careflow.pstn.jdbc.PstnDatabase;
import io.careflow.pstn.jdbc.RateSheet;
import io.careflow.pstn.lab.LabPostgres;
import io.careflow.pstn.money.Money;
import io.careflow.pstn.rating.Margin;
import io.careflow.pstn.rating.Rate;
import io.careflow.pstn.rating.RateDeck;
import io.careflow.pstn.rating.Rater;
import io.careflow.pstn.rating.RatingResult;
import io.careflow.pstn.routing.CallerIdRule;
import io.careflow.pstn.routing.CauseKey;
import io.careflow.pstn.routing.CauseTable;
import io.careflow.pstn.routing.CauseVerdict;
import io.careflow.pstn.routing.Failover;
import io.careflow.pstn.routing.FailoverClass;
import io.careflow.pstn.routing.FailoverDecision;
import io.careflow.pstn.routing.FailoverDecision.Move;
import io.careflow.pstn.routing.OnNet;
import io.careflow.pstn.routing.Outcome;
import io.careflow.pstn.routing.PlannedRoute;
import io.careflow.pstn.routing.QualityRules;
import io.careflow.pstn.routing.Route;
import io.careflow.pstn.routing.RouteAttempt;
import io.careflow.pstn.routing.RouteOrder;
import io.careflow.pstn.routing.RoutePlan;
import io.careflow.pstn.routing.RoutePlanner;
import io.careflow.pstn.routing.RouteQuality;
import io.careflow.pstn.routing.RouteRequest;
import io.careflow.pstn.routing.RouteState;
import io.careflow.pstn.routing.RouteWindow;
import io.careflow.pstn.routing.RoutingPolicy;
import io.careflow.pstn.routing.RoutingTable;
import io.careflow.pstn.routing.TriedRoute;
import io.careflow.pstn.trunk.TrunkRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** The snippets of {@code docs/routing.md}, run. */
class RoutingGuideIT {
    private static final Currency USD = Currency.getInstance("USD");
    private static final ProviderId PBX = new ProviderId("asterisk");
    private static final PhoneNumber OURS = new PhoneNumber("+14165550100");
    private static final PhoneNumber THEIRS = new PhoneNumber("+14165550199");

    /** A Monday, 10:00 in Toronto. */
    private final Instant now = Instant.parse("2026-03-02T15:00:00Z");

    private final Clock clock = Clock.fixed(now, ZoneOffset.UTC);
    private final Route east = east();
    private final Route west = Route.of("west", PBX, CallerIdRule.ours()).pricedAs("west-retail");
    private final Rater prices = Rater.of(List.of(deck("east", "0.004"), deck("west-retail", "0.005")));
    private final List<String> alarms = new ArrayList<>();
    private final List<String> aside = new ArrayList<>();

    @TempDir
    private Path folder;

    @Test
    void plans() {
        RoutePlan plan = plan(policy(Map.of()), RouteState.UNWATCHED, Map.of());
        assertThat(plan.routes().get(0).route()).isEqualTo(east);
        assertThat(plan.explanation()).contains("1. east", "2. west");
        assertThat(plan.expectedCost()).contains(Money.of("0.012", "USD"));
        assertThat(plan(policy(Map.of("west", 100)), RouteState.UNWATCHED, Map.of())
                        .explanation())
                .contains("1. west: first by its share of 100 %");

        RoutePlan full = plan(policy(Map.of()), RouteState.UNWATCHED.carrying(30, 30), Map.of());
        assertThat(full.explanation()).contains("not east", "all channels are taken, 30 of 30");
    }

    @Test
    void oursNeedNoCarrier() {
        // snippet: on-net
        OnNet user = new OnNet("care4w-0001", List.of(Destination.sip("sip:1001@pbx.example.org")));
        RouteRequest request = RouteRequest.of(THEIRS, OURS).onNet(user);
        // end
        RoutePlan plan = new RoutePlanner(clock, new SecureRandom())
                .plan(RoutingTable.of(List.of(east), prices), policy(Map.of()), request);
        assertThat(plan.onNet()).isEqualTo(user);
        assertThat(plan.routes()).isEmpty();
    }

    @Test
    void failsOver() {
        List<TriedRoute> tried = call(
                plan(policy(Map.of()), RouteState.UNWATCHED, Map.of()),
                place -> place.route().equals(east)
                        ? Outcome.unanswered(new HangupCause(21, 403, "Forbidden"), false)
                        : Outcome.unanswered(new HangupCause(17, 486, "Busy Here"), true));
        assertThat(tried).extracting(TriedRoute::move).containsExactly(Move.NEXT, Move.STOP);
        assertThat(alarms).singleElement().asString().contains("east");
        assertThat(aside).isEmpty();
    }

    @Test
    void priceListsAndMargin() throws IOException {
        Files.writeString(folder.resolve("east.csv"), "Prefix,Rate,Billing\n\"1416,1647\",0.004,60/60\n44,0.01,1/1\n");
        try (LabPostgres postgres = LabPostgres.start()) {
            PstnDatabase database = PstnDatabase.open(source(postgres), DatabaseSettings.defaults());
            load(database, folder.resolve("east.csv"));
            Rater carriers = database.rates().load();
            Rater customers = Rater.of(List.of(deck("customers", "0.012")));
            Margin margin = margin(carriers, customers);
            assertThat(margin)
                    .isInstanceOfSatisfying(
                            Margin.Known.class,
                            known -> assertThat(known.amount()).isEqualTo(Money.of("0.016", "USD")));
            assertThat(quality(database)).isEmpty();
        }
    }

    private static Route east() {
        // snippet: route
        Route east = Route.of("east", PBX, CallerIdRule.ours())
                .over(new TrunkRef(PBX, "east-trunk"))
                .pricedAs("east")
                .withPriority(10)
                .to(Set.of("CA", "US"))
                .during(List.of(
                        RouteWindow.workdays(ZoneId.of("America/Toronto"), LocalTime.of(8, 0), LocalTime.of(18, 0))));
        // end
        return east;
    }

    private static RoutingPolicy policy(Map<String, Integer> shares) {
        // snippet: policy
        RoutingPolicy policy = RoutingPolicy.of(RouteOrder.LEAST_COST, USD)
                .assuming(Duration.ofMinutes(3))
                .payingPerMinute(Money.of("0.10", "USD"))
                .with(new QualityRules(100, Duration.ofHours(2), 20, null, Duration.ofSeconds(8)))
                .sharing(shares); // such as Map.of("west", 5): west first in 5 of 100 calls
        // end
        return policy;
    }

    private RoutePlan plan(RoutingPolicy policy, RouteState eastState, Map<String, RouteQuality> qualities) {
        // snippet: plan
        RoutingTable table = new RoutingTable(List.of(east, west), Map.of("east", eastState), qualities, prices);
        RoutePlanner planner = new RoutePlanner(clock, new SecureRandom());
        RoutePlan plan = planner.plan(table, policy, RouteRequest.of(THEIRS, OURS));
        String why = plan.explanation();
        // end
        assertThat(why).isNotBlank();
        return plan;
    }

    private static Failover failover() {
        // snippet: own-causes
        CauseTable west = CauseTable.standard()
                .with(CauseKey.sip(404), new CauseVerdict(NeutralCause.NO_ROUTE, FailoverClass.NEXT));
        Failover failover = new Failover(CauseTable.standard(), Map.of("west", west), 3, Duration.ofSeconds(10));
        // end
        return failover;
    }

    private List<TriedRoute> call(RoutePlan plan, Function<PlannedRoute, Outcome> dial) {
        Failover failover = failover();
        // snippet: failover
        List<RouteAttempt> attempts = new ArrayList<>();
        List<TriedRoute> record = new ArrayList<>();
        for (PlannedRoute place = plan.routes().get(0); place != null; ) {
            Instant began = clock.instant();
            Outcome outcome = dial.apply(place); // yours: places the call and waits for its end
            FailoverDecision decision = failover.after(plan, attempts, place, outcome);
            attempts.add(decision.attempt());
            record.add(TriedRoute.of(place, decision, Destination.number(THEIRS), began, null, null, clock.instant()));
            if (decision.alarm() != null) {
                alarms.add(decision.alarm().route() + ": " + decision.alarm().because());
            }
            if (decision.aside() != null) {
                aside.add(decision.aside().route());
            }
            place = decision.next();
        }
        // end
        return record;
    }

    private static void load(PstnDatabase database, Path file) throws IOException {
        // snippet: import
        CsvFormat format = CsvFormat.builder()
                .column(RateColumn.PREFIX, "Prefix")
                .column(RateColumn.PRICE, "Rate")
                .column(RateColumn.INCREMENTS, "Billing")
                .build();
        DeckLoad load = new DeckReader(format)
                .read(
                        file,
                        RateDeck.builder("east", "2026-12", "east", Direction.OUTBOUND)
                                .currency(USD));
        if (load instanceof DeckLoad.Loaded loaded) {
            database.rates().replace(RateSheet.of(loaded.deck()));
        } else if (load instanceof DeckLoad.Refused refused) {
            throw new IOException(refused.count() + " bad rows, the first is "
                    + refused.first().get(0));
        }
        // end
    }

    private Margin margin(Rater carriers, Rater customers) {
        // snippet: margin
        RatingResult paid =
                carriers.quote("east", Direction.OUTBOUND, THEIRS.digits(), now).forMinutes(2);
        RatingResult sold = customers
                .quote("customers", Direction.OUTBOUND, THEIRS.digits(), now)
                .forMinutes(2);
        Margin margin = Margin.of(sold, paid);
        // end
        return margin;
    }

    private Map<RouteQualities.Key, RouteQuality> quality(PstnDatabase database) {
        // snippet: qualities
        CdrQuery lastTwoHours = CdrQuery.between(now.minus(Duration.ofHours(2)), now);
        Map<RouteQualities.Key, RouteQuality> measured = database.cdrs().qualitiesByCountry(lastTwoHours);
        // end
        return measured;
    }

    private static RateDeck deck(String provider, String perMinute) {
        return RateDeck.builder(provider, "1", provider, Direction.OUTBOUND)
                .currency(USD)
                .add(Rate.builder("1").perMinute(perMinute).increments(60, 60).build())
                .build();
    }

    private static PGSimpleDataSource source(LabPostgres postgres) {
        LabPostgres.Database lab = postgres.newDatabase();
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(lab.jdbcUrl());
        source.setUser(lab.user());
        source.setPassword(lab.password());
        return source;
    }
}
