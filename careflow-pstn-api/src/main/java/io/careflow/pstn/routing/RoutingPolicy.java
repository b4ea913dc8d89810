package io.careflow.pstn.routing;

import io.careflow.pstn.money.Money;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Currency;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How to choose among routes.
 *
 * @param order what decides
 * @param currency in which prices are compared; there is no conversion
 * @param assumedTalk how long a call is taken to last for its expected cost, in whole seconds, 1 s to 24 h. A rate alone misleads:
 *     0.010 a minute in whole minutes costs a call of 10 seconds five times as much as 0.012 by the second
 * @param unknownPrice what becomes of a route whose price is not known
 * @param mostPerMinute dearest minute allowed, connection fee aside, in {@code currency}, or null; routes whose price is
 *     not known are dropped then
 * @param leastBalance a route whose account has less is dropped, and so is one whose balance is not known; or null
 * @param quality when quality counts
 * @param shares percent of the calls that try a route first, whatever the order, by its id; together 100 at most. For trying a
 *     new route out, or for a promise of volume
 */
public record RoutingPolicy(
        RouteOrder order,
        Currency currency,
        Duration assumedTalk,
        UnknownPrice unknownPrice,
        @Nullable Money mostPerMinute,
        @Nullable Money leastBalance,
        QualityRules quality,
        Map<String, Integer> shares) {
    private static final Duration LONGEST = Duration.ofHours(24);

    public RoutingPolicy {
        Objects.requireNonNull(order, "order");
        Objects.requireNonNull(currency, "currency");
        Objects.requireNonNull(unknownPrice, "unknownPrice");
        Objects.requireNonNull(quality, "quality");
        if (assumedTalk.compareTo(Duration.ofSeconds(1)) < 0
                || assumedTalk.compareTo(LONGEST) > 0
                || !assumedTalk.equals(assumedTalk.truncatedTo(ChronoUnit.SECONDS))) {
            throw new IllegalArgumentException(
                    "assumed talk is " + assumedTalk + "; allowed are whole seconds from PT1S to PT24H");
        }
        if (mostPerMinute != null
                && (mostPerMinute.signum() < 0 || !mostPerMinute.currency().equals(currency))) {
            throw new IllegalArgumentException("most per minute is " + mostPerMinute + "; allowed are 0 and more "
                    + currency.getCurrencyCode() + ", or null");
        }
        shares = Map.copyOf(shares);
        int sum = 0;
        for (Map.Entry<String, Integer> share : shares.entrySet()) {
            if (share.getValue() < 1 || share.getValue() > 100) {
                throw new IllegalArgumentException("share of route " + share.getKey() + " is " + share.getValue()
                        + "; allowed are 1 to 100 percent");
            }
            sum += share.getValue();
        }
        if (sum > 100) {
            throw new IllegalArgumentException("shares are " + sum + " percent together; allowed are 100 at most");
        }
    }

    /** This order with calls of two minutes assumed; unknown prices are dropped, nothing else is limited. */
    public static RoutingPolicy of(RouteOrder order, Currency currency) {
        return new RoutingPolicy(
                order, currency, Duration.ofMinutes(2), UnknownPrice.DROP, null, null, QualityRules.DEFAULT, Map.of());
    }

    /** The same with this assumed duration. */
    public RoutingPolicy assuming(Duration talk) {
        return new RoutingPolicy(order, currency, talk, unknownPrice, mostPerMinute, leastBalance, quality, shares);
    }

    /** The same with this fate of unknown prices. */
    public RoutingPolicy with(UnknownPrice value) {
        return new RoutingPolicy(order, currency, assumedTalk, value, mostPerMinute, leastBalance, quality, shares);
    }

    /** The same with this dearest minute. */
    public RoutingPolicy payingPerMinute(Money most) {
        return new RoutingPolicy(order, currency, assumedTalk, unknownPrice, most, leastBalance, quality, shares);
    }

    /** The same with this least balance. */
    public RoutingPolicy withBalanceOf(Money least) {
        return new RoutingPolicy(order, currency, assumedTalk, unknownPrice, mostPerMinute, least, quality, shares);
    }

    /** The same with these rules of quality. */
    public RoutingPolicy with(QualityRules value) {
        return new RoutingPolicy(
                order, currency, assumedTalk, unknownPrice, mostPerMinute, leastBalance, value, shares);
    }

    /** The same with these percentages, by id of route. */
    public RoutingPolicy sharing(Map<String, Integer> percent) {
        return new RoutingPolicy(
                order, currency, assumedTalk, unknownPrice, mostPerMinute, leastBalance, quality, percent);
    }

    /** The shares by id, so that a draw does not hang on the order in which they were written. */
    SortedMap<String, Integer> sortedShares() {
        return new TreeMap<>(shares);
    }
}
