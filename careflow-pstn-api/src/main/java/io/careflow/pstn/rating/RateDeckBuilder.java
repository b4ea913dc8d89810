package io.careflow.pstn.rating;

import io.careflow.pstn.call.Direction;
import io.careflow.pstn.money.Rounding;
import io.careflow.pstn.rating.PrefixTableBuilder.Row;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Collects the rates of a {@link RateDeck}. The order in which they are added decides nothing: two rates for the same prefix and
 * origin whose periods and hours overlap are refused, with the row numbers of both. Only a rate without {@linkplain
 * RateBuilder#windows windows} may stand beside rates with them, and then prices the hours that they leave. Not thread-safe.
 */
public final class RateDeckBuilder {

    private static final int CONFLICTS_COUNTED = 1_000;
    private static final Comparator<Row> BY_START =
            Comparator.comparing(Row::start).thenComparing(Row::number);

    final String id;
    final String version;
    final String provider;
    final Direction direction;
    final PrefixTableBuilder rates = new PrefixTableBuilder();
    SecondsRounding secondsRounding = SecondsRounding.CEIL;
    Rounding rounding = Rounding.DEFAULT;
    RoundingStage roundingStage = RoundingStage.CALL;
    IncrementPolicy incrementPolicy = IncrementPolicy.INIT_PLUS_N;
    WindowPolicy windowPolicy = WindowPolicy.AT_ANSWER;

    @Nullable
    ChannelPlan channelPlan;

    private @Nullable ZoneId zone;
    private @Nullable Currency currency;

    RateDeckBuilder(String id, String version, String provider, Direction direction) {
        this.id = text("id", id);
        this.version = text("version", version);
        this.provider = text("provider", provider);
        this.direction = Objects.requireNonNull(direction, "direction");
    }

    /** The currency of every price in the deck; must be given. */
    public RateDeckBuilder currency(Currency value) {
        this.currency = Objects.requireNonNull(value, "currency");
        return this;
    }

    /** How talk time becomes whole seconds; {@link SecondsRounding#CEIL} unless set. */
    public RateDeckBuilder secondsRounding(SecondsRounding value) {
        this.secondsRounding = Objects.requireNonNull(value, "secondsRounding");
        return this;
    }

    /** How the exact charge becomes the booked amount; {@link Rounding#DEFAULT} unless set. */
    public RateDeckBuilder rounding(Rounding value) {
        this.rounding = Objects.requireNonNull(value, "rounding");
        return this;
    }

    /** When amounts are rounded; {@link RoundingStage#CALL} unless set. */
    public RateDeckBuilder roundingStage(RoundingStage value) {
        this.roundingStage = Objects.requireNonNull(value, "roundingStage");
        return this;
    }

    /** How seconds of talk become billed seconds; {@link IncrementPolicy#INIT_PLUS_N} unless set. */
    public RateDeckBuilder incrementPolicy(IncrementPolicy value) {
        this.incrementPolicy = Objects.requireNonNull(value, "incrementPolicy");
        return this;
    }

    /** Which time of day prices a call; {@link WindowPolicy#AT_ANSWER} unless set. */
    public RateDeckBuilder windowPolicy(WindowPolicy value) {
        this.windowPolicy = Objects.requireNonNull(value, "windowPolicy");
        return this;
    }

    /** The zone by whose clock the windows of rates are read; must be given if a rate has windows. */
    public RateDeckBuilder zone(ZoneId value) {
        this.zone = Objects.requireNonNull(value, "zone");
        return this;
    }

    /** A plan of flat-rate channels: calls to the numbers of its zone cost nothing each, whatever the rates say. */
    public RateDeckBuilder channelPlan(ChannelPlan value) {
        this.channelPlan = Objects.requireNonNull(value, "channelPlan");
        return this;
    }

    /** Adds a rate; its row number is its place among those added, from 1. */
    public RateDeckBuilder add(Rate rate) {
        return add(rate, rates.size() + 1);
    }

    /**
     * Adds a rate under the row number of the file that it comes from.
     *
     * @param row what an error message calls the rate; decides nothing else
     */
    public RateDeckBuilder add(Rate rate, int row) {
        rates.add(rate.prefix(), rate.terms(), row);
        return this;
    }

    /**
     * The deck.
     *
     * @throws IllegalArgumentException if the currency is missing, or the zone where a rate has windows, there are neither rates nor
     *     a channel plan, or the channel plan is in another currency
     * @throws ConflictingRates if rates for the same prefix overlap in time; it names both rows of such pairs
     */
    public RateDeck build() {
        if (currency == null) {
            throw new IllegalArgumentException("currency is missing in deck " + id);
        }
        if (rates.size() == 0 && channelPlan == null) {
            throw new IllegalArgumentException("deck " + id + " has no rates");
        }
        if (zone == null && rates.terms().stream().anyMatch(terms -> !terms.windows.isEmpty())) {
            throw new IllegalArgumentException("zone is missing in deck " + id + ", whose rates have windows");
        }
        if (channelPlan != null && !channelPlan.perChannel().currency().equals(currency)) {
            throw new IllegalArgumentException("deck " + id + " is in " + currency + ", its channel plan in "
                    + channelPlan.perChannel().currency());
        }
        refuseOverlaps();
        return new RateDeck(this, new DeckPolicy(this, currency, zone == null ? ZoneOffset.UTC : zone), rates.build());
    }

    private void refuseOverlaps() {
        List<RateConflict> conflicts = new ArrayList<>();
        rates.shared(samePrefix -> {
            samePrefix.sort(BY_START);
            for (int i = 1; i < samePrefix.size() && conflicts.size() < CONFLICTS_COUNTED; i++) {
                addOverlap(conflicts, samePrefix.subList(0, i), samePrefix.get(i));
            }
        });
        if (!conflicts.isEmpty()) {
            throw new ConflictingRates(id, conflicts);
        }
    }

    /** The row that reaches furthest of those that began before and leave no choice is the one that a message names. */
    private static void addOverlap(List<RateConflict> conflicts, List<Row> before, Row row) {
        before.stream()
                .filter(other ->
                        row.start().isBefore(other.end()) && row.terms().conflictsWith(other.terms()))
                .max(Comparator.comparing(Row::end))
                .ifPresent(other -> conflicts.add(new RateConflict(
                        Math.min(other.number(), row.number()),
                        Math.max(other.number(), row.number()),
                        row.prefix(),
                        row.terms().effectiveFrom)));
    }

    private static String text(String field, String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException(field + " must not be blank");
        }
        return value;
    }
}
