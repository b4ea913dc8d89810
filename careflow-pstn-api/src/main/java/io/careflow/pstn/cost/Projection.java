package io.careflow.pstn.cost;

import io.careflow.pstn.rating.ExactTotal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Currency;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a month will have cost at its end if it goes on as until now: use in straight proportion to the time that has passed, what is
 * paid by the month as it is. It knows no weekends, no holidays and no prices that are unknown. Immutable and thread-safe.
 *
 * @param asOf until when use was counted
 * @param elapsed how much of the month had passed
 * @param whole how long the month is; not always a multiple of a day, where clocks are changed
 * @param totals the month's end, by currency
 */
public record Projection(Instant asOf, Duration elapsed, Duration whole, Map<Currency, ExactTotal> totals) {

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if nothing has passed, or more than the whole
     */
    public Projection {
        if (elapsed.isNegative() || elapsed.isZero() || elapsed.compareTo(whole) > 0) {
            throw new IllegalArgumentException("elapsed must be more than 0 and at most " + whole + ", not " + elapsed);
        }
        totals = CostPart.byCode(totals);
    }

    /** The projection of a month that runs at an instant; empty if it is over then, or has not begun. */
    static Optional<Projection> of(CostMonth month, ZoneId zone, Instant asOf) {
        Instant begin = month.month().atDay(1).atStartOfDay(zone).toInstant();
        Instant end = month.month().plusMonths(1).atDay(1).atStartOfDay(zone).toInstant();
        if (!asOf.isAfter(begin) || !asOf.isBefore(end)) {
            return Optional.empty();
        }
        Duration elapsed = Duration.between(begin, asOf);
        Duration whole = Duration.between(begin, end);
        if (elapsed.toMillis() == 0) {
            return Optional.empty();
        }
        Map<Currency, ExactTotal> use = new HashMap<>();
        month.sums()
                .marginal()
                .forEach((currency, total) -> use.put(currency, total.share(whole.toMillis(), elapsed.toMillis())));
        return Optional.of(
                new Projection(asOf, elapsed, whole, CostPart.sum(month.sums().monthly(), use)));
    }
}
