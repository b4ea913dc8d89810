package io.careflow.pstn.rating;

import io.careflow.pstn.call.Direction;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/**
 * The decks that are in force, which may be exchanged while calls are rated. What is in force is one {@link Rater}, replaced as a
 * whole: who takes it with {@link #current} and asks it several things never sees old and new prices mixed, and nobody waits. Decks
 * whose prices begin later need no exchange at their instant: a rate knows {@linkplain Rate#effectiveFrom when} it holds.
 * Thread-safe.
 */
public final class DeckBook {

    private final AtomicReference<Page> page;

    /**
     * A book that begins with these decks.
     *
     * @throws IllegalArgumentException under the same conditions as {@link Rater#of}
     */
    public DeckBook(List<RateDeck> decks) {
        this.page = new AtomicReference<>(new Page(List.copyOf(decks), Rater.of(decks)));
    }

    /** Prices by the decks in force now, for as long as it is kept. */
    public Rater current() {
        return Objects.requireNonNull(page.get()).rater;
    }

    /** The decks in force now. */
    public List<RateDeck> decks() {
        return Objects.requireNonNull(page.get()).decks;
    }

    /**
     * Puts these in force instead of all that were.
     *
     * @throws IllegalArgumentException under the same conditions as {@link Rater#of}; what was in force stays so
     */
    public void replaceAll(List<RateDeck> decks) {
        page.set(new Page(List.copyOf(decks), Rater.of(decks)));
    }

    /** Puts a deck in force instead of the one for the same provider and direction, or beside the others if there is none. */
    public void put(RateDeck deck) {
        page.updateAndGet(old -> old.with(deck));
    }

    /** Takes the deck for this provider and direction out of force, if there is one: its calls then have no price. */
    public void remove(String provider, Direction direction) {
        page.updateAndGet(old -> old.without(provider, direction));
    }

    private record Page(List<RateDeck> decks, Rater rater) {
        Page with(RateDeck deck) {
            List<RateDeck> others = without(deck.provider(), deck.direction()).decks;
            List<RateDeck> all = Stream.concat(others.stream(), Stream.of(deck)).toList();
            return new Page(all, Rater.of(all));
        }

        Page without(String provider, Direction direction) {
            List<RateDeck> others = decks.stream()
                    .filter(deck -> !deck.provider().equals(provider) || deck.direction() != direction)
                    .toList();
            return new Page(others, Rater.of(others));
        }
    }
}
