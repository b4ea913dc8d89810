package io.careflow.pstn.routing;

import java.util.Objects;

/**
 * A route that is not used for this call.
 *
 * @param route which
 * @param why what kind of reason
 * @param because the reason, in one line
 */
public record DroppedRoute(Route route, Why why, String because) {
    public DroppedRoute {
        Objects.requireNonNull(route, "route");
        Objects.requireNonNull(why, "why");
        Objects.requireNonNull(because, "because");
    }

    @Override
    public String toString() {
        return "not " + route.id() + ": " + because + " (" + why + ")";
    }

    /** Kinds of reasons, in the order in which they are looked at; the first one counts. */
    public enum Why {
        /** The callee is one of ours, who needs no carrier. */
        ON_NET,
        /** The destination is no telephone number. */
        DESTINATION,
        /** The country is not among those of the route, or not known. */
        COUNTRY,
        /** The route cannot do what is needed. */
        CAPABILITY,
        /** The number may not be shown there. */
        CALLER_ID,
        /** It is not the time of the route. */
        SCHEDULE,
        /** It failed too often, or has been put aside. */
        HEALTH,
        /** All its channels are taken, or nobody counts them. */
        CHANNELS,
        /** The account has too little money, or nobody knows how much. */
        BALANCE,
        /** Its quality is too bad. */
        QUALITY,
        /** Its rate deck refuses the number. */
        REFUSED,
        /** Its price is not known. */
        PRICE_UNKNOWN,
        /** A minute is too dear. */
        PRICE_CAP,
        /** It costs more than we get. */
        LOSS
    }
}
