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

    private final DeckPolicy policy;
    private final @Nullable ChannelPlan channelPlan;
    private final @Nullable PrefixTable included;
    private final PrefixTable table;
    private final ZoneClock clock;

    RateDeck(RateDeckBuilder b, DeckPolicy policy, PrefixTable table) {
        this.policy = policy;
        this.channelPlan = b.channelPlan;
        this.included = b.channelPlan == null ? null : table(b.channelPlan);
        this.table = table;
        this.clock = new ZoneClock(policy.zone());
    }

    private static PrefixTable table(ChannelPlan plan) {
        PrefixTableBuilder included = new PrefixTableBuilder();
        plan.rates().forEach(rate -> included.add(rate.prefix(), rate.terms(), 0));
        return included.build();
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
        return policy.id();
    }

    /** The state of the price list that this is. */
    public String version() {
        return policy.version();
    }

    /** The provider whose calls the deck prices. */
    public String provider() {
        return policy.provider();
    }

    /** The calls that the deck prices. */
    public Direction direction() {
        return policy.direction();
    }

    /** The currency of every price in the deck. */
    public Currency currency() {
        return policy.currency();
    }

    /** How talk time becomes whole seconds. */
    public SecondsRounding secondsRounding() {
        return policy.secondsRounding();
    }

    /** How the exact charge becomes the booked amount. */
    public Rounding rounding() {
        return policy.rounding();
    }

    /** When amounts are rounded. */
    public RoundingStage roundingStage() {
        return policy.roundingStage();
    }

    /** How seconds of talk become billed seconds. */
    public IncrementPolicy incrementPolicy() {
        return policy.incrementPolicy();
    }

    /** Which time of day prices a call that lasts from one window into the next. */
    public WindowPolicy windowPolicy() {
        return policy.windowPolicy();
    }

    /** The zone by whose clock the windows of rates are read, wherever the program runs; UTC if no rate has any. */
    public ZoneId zone() {
        return policy.zone();
    }

    /** The plan of flat-rate channels that pays for some calls; empty if there is none. */
    public Optional<ChannelPlan> channelPlan() {
        return Optional.ofNullable(channelPlan);
    }

    /** How many rates the deck holds; those of a channel plan are not counted. */
    public int size() {
        return table.size();
    }

    /**
     * A rate of the deck.
     *
     * @param index 0 to less than {@link #size}, in the order of prefixes as text, whatever the order in which they were added; or
     *     what {@link #indexOf} answered
     * @return a value of its own at each call: the deck keeps its rates in a closer form
     * @throws IndexOutOfBoundsException if there is no such rate
     */
    public Rate rate(int index) {
        return included != null && index >= table.size() ? included.rate(index - table.size()) : table.rate(index);
    }

    /**
     * Where the rate for a number at an instant is, for a caller of whom nothing is known. Allocates nothing.
     *
     * @param digits the number, digits only
     * @param at when the call is answered
     * @return the index of the rate that {@link #find} would make, or -1 if there is none
     * @throws IllegalArgumentException if the number is empty or has anything but digits
     */
    public int indexOf(String digits, Instant at) {
        if (included != null) {
            int row = planned(included, digits, at);
            if (row != PrefixTable.NONE) {
                return table.size() + row;
            }
        }
        int group = table.group(digits, "", at);
        if (group < PrefixTable.CONDITIONAL) {
            return group;
        }
        if (group == PrefixTable.NO_NUMBER) {
            throw new IllegalArgumentException(Digits.problem(digits));
        }
        int row = group == PrefixTable.NONE ? group : table.row(group, "", at, clock);
        return row == PrefixTable.NONE ? -1 : row;
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
        int index = indexOf(digits, at);
        return index < 0 ? Optional.empty() : Optional.of(rate(index));
    }

    DeckPolicy policy() {
        return policy;
    }

    ZoneClock clock() {
        return clock;
    }

    /** The rates of the channel plan if it pays for this call, else those of the deck. */
    PrefixTable table(String digits, Instant at) {
        return included != null && planned(included, digits, at) != PrefixTable.NONE ? included : table;
    }

    /** The rate of the plan, which is there at any hour and for everybody, or none if the call is not included. */
    private static int planned(PrefixTable plan, String digits, Instant at) {
        int row = plan.group(digits, "", at);
        return row >= PrefixTable.CONDITIONAL || plan.terms(row).rejecting ? PrefixTable.NONE : row;
    }

    /** Identity and size, for example {@code telnyx-us-2026/7 (telnyx OUTBOUND, USD, 1200 rates)}. */
    @Override
    public String toString() {
        return id() + "/" + version() + " (" + provider() + " " + direction() + ", "
                + currency().getCurrencyCode() + ", " + size() + " rates)";
    }
}
