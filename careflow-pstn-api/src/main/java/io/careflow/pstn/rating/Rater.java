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

    /**
     * The price of a call before it is made, for any length.
     *
     * @param digits the number the price hangs on, as for {@link RatedCall}
     * @param answeredAt when it will be answered; an estimate, which matters where prices change
     */
    public Quote quote(String provider, Direction direction, String digits, Instant answeredAt) {
        return quote(provider, direction, RatedCall.answered(digits, answeredAt, 0));
    }

    /**
     * The price of a call like this one, for any length.
     *
     * @param call its talk time does not matter
     * @throws IllegalArgumentException if it was not answered: without an instant there is no price
     */
    public Quote quote(String provider, Direction direction, RatedCall call) {
        return new Quote(this, provider, direction, call);
    }

    /** A quote from each provider that has a deck for the direction, by name; one that has no price for the number says so. */
    public List<Quote> quotes(Direction direction, String digits, Instant answeredAt) {
        return decks.keySet().stream()
                .filter(key -> key.direction() == direction)
                .map(Key::provider)
                .sorted()
                .map(provider -> quote(provider, direction, digits, answeredAt))
                .toList();
    }

    private static RatingResult answered(RateDeck deck, RatedCall call, Instant at) {
        long talk = call.talkMillis();
        long seconds = deck.secondsRounding().seconds(talk);
        String problem = Digits.problem(call.digits());
        Tariff tariff = problem == null ? deck.tariff(call.digits(), call.origin(), at) : null;
        Rate rate = tariff == null ? null : tariff.rate();
        if (seconds == 0) {
            return new Rated(Charge.zero(deck, rate, talk, Explanation.seconds(talk) + " is 0 s"));
        }
        if (problem != null) {
            return new Refused(problem);
        }
        if (tariff == null || rate == null) {
            String when = tariff == null ? at.toString() : at + ", " + at.atZone(deck.zone());
            return new NoRate("no rate for " + call.digits() + " at " + when + " in deck " + deck);
        }
        return priced(deck, tariff, rate, call.talkMillis(), seconds);
    }

    private static RatingResult priced(RateDeck deck, Tariff tariff, Rate rate, long talkMillis, long seconds) {
        if (rate.isRejecting()) {
            return new Refused("deck " + deck + " rejects calls to " + rate);
        }
        if (seconds <= rate.graceSeconds()) {
            String because = Explanation.seconds(talkMillis) + " is within the grace of " + rate.graceSeconds() + " s";
            return new Rated(Charge.zero(deck, rate, talkMillis, because));
        }
        Meter meter = new Meter(deck, tariff, rate, seconds);
        String problem = meter.problem();
        return problem == null
                ? new Rated(Charge.of(deck, rate, talkMillis, meter.parts()))
                : new NoRate(problem + " in deck " + deck);
    }

    private record Key(String provider, Direction direction) {}
}
