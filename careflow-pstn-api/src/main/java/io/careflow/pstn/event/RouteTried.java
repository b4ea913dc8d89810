package io.careflow.pstn.event;

import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.routing.TriedRoute;
import java.time.Instant;
import java.util.Objects;

/**
 * An attempt to carry the call over one trunk or provider is over. Comes once for each attempt, also for those that another one
 * followed; what the callee's side did is told by the legs.
 *
 * @param tried the attempt with its reason
 */
public record RouteTried(String id, Instant occurredAt, CallRef call, TriedRoute tried) implements CallEvent {
    public RouteTried {
        Objects.requireNonNull(tried, "tried");
    }
}
