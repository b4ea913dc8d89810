package io.careflow.pstn.routing;

import io.careflow.pstn.money.Money;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A candidate in its place.
 *
 * @param place from 1 on
 * @param route which
 * @param expectedCost of a call of the assumed duration, rounded as the deck says, or null if it is not known
 * @param because why it stands here, in one line
 */
public record PlannedRoute(int place, Route route, @Nullable Money expectedCost, String because) {
    public PlannedRoute {
        Objects.requireNonNull(route, "route");
        Objects.requireNonNull(because, "because");
        if (place < 1) {
            throw new IllegalArgumentException("place is " + place + "; allowed are 1 and more");
        }
    }

    @Override
    public String toString() {
        return place + ". " + route.id() + ": " + because;
    }
}
