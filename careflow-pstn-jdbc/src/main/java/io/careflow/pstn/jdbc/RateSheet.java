package io.careflow.pstn.jdbc;

import io.careflow.pstn.call.Direction;
import io.careflow.pstn.money.Rounding;
import io.careflow.pstn.rating.Rate;
import io.careflow.pstn.rating.RateDeck;
import io.careflow.pstn.rating.RateDeckBuilder;
import io.careflow.pstn.rating.SecondsRounding;
import java.util.Currency;
import java.util.List;
import java.util.Objects;

/**
 * The rates of one provider and direction with what they have in common: a deck before it is built.
 *
 * @param id names the price list
 * @param version names this state of it
 * @param provider whose calls it prices, as CDRs spell the carrier
 * @param direction which calls it prices
 * @param currency of every price
 * @param secondsRounding how talk time becomes whole seconds
 * @param rounding how the exact charge becomes the booked amount
 * @param rates the prices, at least one. The table has no columns for windows, tiers, included seconds, maximum and origin: a rate
 *     that has one is refused rather than stored without it
 */
public record RateSheet(
        String id,
        String version,
        String provider,
        Direction direction,
        Currency currency,
        SecondsRounding secondsRounding,
        Rounding rounding,
        List<Rate> rates) {
    public RateSheet {
        Objects.requireNonNull(direction, "direction");
        Objects.requireNonNull(currency, "currency");
        Objects.requireNonNull(secondsRounding, "secondsRounding");
        Objects.requireNonNull(rounding, "rounding");
        rates = List.copyOf(rates);
        rates.forEach(RateSheet::refuseWhatIsNotStored);
    }

    /** A sheet with the default roundings: a started second counts, half up to 6 decimals. */
    public static RateSheet of(
            String id, String version, String provider, Direction direction, Currency currency, List<Rate> rates) {
        return new RateSheet(id, version, provider, direction, currency, SecondsRounding.CEIL, Rounding.DEFAULT, rates);
    }

    /**
     * The deck.
     *
     * @throws IllegalArgumentException if the rates make none: none at all, or two for one prefix at the same time
     */
    public RateDeck toDeck() {
        RateDeckBuilder deck = RateDeck.builder(id, version, provider, direction)
                .currency(currency)
                .secondsRounding(secondsRounding)
                .rounding(rounding);
        rates.forEach(deck::add);
        return deck.build();
    }

    private static void refuseWhatIsNotStored(Rate rate) {
        boolean plain = rate.windows().isEmpty()
                && rate.tiers().isEmpty()
                && rate.includedSeconds() == 0
                && rate.maximumCharge().isEmpty()
                && rate.originPrefix().isEmpty();
        if (!plain) {
            throw new IllegalArgumentException(
                    "rates: call_rates cannot hold windows, tiers, included seconds, maximum or"
                            + " origin, which the rate for prefix '" + rate.prefix()
                            + "' has; build its RateDeck in code");
        }
    }
}
