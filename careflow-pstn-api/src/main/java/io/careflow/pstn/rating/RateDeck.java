package io.careflow.pstn.rating;

import io.careflow.pstn.call.Direction;
import io.careflow.pstn.money.Rounding;
import java.time.Instant;
import java.util.Currency;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One version of a provider's prices for one direction, in one currency. The longest prefix of a number wins among the rates in
 * effect at the instant; an expired longer prefix leaves the match to the shorter one. Immutable and thread-safe: a new price
 * list is a new deck.
 */
public final class RateDeck {

    private final String id;
    private final String version;
    private final String provider;
    private final Direction direction;
    private final Currency currency;
    private final SecondsRounding secondsRounding;
    private final Rounding rounding;
    private final int size;
    private final PrefixTable table;

    RateDeck(RateDeckBuilder b, Currency currency, PrefixTable table) {
        this.id = b.id;
        this.version = b.version;
        this.provider = b.provider;
        this.direction = b.direction;
        this.currency = currency;
        this.secondsRounding = b.secondsRounding;
        this.rounding = b.rounding;
        this.size = b.rows.size();
        this.table = table;
    }

    /**
     * Starts a deck.
     *
     * @param id names the price list, for example {@code telnyx-us-2026}
     * @param version names this state of it; charges repeat both
     * @param provider the provider whose calls the deck prices
     * @param direction the calls that the deck prices
     * @throws IllegalArgumentException if a text is blank
     */
    public static RateDeckBuilder builder(String id, String version, String provider, Direction direction) {
        return new RateDeckBuilder(id, version, provider, direction);
    }

    /** The name of the price list. */
    public String id() {
        return id;
    }

    /** The state of the price list that this is. */
    public String version() {
        return version;
    }

    /** The provider whose calls the deck prices. */
    public String provider() {
        return provider;
    }

    /** The calls that the deck prices. */
    public Direction direction() {
        return direction;
    }

    /** The currency of every price in the deck. */
    public Currency currency() {
        return currency;
    }

    /** How talk time becomes whole seconds. */
    public SecondsRounding secondsRounding() {
        return secondsRounding;
    }

    /** How the exact charge becomes the booked amount. */
    public Rounding rounding() {
        return rounding;
    }

    /** How many rates the deck holds. */
    public int size() {
        return size;
    }

    /**
     * The rate for a number at an instant. A rejecting rate is found like any other.
     *
     * @param digits the number, digits only
     * @param at when the call is answered
     * @return the rate with the longest matching prefix; empty if none matches
     * @throws IllegalArgumentException if the number is empty or has anything but digits
     */
    public Optional<Rate> find(String digits, Instant at) {
        String problem = Digits.problem(digits);
        if (problem != null) {
            throw new IllegalArgumentException(problem);
        }
        return Optional.ofNullable(lookup(digits, at));
    }

    /** As {@link #find}, for text already known to be digits. */
    @Nullable
    Rate lookup(String digits, Instant at) {
        return table.find(digits, at);
    }

    /** Identity and size, for example {@code telnyx-us-2026/7 (telnyx OUTBOUND, USD, 1200 rates)}. */
    @Override
    public String toString() {
        return id + "/" + version + " (" + provider + " " + direction + ", " + currency.getCurrencyCode() + ", " + size
                + " rates)";
    }
}
