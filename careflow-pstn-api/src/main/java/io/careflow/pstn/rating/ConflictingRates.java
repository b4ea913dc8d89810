package io.careflow.pstn.rating;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Thrown where a deck would hold rates of which nothing says which one prices a call. Nothing was made; the price list has to be put
 * right. The message names at most 20 pairs.
 */
public final class ConflictingRates extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 20;

    private final transient List<RateConflict> conflicts;

    ConflictingRates(String deck, List<RateConflict> conflicts) {
        super("deck " + deck + " has overlapping rates (" + conflicts.size() + "): "
                + conflicts.stream()
                        .map(RateConflict::toString)
                        .sorted()
                        .limit(SHOWN)
                        .collect(Collectors.joining("; ")));
        this.conflicts = List.copyOf(conflicts);
    }

    /** The pairs, the first thousand or so; empty after serialization. */
    public List<RateConflict> conflicts() {
        return conflicts == null ? List.of() : conflicts;
    }
}
