package io.careflow.pstn.routing;

import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.call.NeutralCause;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.routing.FailoverDecision.Move;
import io.careflow.pstn.routing.Outcome.Denied;
import io.careflow.pstn.routing.Outcome.Ended;
import io.careflow.pstn.routing.Outcome.NotPlaced;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides after each attempt whether the next candidate of a plan is tried. Only after a request that certainly did nothing, or
 * a call that is over for a reason that lies with the route. A request that may have worked ends in doubt; what was blocked as
 * fraud, by a carrier or a guard of ours, is never tried elsewhere. Immutable and thread-safe; does no I/O.
 */
public final class Failover {
    /** Of these a carrier's other trunks have no more than the one that was tried. */
    private static final Set<NeutralCause> WHOLE_ACCOUNT =
            Set.copyOf(EnumSet.of(NeutralCause.ACCOUNT, NeutralCause.PAYMENT));

    private final CauseTable causes;
    private final Map<String, CauseTable> causesByRoute;
    private final int mostAttempts;
    private final Duration pause;

    /**
     * A failover.
     *
     * @param causes what causes mean
     * @param causesByRoute the same for routes whose carrier means something else, by id
     * @param mostAttempts how many routes one call may try, 1 and more: the caller hears silence all the while
     * @param pause how long a route is put aside whose limit is reached, if the carrier does not say
     */
    public Failover(CauseTable causes, Map<String, CauseTable> causesByRoute, int mostAttempts, Duration pause) {
        if (mostAttempts < 1) {
            throw new IllegalArgumentException("most attempts are " + mostAttempts + "; allowed are 1 and more");
        }
        if (pause.isNegative()) {
            throw new IllegalArgumentException("pause is " + pause + "; allowed are 0 and more");
        }
        this.causes = Objects.requireNonNull(causes, "causes");
        this.causesByRoute = Map.copyOf(causesByRoute);
        this.mostAttempts = mostAttempts;
        this.pause = pause;
    }

    /** Standard causes, at most four attempts, ten seconds aside. */
    public static Failover standard() {
        return new Failover(CauseTable.standard(), Map.of(), 4, Duration.ofSeconds(10));
    }

    /**
     * What to do now.
     *
     * @param plan the plan that is being gone through
     * @param earlier the attempts before this one, in order
     * @param tried the candidate that was tried now
     * @param outcome what came of it
     * @throws IllegalArgumentException if the candidate is not in the plan or was tried before, or if an earlier attempt was
     *     blocked or in doubt
     */
    public FailoverDecision after(RoutePlan plan, List<RouteAttempt> earlier, PlannedRoute tried, Outcome outcome) {
        requireFresh(plan, earlier, tried);
        Ruling ruling = Ruling.of(table(tried.route()), outcome);
        Route route = tried.route();
        RouteAttempt attempt = new RouteAttempt(
                earlier.size() + 1,
                route.id(),
                route.provider(),
                route.trunk(),
                ruling.verdict(),
                outcome instanceof Ended ended ? ended.cause() : HangupCause.UNKNOWN,
                effect(outcome),
                ruling.because());
        List<RouteAttempt> attempts = new ArrayList<>(earlier);
        attempts.add(attempt);
        return decided(plan, attempts, attempt, ruling, outcome);
    }

    private FailoverDecision decided(
            RoutePlan plan, List<RouteAttempt> attempts, RouteAttempt attempt, Ruling ruling, Outcome outcome) {
        RouteAlarm alarm = ruling.verdict().failover() == FailoverClass.CONFIG
                ? new RouteAlarm(
                        attempt.route(),
                        attempt.provider(),
                        attempt.trunk(),
                        ruling.verdict().cause(),
                        ruling.because())
                : null;
        RouteAside aside = aside(attempt.route(), ruling, outcome);
        if (ruling.move() != Move.NEXT) {
            return new FailoverDecision(ruling.move(), attempt, null, List.of(), alarm, aside, ruling.because());
        }
        if (attempts.size() >= mostAttempts) {
            String because = ruling.because() + "; no more than " + mostAttempts + " attempts are made";
            return new FailoverDecision(Move.EXHAUSTED, attempt, null, List.of(), alarm, aside, because);
        }
        List<String> passedOver = new ArrayList<>();
        PlannedRoute next = next(plan, attempts, passedOver);
        return next == null
                ? new FailoverDecision(
                        Move.EXHAUSTED,
                        attempt,
                        null,
                        passedOver,
                        alarm,
                        aside,
                        ruling.because() + "; no candidate is left")
                : new FailoverDecision(Move.NEXT, attempt, next, passedOver, alarm, aside, ruling.because());
    }

    private @Nullable RouteAside aside(String route, Ruling ruling, Outcome outcome) {
        Duration asked = retryAfter(outcome);
        if (asked != null && ruling.move() == Move.NEXT) {
            return new RouteAside(route, asked);
        }
        return ruling.verdict().failover() == FailoverClass.LATER ? new RouteAside(route, pause) : null;
    }

    private static @Nullable Duration retryAfter(Outcome outcome) {
        if (outcome instanceof NotPlaced failed) {
            return failed.failure().retryAfter();
        }
        return outcome instanceof Ended ended ? ended.retryAfter() : null;
    }

    private static @Nullable PlannedRoute next(RoutePlan plan, List<RouteAttempt> attempts, List<String> passedOver) {
        Set<String> tried = new HashSet<>();
        attempts.forEach(attempt -> tried.add(attempt.route()));
        for (PlannedRoute candidate : plan.routes()) {
            if (tried.contains(candidate.route().id())) {
                continue;
            }
            RouteAttempt closed = attempts.stream()
                    .filter(attempt -> WHOLE_ACCOUNT.contains(attempt.verdict().cause())
                            && attempt.provider().equals(candidate.route().provider()))
                    .findFirst()
                    .orElse(null);
            if (closed == null) {
                return candidate;
            }
            passedOver.add(candidate.route().id() + ": same account as " + closed.route() + ", "
                    + closed.verdict().cause());
        }
        return null;
    }

    private CauseTable table(Route route) {
        return causesByRoute.getOrDefault(route.id(), causes);
    }

    private static @Nullable Effect effect(Outcome outcome) {
        if (outcome instanceof NotPlaced failed) {
            return failed.failure().effect();
        }
        return outcome instanceof Denied ? Effect.NONE : null;
    }

    private static void requireFresh(RoutePlan plan, List<RouteAttempt> earlier, PlannedRoute tried) {
        if (!plan.routes().contains(tried)) {
            throw new IllegalArgumentException("route " + tried.route().id() + " is not in the plan");
        }
        if (earlier.stream()
                .anyMatch(attempt -> attempt.route().equals(tried.route().id()))) {
            throw new IllegalArgumentException("route " + tried.route().id() + " was tried before");
        }
        for (RouteAttempt attempt : earlier) {
            if (attempt.effect() == Effect.UNKNOWN || attempt.verdict().cause() == NeutralCause.BLOCKED) {
                throw new IllegalArgumentException("nothing may be tried after " + attempt);
            }
        }
    }
}
