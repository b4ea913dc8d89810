package io.careflow.pstn.routing;

import java.time.Duration;
import java.util.Objects;

/**
 * A route that is not to be tried for a while; the application puts it into {@link RouteState#asideUntil}.
 *
 * @param route id of the route
 * @param pause how long: as the carrier asked, or as {@link Failover} was told
 */
public record RouteAside(String route, Duration pause) {
    public RouteAside {
        Objects.requireNonNull(route, "route");
        if (pause.isNegative()) {
            throw new IllegalArgumentException("pause is " + pause + "; allowed are 0 and more");
        }
    }
}
