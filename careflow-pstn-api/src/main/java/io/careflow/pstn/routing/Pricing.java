package io.careflow.pstn.routing;

import io.careflow.pstn.call.Direction;
import io.careflow.pstn.money.Money;
import io.careflow.pstn.rating.Charge;
import io.careflow.pstn.rating.RatedCall;
import io.careflow.pstn.rating.Rater;
import io.careflow.pstn.rating.RatingResult;
import io.careflow.pstn.routing.DroppedRoute.Why;
import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a route is expected to take for a call, and whether that is too much. An unknown price is unknown, never zero. */
final class Pricing {
    private static final BigDecimal SIXTY = BigDecimal.valueOf(60);

    private final Rater prices;
    private final RoutingPolicy policy;
    private final RatedCall call;
    private final @Nullable Money revenue;

    Pricing(Rater prices, RoutingPolicy policy, RatedCall call, @Nullable Money revenue) {
        this.prices = prices;
        this.policy = policy;
        this.call = call;
        this.revenue = revenue;
    }

    Quote quote(Route route) {
        RatingResult result = prices.rate(route.priceList(), Direction.OUTBOUND, call);
        if (result instanceof RatingResult.Rated rated) {
            return known(route, rated.charge());
        } else if (result instanceof RatingResult.NoRate none) {
            return unknown(route, null, "price is not known: " + none.reason());
        } else if (result instanceof RatingResult.Refused refused) {
            return Quote.dropped(route, Why.REFUSED, refused.reason());
        }
        throw new AssertionError(result);
    }

    private Quote known(Route route, Charge charge) {
        Money amount = charge.amount();
        if (!amount.currency().equals(policy.currency())) {
            return unknown(
                    route,
                    amount,
                    "price of " + amount + " cannot be compared, prices are compared in "
                            + policy.currency().getCurrencyCode());
        }
        return cap(route, charge)
                .or(() -> loss(route, charge))
                .map(refusal -> new Quote(refusal, null, null, ""))
                .orElseGet(() -> new Quote(
                        null,
                        charge.amountTimes60(),
                        amount,
                        "expected " + amount + " for " + policy.assumedTalk().toSeconds() + " s ("
                                + charge.explanation() + ")"));
    }

    private Quote unknown(Route route, @Nullable Money amount, String because) {
        if (policy.unknownPrice() == UnknownPrice.DROP) {
            return Quote.dropped(route, Why.PRICE_UNKNOWN, because);
        }
        if (policy.mostPerMinute() != null) {
            return Quote.dropped(route, Why.PRICE_CAP, because + "; most per minute is " + policy.mostPerMinute());
        }
        if (revenue != null) {
            return Quote.dropped(route, Why.LOSS, because + "; the call is sold at " + revenue);
        }
        return new Quote(null, null, amount, because);
    }

    private Optional<DroppedRoute> cap(Route route, Charge charge) {
        Money most = policy.mostPerMinute();
        if (most == null) {
            return Optional.empty();
        }
        return charge.rate()
                .map(rate -> new Money(rate.perMinute(), most.currency()))
                .filter(minute -> minute.compareTo(most) > 0)
                .flatMap(minute ->
                        drop(route, Why.PRICE_CAP, "a minute costs " + minute + ", " + most + " is the most"));
    }

    private Optional<DroppedRoute> loss(Route route, Charge charge) {
        if (revenue == null) {
            return Optional.empty();
        }
        if (!revenue.currency().equals(charge.amount().currency())) {
            return drop(route, Why.LOSS, charge.amount() + " cannot be compared with the " + revenue + " that we get");
        }
        return charge.amountTimes60().compareTo(revenue.amount().multiply(SIXTY)) > 0
                ? drop(route, Why.LOSS, "expected " + charge.amount() + " is more than the " + revenue + " that we get")
                : Optional.empty();
    }

    private static Optional<DroppedRoute> drop(Route route, Why why, String because) {
        return Optional.of(new DroppedRoute(route, why, because));
    }

    /**
     * The answer for one route: a refusal, or a price that may be unknown.
     *
     * @param times60 exact and comparable, or null
     * @param shown as it is booked, or null
     */
    record Quote(
            @Nullable DroppedRoute refusal,
            @Nullable BigDecimal times60,
            @Nullable Money shown,
            String note) {
        static Quote dropped(Route route, Why why, String because) {
            return new Quote(new DroppedRoute(route, why, because), null, null, "");
        }
    }
}
