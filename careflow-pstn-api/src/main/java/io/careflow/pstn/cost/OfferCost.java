package io.careflow.pstn.cost;

import io.careflow.pstn.cost.OfferPart.Side;
import io.careflow.pstn.rating.ExactTotal;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a profile costs with one provider. Immutable and thread-safe.
 *
 * @param provider with whom
 * @param parts line by line
 */
public record OfferCost(String provider, List<OfferPart> parts) {

    /** Copies the list. */
    public OfferCost {
        Objects.requireNonNull(provider, "provider");
        parts = List.copyOf(parts);
    }

    /** What is known, by currency. */
    public Map<Currency, ExactTotal> known() {
        return sum(parts);
    }

    /** What is not known. */
    public List<OfferPart> unknown() {
        return parts.stream().filter(part -> part.total() == null).toList();
    }

    /** The whole cost; empty if a part is not known, or parts are in several currencies. */
    public Optional<ExactTotal> total() {
        return total(parts);
    }

    /** The cost of one side with what is paid for either. */
    Optional<ExactTotal> total(Side side) {
        return total(parts.stream()
                .filter(part -> part.side() == side || part.side() == Side.EITHER)
                .toList());
    }

    boolean serves(Side side) {
        return parts.stream().anyMatch(part -> part.side() == side);
    }

    private static Optional<ExactTotal> total(List<OfferPart> parts) {
        Map<Currency, ExactTotal> sums = sum(parts);
        return parts.stream().anyMatch(part -> part.total() == null) || sums.size() != 1
                ? Optional.empty()
                : sums.values().stream().findFirst();
    }

    private static Map<Currency, ExactTotal> sum(List<OfferPart> parts) {
        return parts.stream()
                .flatMap(part -> part.cost().stream())
                .map(total -> Map.of(total.currency(), total))
                .reduce(Map.of(), CostPart::sum);
    }
}
