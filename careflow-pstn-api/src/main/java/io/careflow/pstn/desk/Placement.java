package io.careflow.pstn.desk;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.call.control.Call;
import io.careflow.pstn.call.control.CallControl;
import io.careflow.pstn.call.control.CallRequest;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.error.UnsupportedFeature;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.routing.FailoverDecision;
import io.careflow.pstn.routing.Outcome;
import io.careflow.pstn.routing.PlannedRoute;
import io.careflow.pstn.routing.RouteAttempt;
import io.careflow.pstn.routing.RoutePlan;
import io.careflow.pstn.routing.TriedRoute;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sends a call out once: to the provider of the plan's first route, with all of that provider's routes, and to the next provider only
 * where the one before certainly did nothing.
 */
final class Placement {
    private final OutboundParts parts;
    private final OutboundFlows flows;

    Placement(OutboundParts parts, OutboundFlows flows) {
        this.parts = parts;
        this.flows = flows;
    }

    /**
     * Each provider of the plan once, in its order, with the routes that are its own; for a call among our own the provider of the
     * phones.
     */
    List<Way> ways(RoutePlan plan) {
        if (plan.onNet() != null) {
            return List.of(new Way(parts.home(), List.of()));
        }
        List<Way> ways = new ArrayList<>();
        for (PlannedRoute planned : plan.routes()) {
            ProviderId provider = planned.route().provider();
            boolean known = ways.stream().anyMatch(way -> way.provider().equals(provider));
            if (!known) {
                ways.add(new Way(
                        provider,
                        plan.routes().stream()
                                .filter(route -> route.route().provider().equals(provider))
                                .toList()));
            }
        }
        return ways;
    }

    /**
     * Sends it out.
     *
     * @param keep writes down which way is about to be taken, before it is; false if somebody else has taken the call over
     */
    Result place(OutboundOrder order, RoutePlan plan, Keep keep) {
        List<TriedRoute> tried = new ArrayList<>();
        String because = "no provider is left";
        for (Way way : ways(plan)) {
            OutboundOrder over = order.over(
                            way.routes().stream().map(Authorisation::line).toList())
                    .after(tried);
            if (!keep.aboutTo(over)) {
                return new Result(null, false, tried, "another node has given the command up");
            }
            Instant began = parts.clock().instant();
            try {
                CallControl control = parts.control(way.provider());
                CallRequest request = request(control, way.provider(), over);
                Call call = placed(control, request);
                return new Result(call.ref(), false, tried, "");
            } catch (Unexpected e) {
                // Of a listener, or of a provider that breaks its contract: there may be a call.
                parts.failing().accept(e.failure);
                return new Result(
                        null, true, tried, "unexpected: " + e.failure.getClass().getSimpleName());
            } catch (PstnException e) {
                because = e.failure().reason();
                FailoverDecision decision = judge(plan, way, tried, e);
                if (decision != null) {
                    tried.add(TriedRoute.of(
                            way.routes().get(0),
                            decision,
                            Destination.parse(order.phone()),
                            began,
                            null,
                            null,
                            parts.clock().instant()));
                }
                if (e.effect() == Effect.UNKNOWN) {
                    return new Result(null, true, tried, because);
                }
                if (decision == null || decision.move() != FailoverDecision.Move.NEXT) {
                    return new Result(null, false, tried, because);
                }
            } catch (RuntimeException e) {
                // Before the provider was asked to call anybody.
                parts.failing().accept(e);
                return new Result(
                        null, false, tried, "unexpected: " + e.getClass().getSimpleName());
            }
        }
        return new Result(null, false, tried, because);
    }

    private static Call placed(CallControl control, CallRequest request) {
        try {
            return control.place(request);
        } catch (PstnException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new Unexpected(e);
        }
    }

    private CallRequest request(CallControl control, ProviderId provider, OutboundOrder order) {
        control.flows().require(provider, flows.talk(order, control.flows()));
        CallFlow onAnswer = flows.begin(order.command());
        Destination phone = Destination.parse(order.phone());
        CallRequest request = CallRequest.of(order.command(), order.callerId(), phone, onAnswer)
                .forTenant(order.tenant())
                .ringingFor(parts.settings().ringUser());
        boolean outside = phone instanceof Destination.Phone;
        return listening(control, outside ? request.over(order.trunks()) : request);
    }

    private CallRequest listening(CallControl control, CallRequest request) {
        if (!parts.settings().detectMachines()) {
            return request;
        }
        try {
            control.check(request.detectingMachines());
            return request.detectingMachines();
        } catch (UnsupportedFeature e) {
            return request;
        }
    }

    private @Nullable FailoverDecision judge(RoutePlan plan, Way way, List<TriedRoute> tried, PstnException failure) {
        if (way.routes().isEmpty()) {
            return null;
        }
        List<RouteAttempt> earlier = tried.stream().map(TriedRoute::attempt).toList();
        return parts.failover().after(plan, earlier, way.routes().get(0), Outcome.notPlaced(failure));
    }

    private static final class Unexpected extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient RuntimeException failure;

        Unexpected(RuntimeException failure) {
            super(failure);
            this.failure = failure;
        }
    }

    /** Writes an order down. */
    @FunctionalInterface
    interface Keep {
        boolean aboutTo(OutboundOrder order);
    }

    /** One provider and what may be used of it. */
    record Way(ProviderId provider, List<PlannedRoute> routes) {}

    /**
     * What came of it.
     *
     * @param call the call, or null if none is known
     * @param doubtful whether there may be one all the same
     */
    record Result(@Nullable CallRef call, boolean doubtful, List<TriedRoute> tried, String because) {}
}
