package io.careflow.pstn.rating;

import io.careflow.pstn.call.Direction;
import io.careflow.pstn.rating.RatingResult.NoRate;
import io.careflow.pstn.rating.RatingResult.Rated;
import io.careflow.pstn.rating.RatingResult.Refused;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Prices calls from a set of decks, one per provider and direction. A pure function of decks and call: no clock, no I/O. Immutable
 * and thread-safe; new decks make a new rater.
 */
public final class Rater {

    private final Map<Key, RateDeck> decks;

    private Rater(Map<Key, RateDeck> decks) {
        this.decks = decks;
    }

    /**
     * A rater over these decks, in any order.
     *
     * @throws IllegalArgumentException if two decks are for the same provider and direction; the message names both
     */
    public static Rater of(List<RateDeck> decks) {
        Map<Key, RateDeck> byKey = new HashMap<>();
        for (RateDeck deck : decks) {
            RateDeck other = byKey.putIfAbsent(new Key(deck.provider(), deck.direction()), deck);
            if (other != null) {
                throw new IllegalArgumentException(
                        "two decks for the same provider and direction: " + other + " and " + deck);
            }
        }
        return new Rater(byKey);
    }

    /** The deck for a provider and direction; empty if there is none. */
    public Optional<RateDeck> deck(String provider, Direction direction) {
        return Optional.ofNullable(decks.get(new Key(provider, direction)));
    }

    /**
     * Prices one leg. A call that was not answered, or for not one second, is charged zero whatever its number; so is a call
     * within the grace of its rate. Without a deck there is no currency and hence no charge, not even a zero one.
     *
     * @param provider the provider that carried the leg, as the deck spells it
     * @param direction which of the provider's decks applies
     */
    public RatingResult rate(String provider, Direction direction, RatedCall call) {
        RateDeck deck = decks.get(new Key(provider, direction));
        if (deck == null) {
            return new NoRate("no " + direction + " deck for provider " + provider);
        }
        return call.answeredAt()
                .map(at -> answered(deck, call, at))
                .orElseGet(() -> new Rated(Charge.zero(deck, null, 0, "not answered")));
    }

    private static RatingResult answered(RateDeck deck, RatedCall call, Instant at) {
        long talk = call.talkMillis();
        long seconds = deck.secondsRounding().seconds(talk);
        String problem = Digits.problem(call.digits());
        Rate rate = problem == null ? deck.lookup(call.digits(), at) : null;
        if (seconds == 0) {
            return new Rated(Charge.zero(deck, rate, talk, Explanation.seconds(talk) + " is 0 s"));
        }
        if (problem != null) {
            return new Refused(problem);
        }
        return priced(deck, rate, call, at, seconds);
    }

    private static RatingResult priced(RateDeck deck, @Nullable Rate rate, RatedCall call, Instant at, long seconds) {
        if (rate == null) {
            return new NoRate("no rate for " + call.digits() + " at " + at + " in deck " + deck);
        }
        if (rate.isRejecting()) {
            return new Refused("deck " + deck + " rejects calls to " + rate);
        }
        if (seconds <= rate.graceSeconds()) {
            String because =
                    Explanation.seconds(call.talkMillis()) + " is within the grace of " + rate.graceSeconds() + " s";
            return new Rated(Charge.zero(deck, rate, call.talkMillis(), because));
        }
        return new Rated(Charge.of(deck, rate, call.talkMillis(), seconds));
    }

    private record Key(String provider, Direction direction) {}
}
