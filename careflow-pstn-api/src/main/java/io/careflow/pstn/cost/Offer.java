package io.careflow.pstn.cost;

import io.careflow.pstn.call.Direction;
import io.careflow.pstn.money.Money;
import io.careflow.pstn.rating.Fee;
import io.careflow.pstn.rating.RateDeck;
import io.careflow.pstn.rating.Rater;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a provider asks: its decks and its fees. What is missing is not known, which is never zero; who asks nothing says so with an
 * amount of zero. Immutable and thread-safe.
 *
 * @param provider who, as its decks spell it
 * @param decks at most one for each direction
 * @param monthly fees that are paid every month by whoever uses the provider at all, such as flat rates
 * @param numbers what a number costs a month, by ISO 3166 code of its country
 * @param messagesIn what a part of a text that comes in costs, by country of who sends it
 * @param messagesOut what a part of a text that goes out costs, by country of who gets it
 */
public record Offer(
        String provider,
        List<RateDeck> decks,
        List<Fee> monthly,
        Map<String, Money> numbers,
        Map<String, Money> messagesIn,
        Map<String, Money> messagesOut) {

    /**
     * Copies the parts.
     *
     * @throws IllegalArgumentException if the provider is blank, a deck is of another provider, there are two for one direction, or a
     *     price is negative
     */
    public Offer {
        if (provider.isBlank()) {
            throw new IllegalArgumentException("provider of an offer must not be blank");
        }
        decks = List.copyOf(decks);
        monthly = List.copyOf(monthly);
        numbers = checked(provider, numbers);
        messagesIn = checked(provider, messagesIn);
        messagesOut = checked(provider, messagesOut);
        for (RateDeck deck : decks) {
            if (!deck.provider().equals(provider)) {
                throw new IllegalArgumentException(
                        "deck of offer " + provider + " must be of the same provider, not " + deck.provider());
            }
        }
        Rater.of(decks);
    }

    /** An offer for calls alone. */
    public static Offer of(String provider, RateDeck... decks) {
        return new Offer(provider, List.of(decks), List.of(), Map.of(), Map.of(), Map.of());
    }

    /** The same with what a number of a country costs a month. */
    public Offer number(String country, Money price) {
        return new Offer(provider, decks, monthly, put(numbers, country, price), messagesIn, messagesOut);
    }

    /** The same with what a part of a text from and to a country costs. */
    public Offer messages(String country, Money in, Money out) {
        return new Offer(
                provider, decks, monthly, numbers, put(messagesIn, country, in), put(messagesOut, country, out));
    }

    /** The same with a fee of each month. */
    public Offer monthly(Fee fee) {
        List<Fee> all = new ArrayList<>(monthly);
        all.add(fee);
        return new Offer(provider, decks, all, numbers, messagesIn, messagesOut);
    }

    Rater rater(Direction direction) {
        return Rater.of(
                decks.stream().filter(deck -> deck.direction() == direction).toList());
    }

    private static Map<String, Money> put(Map<String, Money> some, String country, Money price) {
        Map<String, Money> more = new HashMap<>(some);
        more.put(country, price);
        return more;
    }

    private static Map<String, Money> checked(String provider, Map<String, Money> prices) {
        prices.forEach((country, price) -> {
            if (price.signum() < 0) {
                throw new IllegalArgumentException(
                        "price of offer " + provider + " for " + country + " must not be negative: " + price);
            }
        });
        return Map.copyOf(prices);
    }
}
