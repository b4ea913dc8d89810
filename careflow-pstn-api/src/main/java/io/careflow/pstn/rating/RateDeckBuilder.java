package io.careflow.pstn.rating;

import io.careflow.pstn.call.Direction;
import io.careflow.pstn.money.Rounding;
import java.time.Instant;
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
 * an overlapping period are refused, with the row numbers of both. Not thread-safe.
 */
public final class RateDeckBuilder {

    private static final int PROBLEMS_SHOWN = 20;
    private static final Comparator<Row> BY_START =
            Comparator.comparing(Row::start).thenComparing(Row::number);

    final String id;
    final String version;
    final String provider;
    final Direction direction;
    final List<Row> rows = new ArrayList<>();
    SecondsRounding secondsRounding = SecondsRounding.CEIL;
    Rounding rounding = Rounding.DEFAULT;
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
     * @throws IllegalArgumentException if the currency is missing, there are no rates, or rates for the same prefix overlap in
     *     time; the message names both rows of such pairs, at most 20 pairs
     */
    public RateDeck build() {
        if (currency == null) {
            throw new IllegalArgumentException("currency is missing in deck " + id);
        }
        if (rows.isEmpty()) {
            throw new IllegalArgumentException("deck " + id + " has no rates");
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
        return new RateDeck(this, currency, new PrefixTable(rates));
    }

    private void refuseOverlaps(Map<String, List<Row>> byPrefix) {
        List<String> problems = new ArrayList<>();
        for (List<Row> samePrefix : byPrefix.values()) {
            samePrefix.sort(BY_START);
            Row reaching = samePrefix.get(0);
            for (Row row : samePrefix.subList(1, samePrefix.size())) {
                if (row.start().isBefore(reaching.end())) {
                    problems.add(overlap(reaching, row));
                }
                reaching = row.end().isAfter(reaching.end()) ? row : reaching;
            }
        }
        if (!problems.isEmpty()) {
            problems.sort(Comparator.naturalOrder());
            String shown = String.join("; ", problems.subList(0, Math.min(PROBLEMS_SHOWN, problems.size())));
            throw new IllegalArgumentException(
                    "deck " + id + " has overlapping rates (" + problems.size() + "): " + shown);
        }
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
