package io.careflow.pstn.rating;

import io.careflow.pstn.call.Direction;
import io.careflow.pstn.money.Rounding;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Currency;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One version of a provider's prices for one direction, in one currency. The longest prefix of a number wins among the rates in
 * effect at the instant and meant for the caller; an expired longer prefix leaves the match to the shorter one. Among the rates of
 * that prefix the one with the longest origin wins, then the one whose {@linkplain TimeWindow hours} it is, then the one without
 * hours; if none is left, the price is unknown. Immutable and thread-safe: a new price list is a new deck.
 *
 * <p>A deck of inbound calls is looked up by our own number: who owns a toll-free number pays for calls to it. The deck by which a
 * customer is charged is one too; its provider is then a name for the price list.
 */
public final class RateDeck {

    private final String id;
    private final String version;
    private final String provider;
    private final Direction direction;
    private final Currency currency;
    private final SecondsRounding secondsRounding;
    private final Rounding rounding;
    private final RoundingStage roundingStage;
    private final IncrementPolicy incrementPolicy;
    private final WindowPolicy windowPolicy;
    private final ZoneId zone;
    private final @Nullable ChannelPlan channelPlan;
    private final @Nullable PrefixTable included;
    private final int size;
    private final PrefixTable table;

    RateDeck(RateDeckBuilder b, Currency currency, ZoneId zone, PrefixTable table) {
        this.id = b.id;
        this.version = b.version;
        this.provider = b.provider;
        this.direction = b.direction;
        this.currency = currency;
        this.secondsRounding = b.secondsRounding;
        this.rounding = b.rounding;
        this.roundingStage = b.roundingStage;
        this.incrementPolicy = b.incrementPolicy;
        this.windowPolicy = b.windowPolicy;
        this.zone = zone;
        this.channelPlan = b.channelPlan;
        this.included = b.channelPlan == null ? null : new PrefixTable(b.channelPlan.rates());
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

    /** When amounts are rounded. */
    public RoundingStage roundingStage() {
        return roundingStage;
    }

    /** How seconds of talk become billed seconds. */
    public IncrementPolicy incrementPolicy() {
        return incrementPolicy;
    }

    /** Which time of day prices a call that lasts from one window into the next. */
    public WindowPolicy windowPolicy() {
        return windowPolicy;
    }

    /** The zone by whose clock the windows of rates are read, wherever the program runs; UTC if no rate has any. */
    public ZoneId zone() {
        return zone;
    }

    /** The plan of flat-rate channels that pays for some calls; empty if there is none. */
    public Optional<ChannelPlan> channelPlan() {
        return Optional.ofNullable(channelPlan);
    }

    /** How many rates the deck holds. */
    public int size() {
        return size;
    }

    /**
     * The rate for a number at an instant, for a caller of whom nothing is known. A rejecting rate is found like any other.
     *
     * @param digits the number, digits only
     * @param at when the call is answered
     * @return the rate of the longest matching prefix; empty if none matches
     * @throws IllegalArgumentException if the number is empty or has anything but digits
     */
    public Optional<Rate> find(String digits, Instant at) {
        String problem = Digits.problem(digits);
        if (problem != null) {
            throw new IllegalArgumentException(problem);
        }
        Tariff tariff = tariff(digits, "", at);
        return tariff == null ? Optional.empty() : Optional.ofNullable(tariff.rate());
    }

    /** The rates that may price a call answered at this instant, or null if there are none. The text must be digits. */
    @Nullable
    Tariff tariff(String digits, String origin, Instant at) {
        Rate[] rates = included == null ? null : included.find(digits, "", at);
        if (rates == null || rates[0].isRejecting()) {
            rates = table.find(digits, origin, at);
        }
        return rates == null ? null : new Tariff(rates, origin, at, zone);
    }

    /** Identity and size, for example {@code telnyx-us-2026/7 (telnyx OUTBOUND, USD, 1200 rates)}. */
    @Override
    public String toString() {
        return id + "/" + version + " (" + provider + " " + direction + ", " + currency.getCurrencyCode() + ", " + size
                + " rates)";
    }
}
