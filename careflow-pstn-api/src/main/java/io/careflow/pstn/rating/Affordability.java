package io.careflow.pstn.rating;

import io.careflow.pstn.money.Money;
import io.careflow.pstn.rating.RatingResult.Rated;
import io.careflow.pstn.rating.RatingResult.Refused;
import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Finds the longest talk for some money by asking for prices of talk, so that it cannot differ from what will be charged. */
final class Affordability {

    private final Quote quote;
    private final @Nullable BigDecimal limit;

    private Affordability(Quote quote, @Nullable BigDecimal limit) {
        this.quote = quote;
        this.limit = limit;
    }

    /** Without a balance the maximum of the rate is the only limit. */
    static Allowance of(Quote quote, @Nullable Money balance, Duration ceiling) {
        if (ceiling.isNegative() || ceiling.isZero()) {
            throw new IllegalArgumentException("ceiling must be positive, not " + ceiling);
        }
        RatingResult second = quote.forTalk(Duration.ofSeconds(1));
        if (!(second instanceof Rated rated)) {
            return new Allowance(Duration.ZERO, second);
        }
        Charge charge = rated.charge();
        if (balance != null && !balance.currency().equals(charge.amount().currency())) {
            return new Allowance(
                    Duration.ZERO,
                    new Refused("the balance is in " + balance.currency() + ", the price in "
                            + charge.amount().currency()));
        }
        Rate rate = charge.rate().orElseThrow();
        BigDecimal money = balance == null ? null : balance.amount();
        return new Affordability(quote, lower(money, rate)).allowance(rate, ceiling.toSeconds());
    }

    private Allowance allowance(Rate rate, long ceiling) {
        long first = Math.max(rate.graceSeconds(), rate.includedSeconds()) + 1L;
        RatingResult least = talk(first);
        if (!(least instanceof Rated rated)) {
            return new Allowance(Duration.ZERO, least);
        }
        if (!isPaid(least)) {
            return new Allowance(Duration.ZERO, denied(rated.charge()));
        }
        long seconds = longest(Math.min(first, ceiling), ceiling);
        return new Allowance(Duration.ofSeconds(seconds), talk(seconds));
    }

    /** Cost never falls with the length of a call, so halving finds the last second that is paid for. */
    private long longest(long paid, long ceiling) {
        long low = paid;
        long high = ceiling;
        while (low < high) {
            long middle = high - (high - low) / 2;
            if (isPaid(talk(middle))) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /** Neither what is booked nor the exact amount may exceed the limit. */
    private boolean isPaid(RatingResult result) {
        return result instanceof Rated rated
                && (limit == null
                        || (rated.charge().amount().amount().compareTo(limit) <= 0
                                && rated.charge().amountTimes60().compareTo(limit.multiply(Charge.SIXTY)) <= 0));
    }

    private RatingResult denied(Charge charge) {
        String currency = charge.amount().currency().getCurrencyCode();
        String money = limit == null ? "nothing" : limit.toPlainString() + " " + currency;
        String because =
                money + " does not pay the first " + charge.billedSeconds() + " s, which cost " + charge.amount();
        return new Rated(charge.withheld(because));
    }

    private RatingResult talk(long seconds) {
        return quote.forTalk(Duration.ofSeconds(seconds));
    }

    private static @Nullable BigDecimal lower(@Nullable BigDecimal balance, Rate rate) {
        BigDecimal maximum = rate.maximumPolicy() == MaximumPolicy.DISCONNECT
                ? rate.maximumCharge().orElse(null)
                : null;
        if (balance == null || maximum == null) {
            return balance == null ? maximum : balance;
        }
        return balance.min(maximum);
    }
}
