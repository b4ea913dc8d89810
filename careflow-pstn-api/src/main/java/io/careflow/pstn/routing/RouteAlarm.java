package io.careflow.pstn.routing;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.call.NeutralCause;
import io.careflow.pstn.trunk.TrunkRef;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Something of ours at a carrier wants mending, whether or not the call found another way.
 *
 * @param route id of the route
 * @param provider at whom
 * @param trunk which trunk, or null
 * @param cause what is wrong
 * @param because the reason, in one line; never holds secrets
 */
public record RouteAlarm(
        String route, ProviderId provider, @Nullable TrunkRef trunk, NeutralCause cause, String because) {
    public RouteAlarm {
        Objects.requireNonNull(route, "route");
        Objects.requireNonNull(provider, "provider");
        Objects.requireNonNull(cause, "cause");
        Objects.requireNonNull(because, "because");
    }
}
