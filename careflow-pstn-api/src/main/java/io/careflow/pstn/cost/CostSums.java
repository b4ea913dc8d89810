package io.careflow.pstn.cost;

import io.careflow.pstn.rating.ExactTotal;
import java.util.Collections;
import java.util.Currency;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What was paid for, by kind. Immutable and thread-safe.
 *
 * @param parts only kinds of which there was something, in the order of {@link CostKind}
 */
public record CostSums(Map<CostKind, CostPart> parts) {

    /** Nothing. */
    public static final CostSums NONE = new CostSums(Map.of());

    /** Copies the map. */
    public CostSums {
        EnumMap<CostKind, CostPart> copy = new EnumMap<>(CostKind.class);
        copy.putAll(parts);
        parts = Collections.unmodifiableMap(copy);
    }

    /** What there was of this kind; {@link CostPart#NONE} if nothing. */
    public CostPart part(CostKind kind) {
        return parts.getOrDefault(kind, CostPart.NONE);
    }

    /** All that is known, by currency. */
    public Map<Currency, ExactTotal> totals() {
        return totals(kind -> true);
    }

    /** What the use alone cost, without what is paid by the month anyway. */
    public Map<Currency, ExactTotal> marginal() {
        return totals(kind -> !kind.isMonthly());
    }

    /** What is paid by the month, whatever the use. */
    public Map<Currency, ExactTotal> monthly() {
        return totals(CostKind::isMonthly);
    }

    /** How many things have no known price; the totals are without them. */
    public long unknown() {
        return parts.values().stream().mapToLong(CostPart::unknown).sum();
    }

    /** Both together. */
    public CostSums plus(CostSums other) {
        EnumMap<CostKind, CostPart> sum = new EnumMap<>(CostKind.class);
        sum.putAll(parts);
        other.parts.forEach((kind, part) -> sum.merge(kind, part, CostPart::plus));
        return new CostSums(sum);
    }

    private Map<Currency, ExactTotal> totals(Predicate<CostKind> which) {
        return parts.entrySet().stream()
                .filter(entry -> which.test(entry.getKey()))
                .map(entry -> entry.getValue().amounts())
                .reduce(Map.of(), CostPart::sum);
    }
}
