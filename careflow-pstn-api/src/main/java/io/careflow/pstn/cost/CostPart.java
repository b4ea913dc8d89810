package io.careflow.pstn.cost;

import io.careflow.pstn.rating.ExactTotal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How much there was of one kind, and what it cost. Immutable and thread-safe.
 *
 * @param count how many: calls, messages, recordings, numbers, fees
 * @param millis how long they were together, in milliseconds; of calls the time that the carrier bills, before increments
 * @param amounts what is known of their cost, exactly, by currency; never converted
 * @param unknown how many of them have no known price; they are in no amount
 * @param reasons why there is no price: the first {@value #REASONS_KEPT} in alphabetical order
 */
public record CostPart(long count, long millis, Map<Currency, ExactTotal> amounts, long unknown, List<String> reasons) {

    /** Reasons that are kept. */
    public static final int REASONS_KEPT = 5;

    /** Nothing. */
    public static final CostPart NONE = new CostPart(0, 0, Map.of(), 0, List.of());

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if a number is negative, or more prices are unknown than there are things
     */
    public CostPart {
        if (count < 0 || millis < 0 || unknown < 0 || unknown > count) {
            throw new IllegalArgumentException("count, millis and unknown must be 0 or more, and unknown at most count,"
                    + " not " + count + ", " + millis + ", " + unknown);
        }
        amounts = byCode(amounts);
        reasons = List.copyOf(reasons);
    }

    /** Both together. */
    public CostPart plus(CostPart other) {
        TreeSet<String> all = new TreeSet<>(reasons);
        all.addAll(other.reasons);
        return new CostPart(
                Math.addExact(count, other.count),
                Math.addExact(millis, other.millis),
                sum(amounts, other.amounts),
                unknown + other.unknown,
                new ArrayList<>(all).subList(0, Math.min(REASONS_KEPT, all.size())));
    }

    static Map<Currency, ExactTotal> sum(Map<Currency, ExactTotal> some, Map<Currency, ExactTotal> others) {
        SortedMap<Currency, ExactTotal> sum = new TreeMap<>(Comparator.comparing(Currency::getCurrencyCode));
        sum.putAll(some);
        others.forEach((currency, amount) -> sum.merge(currency, amount, ExactTotal::plus));
        return Collections.unmodifiableMap(sum);
    }

    static Map<Currency, ExactTotal> byCode(Map<Currency, ExactTotal> amounts) {
        return sum(amounts, Map.of());
    }
}
