package io.careflow.pstn.desk;

import io.careflow.pstn.money.Money;
import io.careflow.pstn.rating.Allowance;
import io.careflow.pstn.rating.Quote;
import io.careflow.pstn.rating.RatingResult;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How long a call may last for some money, whichever of its ways is taken: always by the formula that charges it at its end.
 *
 * @param talk the longest talk; zero if there is none
 * @param price what so much talk costs on the dearest way; null if no price is known
 * @param because why there is no talk
 */
record TalkOffer(Duration talk, @Nullable Money price, String because) {

    /** What nobody is charged for. */
    static TalkOffer free(Duration talk) {
        return new TalkOffer(talk, null, "");
    }

    /**
     * Works it out.
     *
     * @param ways what each way would cost: one way is taken, nobody knows which; each is the sum of its legs
     * @param available what can be spent, or null if somebody else counts
     */
    static TalkOffer of(List<List<Leg>> ways, @Nullable Money available, Duration ceiling) {
        long most = ceiling.toSeconds();
        for (List<Leg> way : ways) {
            for (Leg leg : way) {
                Allowance allowance = available == null
                        ? leg.quote().allowed(ceiling)
                        : leg.quote().affordable(available, ceiling);
                if (allowance.isDenied()) {
                    return denied(ways, allowance);
                }
                most = Math.min(most, allowance.talk().toSeconds());
            }
        }
        if (available == null || isPaid(ways, most, available)) {
            return offer(ways, most);
        }
        if (!isPaid(ways, 1, available)) {
            return new TalkOffer(Duration.ZERO, price(ways, 1).orElse(null), "not even a second is paid for");
        }
        return offer(ways, longest(ways, most, available));
    }

    boolean isPriced() {
        return price != null;
    }

    /** Cost never falls with the length of a call, so halving finds the last second that is paid for. */
    private static long longest(List<List<Leg>> ways, long most, Money available) {
        long low = 1;
        long high = most;
        while (low < high) {
            long middle = high - (high - low) / 2;
            if (isPaid(ways, middle, available)) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    private static TalkOffer offer(List<List<Leg>> ways, long seconds) {
        return price(ways, seconds)
                .map(price -> new TalkOffer(Duration.ofSeconds(seconds), price, ""))
                .orElseGet(() -> new TalkOffer(Duration.ZERO, null, "price is not known"));
    }

    private static TalkOffer denied(List<List<Leg>> ways, Allowance allowance) {
        if (allowance.price() instanceof RatingResult.NoRate none) {
            return new TalkOffer(Duration.ZERO, null, none.reason());
        } else if (allowance.price() instanceof RatingResult.Refused refused) {
            return new TalkOffer(Duration.ZERO, null, refused.reason());
        }
        Optional<Money> least = price(ways, 1);
        return new TalkOffer(Duration.ZERO, least.orElse(null), "the first piece of talk is not paid for");
    }

    private static boolean isPaid(List<List<Leg>> ways, long seconds, Money available) {
        return price(ways, seconds)
                .filter(price -> price.compareTo(available) <= 0)
                .isPresent();
    }

    /** On the dearest way; empty if one has no price, or they cannot be compared. */
    static Optional<Money> price(List<List<Leg>> ways, long seconds) {
        Money dearest = null;
        for (List<Leg> way : ways) {
            Money sum = null;
            for (Leg leg : way) {
                if (!(leg.quote().forTalk(Duration.ofSeconds(seconds).plus(leg.beside()))
                        instanceof RatingResult.Rated rated)) {
                    return Optional.empty();
                }
                Money amount = rated.charge().amount();
                if (sum != null && !sum.currency().equals(amount.currency())) {
                    return Optional.empty();
                }
                sum = sum == null ? amount : sum.plus(amount);
            }
            if (sum == null || (dearest != null && !dearest.currency().equals(sum.currency()))) {
                return Optional.empty();
            }
            dearest = dearest == null || sum.compareTo(dearest) > 0 ? sum : dearest;
        }
        return Optional.ofNullable(dearest);
    }

    /**
     * One leg that is paid for.
     *
     * @param beside how much longer than the conversation it may last
     */
    record Leg(Quote quote, Duration beside) {}
}
