package io.careflow.pstn.routing;

import io.careflow.pstn.ProviderHealth;
import io.careflow.pstn.money.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a route is doing at the moment of planning. It is a picture, not a hold: the channel itself is taken elsewhere, in one step.
 *
 * @param health of its provider, or null if nobody watches it
 * @param calls how many calls it carries now, or null if nobody counts
 * @param channels most calls at once, 1 and more, or null if there is no such limit
 * @param balance of the account, or null if it is not known
 * @param asideUntil first moment at which it may be tried again after {@link RouteAside}, or null
 */
public record RouteState(
        ProviderHealth.@Nullable State health,
        @Nullable Integer calls,
        @Nullable Integer channels,
        @Nullable Money balance,
        @Nullable Instant asideUntil) {
    /** Nobody watches it, it has no limits, and its balance is not known. */
    public static final RouteState UNWATCHED = new RouteState(null, null, null, null, null);

    public RouteState {
        if (calls != null && calls < 0) {
            throw new IllegalArgumentException("calls are " + calls + "; allowed are 0 and more, or null");
        }
        if (channels != null && channels < 1) {
            throw new IllegalArgumentException("channels are " + channels + "; allowed are 1 and more, or null");
        }
    }

    /** The same with this health. */
    public RouteState with(ProviderHealth.State value) {
        return new RouteState(value, calls, channels, balance, asideUntil);
    }

    /** The same, carrying so many calls of so many. */
    public RouteState carrying(int now, int most) {
        return new RouteState(health, now, most, balance, asideUntil);
    }

    /** The same with so many channels, of which nobody has said yet how many are taken. */
    public RouteState limitedTo(int most) {
        return new RouteState(health, calls, most, balance, asideUntil);
    }

    /** The same with this balance. */
    public RouteState with(Money value) {
        return new RouteState(health, calls, channels, value, asideUntil);
    }

    /** The same, put aside until then. */
    public RouteState asideUntil(Instant value) {
        return new RouteState(health, calls, channels, balance, value);
    }

    boolean isProbing() {
        return health != null && health.availability() == ProviderHealth.Availability.PROBING;
    }
}
