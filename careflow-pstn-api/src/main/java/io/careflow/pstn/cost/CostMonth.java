package io.careflow.pstn.cost;

import java.time.YearMonth;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The costs of one month. Immutable and thread-safe.
 *
 * @param month which, by the clock of the report's zone
 * @param sums all of it
 * @param groups the same, by each dimension; groups in the order of their names
 */
public record CostMonth(YearMonth month, CostSums sums, Map<CostDimension, List<CostGroup>> groups) {

    /** Copies the map; a dimension that is missing has no groups. */
    public CostMonth {
        Objects.requireNonNull(month, "month");
        Objects.requireNonNull(sums, "sums");
        EnumMap<CostDimension, List<CostGroup>> copy = new EnumMap<>(CostDimension.class);
        for (CostDimension dimension : CostDimension.values()) {
            copy.put(dimension, List.copyOf(groups.getOrDefault(dimension, List.of())));
        }
        groups = Collections.unmodifiableMap(copy);
    }

    /** The groups of a dimension, in the order of their names. */
    public List<CostGroup> by(CostDimension dimension) {
        return groups.getOrDefault(dimension, List.of());
    }
}
