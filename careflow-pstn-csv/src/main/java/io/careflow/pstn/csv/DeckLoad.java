package io.careflow.pstn.csv;

import io.careflow.pstn.rating.RateDeck;
import java.util.List;

/** What became of a file: the whole deck, or nothing. Immutable and thread-safe. */
public sealed interface DeckLoad {

    /**
     * Every row was right.
     *
     * @param deck all of it
     */
    record Loaded(RateDeck deck) implements DeckLoad {}

    /**
     * Some row was wrong, so there is no deck.
     *
     * @param count how many rows were wrong
     * @param first the first of them, at most {@value DeckReader#ROWS_KEPT}, in the order of the file, conflicts last
     */
    record Refused(long count, List<BadRow> first) implements DeckLoad {
        /** Copies the list. */
        public Refused {
            first = List.copyOf(first);
        }
    }
}
