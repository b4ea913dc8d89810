package io.careflow.pstn.routing;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.trunk.TrunkRef;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One attempt over one route and what came of it: for the call's record.
 *
 * @param number from 1 on
 * @param route id of the route
 * @param provider who was to carry the call
 * @param trunk over which trunk, or null
 * @param verdict what the end means
 * @param network what the network said; {@link HangupCause#UNKNOWN} where it was never reached
 * @param effect what a failed request may have done, or null where the call was placed
 * @param because the reason, in one line; never holds secrets
 */
public record RouteAttempt(
        int number,
        String route,
        ProviderId provider,
        @Nullable TrunkRef trunk,
        CauseVerdict verdict,
        HangupCause network,
        @Nullable Effect effect,
        String because) {
    public RouteAttempt {
        if (number < 1) {
            throw new IllegalArgumentException("number of an attempt is " + number + "; allowed are 1 and more");
        }
        Objects.requireNonNull(route, "route");
        Objects.requireNonNull(provider, "provider");
        Objects.requireNonNull(verdict, "verdict");
        Objects.requireNonNull(network, "network");
        Objects.requireNonNull(because, "because");
    }

    @Override
    public String toString() {
        return number + ". " + route + ": " + verdict + ", " + because;
    }
}
