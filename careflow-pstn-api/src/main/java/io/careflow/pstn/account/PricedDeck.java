package io.careflow.pstn.account;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.rating.Rate;
import io.careflow.pstn.rating.RateDeck;
import io.careflow.pstn.rating.RateDeckBuilder;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A deck made of single prices, for carriers that have no list to fetch: one question for each prefix, about a number that stands for
 * it. A carrier with a list of its own is to be asked for that. Immutable and thread-safe.
 *
 * @param deck the prices that were told; empty if none was
 * @param unknown prefixes whose price the carrier does not tell, sorted: they are not in the deck, as unknown is not zero
 */
public record PricedDeck(Optional<RateDeck> deck, List<String> unknown) {
    public PricedDeck {
        unknown = List.copyOf(unknown);
    }

    /**
     * Asks for the price of each number.
     *
     * @param from the number that is shown; prices may depend on it
     * @param samples for each prefix a number that begins with it. Within a prefix prices may differ: what is told is the price of that
     *     number, so prefixes should be as long as the carrier's
     * @param initial seconds billed at least, which {@link Prices} does not tell: by the carrier's documentation
     * @param subsequent the step in seconds after that
     * @param into a builder without rates and without a currency, which becomes that of the prices; of no use afterwards
     * @throws IllegalArgumentException if there are no samples, a number does not begin with its prefix, or two prices differ in
     *     currency
     * @throws io.careflow.pstn.error.PstnException if the carrier could not be asked; there is no deck then
     */
    public static PricedDeck of(
            Prices prices,
            PhoneNumber from,
            Map<String, PhoneNumber> samples,
            int initial,
            int subsequent,
            RateDeckBuilder into) {
        requireFitting(samples);
        List<String> unknown = new ArrayList<>();
        Currency currency = null;
        for (Map.Entry<String, PhoneNumber> sample : new TreeMap<>(samples).entrySet()) {
            Optional<CallPrice> price = prices.call(from, sample.getValue());
            if (price.isEmpty()) {
                unknown.add(sample.getKey());
                continue;
            }
            Currency its = price.get().perMinute().currency();
            if (currency != null && !currency.equals(its)) {
                throw new IllegalArgumentException("prices are in " + currency + " and, of prefix " + sample.getKey()
                        + ", in " + its + "; a deck has one currency");
            }
            currency = its;
            into.add(Rate.builder(sample.getKey())
                    .perMinute(price.get().perMinute().amount())
                    .increments(initial, subsequent)
                    .build());
        }
        return new PricedDeck(
                currency == null
                        ? Optional.empty()
                        : Optional.of(into.currency(currency).build()),
                unknown);
    }

    private static void requireFitting(Map<String, PhoneNumber> samples) {
        if (samples.isEmpty()) {
            throw new IllegalArgumentException("samples are none; expected a number for each prefix");
        }
        samples.forEach((prefix, number) -> {
            if (prefix.isEmpty() || !number.digits().startsWith(prefix)) {
                throw new IllegalArgumentException(
                        "sample " + number + " does not begin with its prefix '" + prefix + "'");
            }
        });
    }
}
