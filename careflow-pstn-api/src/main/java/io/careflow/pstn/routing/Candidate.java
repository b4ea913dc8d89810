package io.careflow.pstn.routing;

import io.careflow.pstn.money.Money;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A route that passed all checks, with what ranks it.
 *
 * @param cost exact, times 60, in the policy's currency; null if it cannot be compared
 * @param shown the cost as it is booked, or null if it is not known
 * @param priceNote how the price came about, or why there is none
 * @param quality what is known of it, or null if too little is
 * @param qualityNote the quality in words, or why nothing is known
 */
record Candidate(
        Route route,
        boolean probing,
        @Nullable BigDecimal cost,
        @Nullable Money shown,
        String priceNote,
        @Nullable RouteQuality quality,
        String qualityNote) {

    String id() {
        return route.id();
    }
}
