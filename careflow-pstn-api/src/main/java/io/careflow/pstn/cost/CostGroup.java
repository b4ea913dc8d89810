package io.careflow.pstn.cost;

import io.careflow.pstn.rating.ExactTotal;
import java.util.Currency;
import java.util.Map;
import java.util.Objects;

/**
 * The costs of one provider, number, user or country. Immutable and thread-safe.
 *
 * @param name which; empty where it is not known or there is none
 * @param sums what it cost; the fee of a flat rate only where the group is the provider that takes it
 * @param allocated its share of the flat rates, by the talk that it had of the talk that all had with that provider in the month;
 *     for information, and never to be added to {@code sums}
 */
public record CostGroup(String name, CostSums sums, Map<Currency, ExactTotal> allocated) {

    /** Copies the map. */
    public CostGroup {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(sums, "sums");
        allocated = CostPart.byCode(allocated);
    }

    CostGroup plus(CostGroup other) {
        return new CostGroup(name, sums.plus(other.sums), CostPart.sum(allocated, other.allocated));
    }
}
