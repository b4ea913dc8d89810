package io.careflow.pstn.routing;

import io.careflow.pstn.Capability;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.money.Money;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A call that wants a route. Guards have let it pass already; a plan never makes up for one of them.
 *
 * @param to where to
 * @param onNet who of ours that is, as the directory was asked before; null if it is nobody of ours
 * @param callerId the number to be shown, or null to show none
 * @param callerIdIsOurs whether that number was proved to be ours, at whatever carrier
 * @param needs what must be possible with the call
 * @param revenue what we get for a call of the assumed duration, or null if that does not matter; dearer routes are dropped, and
 *     so are those that cannot be compared
 */
public record RouteRequest(
        Destination to,
        @Nullable OnNet onNet,
        @Nullable PhoneNumber callerId,
        boolean callerIdIsOurs,
        Set<Class<? extends Capability>> needs,
        @Nullable Money revenue) {
    public RouteRequest {
        Objects.requireNonNull(to, "to");
        needs = Set.copyOf(needs);
        if (callerId == null && callerIdIsOurs) {
            throw new IllegalArgumentException("no caller ID is shown; so none can be ours");
        }
    }

    /** A call to a number outside, showing a number that was proved to be ours. */
    public static RouteRequest of(PhoneNumber to, PhoneNumber ourCallerId) {
        return new RouteRequest(Destination.number(to), null, ourCallerId, true, Set.of(), null);
    }

    /** The same to somebody of ours. */
    public RouteRequest onNet(OnNet value) {
        return new RouteRequest(to, value, callerId, callerIdIsOurs, needs, revenue);
    }

    /** The same, showing a number that nobody proved to be ours. */
    public RouteRequest showingUnproved(PhoneNumber number) {
        return new RouteRequest(to, onNet, number, false, needs, revenue);
    }

    /** The same, showing no number. */
    public RouteRequest withheld() {
        return new RouteRequest(to, onNet, null, false, needs, revenue);
    }

    /** The same with these needs. */
    public RouteRequest needing(Set<Class<? extends Capability>> values) {
        return new RouteRequest(to, onNet, callerId, callerIdIsOurs, values, revenue);
    }

    /** The same, sold at this price for the assumed duration. */
    public RouteRequest soldAt(Money value) {
        return new RouteRequest(to, onNet, callerId, callerIdIsOurs, needs, value);
    }
}
