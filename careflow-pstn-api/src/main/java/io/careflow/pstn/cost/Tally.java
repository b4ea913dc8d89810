package io.careflow.pstn.cost;

import io.careflow.pstn.money.Money;
import io.careflow.pstn.rating.ExactTotal;
import java.util.Currency;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Counts what belongs to one group of one month. Not thread-safe. */
final class Tally {
    private final EnumMap<CostKind, Kind> kinds = new EnumMap<>(CostKind.class);

    /** Only with providers that have a flat rate. */
    private final Map<String, Long> talkByProvider = new TreeMap<>();

    /** @param reason why there is no amount */
    void add(CostKind kind, long millis, @Nullable Money amount, String reason) {
        kinds.computeIfAbsent(kind, key -> new Kind()).add(millis, amount, reason);
    }

    /** Something without any price to know. */
    void free(CostKind kind, long millis) {
        Kind found = kinds.computeIfAbsent(kind, key -> new Kind());
        found.count++;
        found.millis = Math.addExact(found.millis, millis);
    }

    void talk(String provider, long millis) {
        talkByProvider.merge(provider, millis, Long::sum);
    }

    long talk(String provider) {
        return talkByProvider.getOrDefault(provider, 0L);
    }

    CostSums sums() {
        EnumMap<CostKind, CostPart> parts = new EnumMap<>(CostKind.class);
        kinds.forEach((kind, sum) -> parts.put(kind, sum.part()));
        return new CostSums(parts);
    }

    private static final class Kind {
        private final Map<Currency, ExactTotal> amounts = new HashMap<>();
        private final TreeSet<String> reasons = new TreeSet<>();
        private long count;
        private long millis;
        private long unknown;

        void add(long more, @Nullable Money amount, String reason) {
            count++;
            millis = Math.addExact(millis, more);
            if (amount == null) {
                unknown++;
                reasons.add(reason);
                if (reasons.size() > CostPart.REASONS_KEPT) {
                    reasons.pollLast();
                }
            } else {
                amounts.merge(
                        amount.currency(), ExactTotal.in(amount.currency()).plus(amount), ExactTotal::plus);
            }
        }

        CostPart part() {
            return new CostPart(count, millis, amounts, unknown, List.copyOf(reasons));
        }
    }
}
