package io.careflow.pstn.cli;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.money.Money;
import io.careflow.pstn.rating.Rater;
import io.careflow.pstn.routing.CallerIdRule;
import io.careflow.pstn.routing.Route;
import io.careflow.pstn.routing.RouteOrder;
import io.careflow.pstn.routing.RoutePlan;
import io.careflow.pstn.routing.RoutePlanner;
import io.careflow.pstn.routing.RouteRequest;
import io.careflow.pstn.routing.RoutingPolicy;
import io.careflow.pstn.routing.RoutingTable;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pstn route explain}. Asks no carrier; knows no health, balance or quality. */
@Command(
        name = "explain",
        description = {
            "In which order providers would be tried for a call, by their price lists, why each stands where it stands, and why"
                    + " others are left out.",
            "Channels, health, balance and quality are not known here. The exit code is 3 if nobody can take the call."
        },
        footer = {
            "",
            "Example:",
            "  pstn route explain --rates telnyx=telnyx.csv --rates twilio=twilio.csv --from +14165550100 --to +442071838750"
        })
final class RouteExplain implements Callable<Integer> {
    private final Session session;

    @Option(names = "--from", required = true, paramLabel = "NUMBER", description = "The number of ours that is shown.")
    private @Nullable PhoneNumber from;

    @Option(names = "--to", required = true, paramLabel = "NUMBER", description = "Who is called, in E.164.")
    private @Nullable PhoneNumber to;

    @Option(
            names = "--order",
            paramLabel = "ORDER",
            defaultValue = "LEAST_COST",
            description =
                    "What decides: ${COMPLETION-CANDIDATES}; LEAST_COST unless given. PRIORITY goes by --priority.")
    private RouteOrder order = RouteOrder.LEAST_COST;

    @Option(names = "--priority", paramLabel = "PROVIDER=N", description = "Lower is tried first; 100 unless given.")
    private Map<String, Integer> priorities = new LinkedHashMap<>();

    @Option(
            names = "--only",
            paramLabel = "PROVIDER=COUNTRY",
            description = "The provider calls this country only, such as CA.")
    private Map<String, String> countries = new LinkedHashMap<>();

    @Option(
            names = "--talk",
            paramLabel = "TIME",
            defaultValue = "2m",
            description = "How long the call is taken to last; 2m unless given.")
    private Duration talk = Duration.ofMinutes(2);

    @Option(names = "--most", paramLabel = "MONEY", description = "The dearest minute that is paid, such as 0.05USD.")
    private @Nullable Money most;

    @Mixin
    private PriceLists lists = new PriceLists();

    RouteExplain(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        PhoneNumber called = Typed.required(to);
        Rater rater = lists.rater(session);
        RoutingTable table;
        RoutingPolicy policy;
        try {
            table = RoutingTable.of(routes(PriceLists.providers(rater, called, session.now())), rater);
            policy = RoutingPolicy.of(order, lists.options().currency()).assuming(talk);
            policy = most == null ? policy : policy.payingPerMinute(most);
        } catch (IllegalArgumentException e) {
            throw new BadUsage(String.valueOf(e.getMessage()), e);
        }
        // Whoever asks twice wants the same answer.
        RoutePlanner planner = new RoutePlanner(Clock.fixed(session.now(), ZoneOffset.UTC), new Random(0));
        RoutePlan plan = planner.plan(table, policy, RouteRequest.of(called, Typed.required(from)));
        show(plan);
        return plan.isRoutable() ? ExitCode.OK : ExitCode.NO;
    }

    private List<Route> routes(List<String> providers) {
        List<Route> routes = new ArrayList<>();
        providers.forEach(name -> {
            Route route = Route.of(name, new ProviderId(name), CallerIdRule.ours())
                    .withPriority(priorities.getOrDefault(name, 100));
            String country = countries.get(name);
            routes.add(country == null ? route : route.to(Set.of(country)));
        });
        return routes;
    }

    private void show(RoutePlan plan) {
        if (!session.screen().isJson()) {
            plan.explanation().lines().forEach(line -> session.screen().line(Values.printable(line)));
            return;
        }
        Map<String, @Nullable Object> result = new LinkedHashMap<>();
        result.put("routable", plan.isRoutable());
        result.put(
                "routes",
                plan.routes().stream()
                        .map(planned -> fields(planned.route().id(), null, planned.because()))
                        .toList());
        result.put(
                "dropped",
                plan.dropped().stream()
                        .map(dropped ->
                                fields(dropped.route().id(), dropped.why().name(), dropped.because()))
                        .toList());
        session.screen().document(Results.ordered(result));
    }

    private static Map<String, @Nullable Object> fields(String route, @Nullable String why, String because) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("route", route);
        if (why != null) {
            fields.put("why", why);
        }
        fields.put("because", because);
        return fields;
    }
}
