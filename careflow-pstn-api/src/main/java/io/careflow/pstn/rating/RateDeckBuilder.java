package io.careflow.pstn.rating;

import io.careflow.pstn.call.Direction;
import io.careflow.pstn.money.Rounding;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Collects the rates of a {@link RateDeck}. The order in which they are added decides nothing: two rates for the same prefix and
 * origin whose periods and hours overlap are refused, with the row numbers of both. Only a rate without {@linkplain
 * RateBuilder#windows windows} may stand beside rates with them, and then prices the hours that they leave. Not thread-safe.
 */
public final class RateDeckBuilder {

    private static final int PROBLEMS_SHOWN = 20;
    private static final int PROBLEMS_COUNTED = 1_000;
    private static final Comparator<Row> BY_START =
            Comparator.comparing(Row::start).thenComparing(Row::number);

    final String id;
    final String version;
    final String provider;
    final Direction direction;
    final List<Row> rows = new ArrayList<>();
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
        return add(rate, rows.size() + 1);
    }

    /**
     * Adds a rate under the row number of the file that it comes from.
     *
     * @param row what an error message calls the rate; decides nothing else
     */
    public RateDeckBuilder add(Rate rate, int row) {
        rows.add(new Row(row, Objects.requireNonNull(rate, "rate")));
        return this;
    }

    /**
     * The deck.
     *
     * @throws IllegalArgumentException if the currency is missing, or the zone where a rate has windows, there are neither rates nor
     *     a channel plan, the channel plan is in another currency, or rates for the same prefix overlap in time; the message names both rows of such
     *     pairs, at most 20 pairs
     */
    public RateDeck build() {
        if (currency == null) {
            throw new IllegalArgumentException("currency is missing in deck " + id);
        }
        if (rows.isEmpty() && channelPlan == null) {
            throw new IllegalArgumentException("deck " + id + " has no rates");
        }
        if (zone == null && rows.stream().anyMatch(row -> !row.rate.windows().isEmpty())) {
            throw new IllegalArgumentException("zone is missing in deck " + id + ", whose rates have windows");
        }
        if (channelPlan != null && !channelPlan.perChannel().currency().equals(currency)) {
            throw new IllegalArgumentException("deck " + id + " is in " + currency + ", its channel plan in "
                    + channelPlan.perChannel().currency());
        }
        Map<String, List<Row>> byPrefix = new HashMap<>();
        for (Row row : rows) {
            byPrefix.computeIfAbsent(row.rate.prefix(), prefix -> new ArrayList<>(1))
                    .add(row);
        }
        refuseOverlaps(byPrefix);
        Map<String, List<Rate>> rates = new HashMap<>();
        byPrefix.forEach(
                (prefix, list) -> rates.put(prefix, list.stream().map(Row::rate).toList()));
        return new RateDeck(this, currency, zone == null ? ZoneOffset.UTC : zone, new PrefixTable(rates));
    }

    private void refuseOverlaps(Map<String, List<Row>> byPrefix) {
        List<String> problems = new ArrayList<>();
        for (List<Row> samePrefix : byPrefix.values()) {
            samePrefix.sort(BY_START);
            for (int i = 1; i < samePrefix.size() && problems.size() < PROBLEMS_COUNTED; i++) {
                addOverlap(problems, samePrefix.subList(0, i), samePrefix.get(i));
            }
        }
        if (!problems.isEmpty()) {
            problems.sort(Comparator.naturalOrder());
            String shown = String.join("; ", problems.subList(0, Math.min(PROBLEMS_SHOWN, problems.size())));
            throw new IllegalArgumentException(
                    "deck " + id + " has overlapping rates (" + problems.size() + "): " + shown);
        }
    }

    /** The row that reaches furthest of those that began before and leave no choice is the one that a message names. */
    private static void addOverlap(List<String> problems, List<Row> before, Row row) {
        before.stream()
                .filter(other -> row.start().isBefore(other.end()) && row.rate.conflictsWith(other.rate))
                .max(Comparator.comparing(Row::end))
                .ifPresent(other -> problems.add(overlap(other, row)));
    }

    private static String overlap(Row a, Row b) {
        String start = b.rate.effectiveFrom().map(from -> " from " + from).orElse("");
        String prefix = a.rate.prefix().isEmpty() ? "the catch-all prefix" : "prefix " + a.rate.prefix();
        return "rows " + Math.min(a.number, b.number) + " and " + Math.max(a.number, b.number) + " both price " + prefix
                + start;
    }

    private static String text(String field, String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException(field + " must not be blank");
        }
        return value;
    }

    private record Row(int number, Rate rate) {
        Instant start() {
            return rate.effectiveFrom().orElse(Instant.MIN);
        }

        Instant end() {
            return rate.effectiveTo().orElse(Instant.MAX);
        }
    }
}
