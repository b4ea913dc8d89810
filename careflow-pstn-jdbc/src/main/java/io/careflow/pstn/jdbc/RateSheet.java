package io.careflow.pstn.jdbc;

import io.careflow.pstn.call.Direction;
import io.careflow.pstn.money.Rounding;
import io.careflow.pstn.rating.IncrementPolicy;
import io.careflow.pstn.rating.Rate;
import io.careflow.pstn.rating.RateDeck;
import io.careflow.pstn.rating.RateDeckBuilder;
import io.careflow.pstn.rating.RoundingStage;
import io.careflow.pstn.rating.SecondsRounding;
import io.careflow.pstn.rating.WindowPolicy;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

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
 * @param roundingStage when amounts are rounded
 * @param incrementPolicy how seconds of talk become billed seconds
 * @param windowPolicy which time of day prices a call that lasts from one window into the next
 * @param zone by whose clock windows of rates are read, or null where no rate has any
 * @param rates the prices, at least one. A deck with a plan of flat-rate channels is built in code: the table holds none
 */
public record RateSheet(
        String id,
        String version,
        String provider,
        Direction direction,
        Currency currency,
        SecondsRounding secondsRounding,
        Rounding rounding,
        RoundingStage roundingStage,
        IncrementPolicy incrementPolicy,
        WindowPolicy windowPolicy,
        @Nullable ZoneId zone,
        List<Rate> rates) {
    public RateSheet {
        Objects.requireNonNull(direction, "direction");
        Objects.requireNonNull(currency, "currency");
        Objects.requireNonNull(secondsRounding, "secondsRounding");
        Objects.requireNonNull(rounding, "rounding");
        Objects.requireNonNull(roundingStage, "roundingStage");
        Objects.requireNonNull(incrementPolicy, "incrementPolicy");
        Objects.requireNonNull(windowPolicy, "windowPolicy");
        rates = List.copyOf(rates);
        rates.forEach(RateSheet::refuseWhatIsNotStored);
    }

    /** A sheet whose rates hold at all hours, rounded per call. */
    public RateSheet(
            String id,
            String version,
            String provider,
            Direction direction,
            Currency currency,
            SecondsRounding secondsRounding,
            Rounding rounding,
            List<Rate> rates) {
        this(
                id,
                version,
                provider,
                direction,
                currency,
                secondsRounding,
                rounding,
                RoundingStage.CALL,
                IncrementPolicy.INIT_PLUS_N,
                WindowPolicy.AT_ANSWER,
                null,
                rates);
    }

    /** A sheet with the default roundings: a started second counts, half up to 6 decimals. */
    public static RateSheet of(
            String id, String version, String provider, Direction direction, Currency currency, List<Rate> rates) {
        return new RateSheet(id, version, provider, direction, currency, SecondsRounding.CEIL, Rounding.DEFAULT, rates);
    }

    /**
     * What a deck says, for the table.
     *
     * @throws IllegalArgumentException if the deck has a plan of flat-rate channels, which the table does not hold
     */
    public static RateSheet of(RateDeck deck) {
        if (deck.channelPlan().isPresent()) {
            throw new IllegalArgumentException("deck " + deck.id()
                    + " has a plan of flat-rate channels, which call_rates does not hold; build the deck in code");
        }
        List<Rate> rates = IntStream.range(0, deck.size()).mapToObj(deck::rate).toList();
        boolean hours = rates.stream().anyMatch(rate -> !rate.windows().isEmpty());
        return new RateSheet(
                deck.id(),
                deck.version(),
                deck.provider(),
                deck.direction(),
                deck.currency(),
                deck.secondsRounding(),
                deck.rounding(),
                deck.roundingStage(),
                deck.incrementPolicy(),
                deck.windowPolicy(),
                hours ? deck.zone() : null,
                rates);
    }

    /** The same with windows by the clock of this zone. */
    public RateSheet in(ZoneId value, WindowPolicy policy) {
        return new RateSheet(
                id,
                version,
                provider,
                direction,
                currency,
                secondsRounding,
                rounding,
                roundingStage,
                incrementPolicy,
                policy,
                value,
                rates);
    }

    /**
     * The deck.
     *
     * @throws IllegalArgumentException if the rates make none: none at all, two for one prefix at the same time, windows without a
     *     zone
     */
    public RateDeck toDeck() {
        RateDeckBuilder deck = RateRows.Head.of(this).builder();
        rates.forEach(deck::add);
        return deck.build();
    }

    private static void refuseWhatIsNotStored(Rate rate) {
        if (rate.plan().isPresent()) {
            throw new IllegalArgumentException(
                    "rates: call_rates holds no plan of flat-rate channels, which the rate for" + " prefix '"
                            + rate.prefix() + "' belongs to; build its RateDeck in code");
        }
    }
}
