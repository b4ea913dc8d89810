package io.careflow.pstn.csv;

import io.careflow.pstn.rating.MaximumPolicy;
import io.careflow.pstn.rating.Rate;
import io.careflow.pstn.rating.RateBuilder;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Makes rates of rows. Price lists have many prefixes and few prices: rows that differ in nothing but the prefix are read once, and
 * their rates share what they have in common. Used by one thread.
 */
final class RowReader {
    private static final char UNREADABLE = '\uFFFD';

    private final CsvFormat format;
    private final Columns columns;
    private final Fields fields;
    private final int prefixPlace;
    private final int lastPlace;
    private final KnownRates known;

    RowReader(CsvFormat format, Columns columns) {
        this.format = format;
        this.columns = columns;
        this.fields = new Fields(format);
        int[] termPlaces = columns.termPlaces();
        this.prefixPlace = columns.place(RateColumn.PREFIX);
        this.lastPlace = Math.max(prefixPlace, Arrays.stream(termPlaces).max().orElse(0));
        this.known = new KnownRates(termPlaces);
    }

    /**
     * Hands over the rates of a row: one for each of its prefixes.
     *
     * @throws Refusal if it makes none, or not all; some may have been handed over
     */
    void rates(Row row, Consumer<Rate> consumer) throws Refusal {
        if (row.fields() <= lastPlace) {
            throw new Refusal("", "the row has " + row.fields() + " fields, but needs " + (lastPlace + 1));
        }
        Rate rate = terms(row);
        String prefix = row.field(prefixPlace).strip();
        try {
            if (prefix.equals("*")) {
                consumer.accept(read(row));
            } else {
                Prefixes.each(prefix, one -> consumer.accept(rate.withPrefix(one)));
            }
        } catch (IllegalArgumentException e) {
            throw refusal(RateColumn.PREFIX, prefix, e);
        }
    }

    private Rate terms(Row row) throws Refusal {
        Rate before = known.get(row);
        if (before != null) {
            return before;
        }
        Rate rate = read(row);
        known.put(row, rate);
        return rate;
    }

    private Rate read(Row row) throws Refusal {
        RateBuilder rate = text(row, RateColumn.PREFIX).equals("*") ? Rate.catchAll() : Rate.builder("0");
        set(row, RateColumn.REJECTED, text -> {
            if (Fields.yes(text)) {
                rate.rejecting();
            }
        });
        set(row, RateColumn.PRICE, text -> rate.perMinute(format.unit.perMinute(fields.decimal(text))));
        increments(row, rate);
        set(row, RateColumn.CONNECTION_FEE, text -> rate.connectionFee(fields.decimal(text)));
        set(row, RateColumn.MINIMUM_CHARGE, text -> rate.minimumCharge(fields.decimal(text)));
        set(row, RateColumn.GRACE_SECONDS, text -> rate.graceSeconds(fields.seconds(text)));
        set(row, RateColumn.INCLUDED_SECONDS, text -> rate.includedSeconds(fields.seconds(text)));
        set(row, RateColumn.EFFECTIVE_FROM, text -> rate.effectiveFrom(fields.moment(text)));
        set(row, RateColumn.EFFECTIVE_TO, text -> rate.effectiveTo(fields.moment(text)));
        set(row, RateColumn.WINDOWS, text -> rate.windows(text.split("\\+", -1)));
        set(row, RateColumn.ORIGIN_PREFIX, rate::originPrefix);
        maximum(row, rate);
        set(row, RateColumn.TIERS, text -> tiers(text, rate));
        try {
            return rate.build();
        } catch (IllegalArgumentException e) {
            RateColumn wrong = text(row, RateColumn.PRICE).isEmpty() ? RateColumn.PRICE : RateColumn.EFFECTIVE_TO;
            throw refusal(wrong, text(row, wrong), e);
        }
    }

    private void maximum(Row row, RateBuilder rate) throws Refusal {
        MaximumPolicy[] policy = {MaximumPolicy.FREE};
        set(row, RateColumn.MAXIMUM_POLICY, text -> policy[0] = Fields.policy(text));
        set(row, RateColumn.MAXIMUM_CHARGE, text -> rate.maximumCharge(fields.decimal(text), policy[0]));
    }

    private void tiers(String text, RateBuilder rate) {
        for (String tier : text.split("\\+", -1)) {
            String[] parts = tier.split(":", -1);
            if (parts.length != 3) {
                throw new IllegalArgumentException("tiers must read like 600:0.008:6, not " + Fields.shown(text));
            }
            String perMinute =
                    format.unit.perMinute(fields.decimal(parts[1].strip())).toPlainString();
            rate.tier(fields.seconds(parts[0].strip()), perMinute, fields.seconds(parts[2].strip()));
        }
    }

    private void increments(Row row, RateBuilder rate) throws Refusal {
        String initial = text(row, RateColumn.INITIAL_INCREMENT);
        String subsequent = text(row, RateColumn.SUBSEQUENT_INCREMENT);
        if (format.initialIncrement > 0) {
            rate.increments(format.initialIncrement, format.subsequentIncrement);
        }
        if (!initial.isEmpty() || !subsequent.isEmpty()) {
            set(row, RateColumn.INITIAL_INCREMENT, text -> rate.increments(fields.seconds(text), 1));
            set(
                    row,
                    RateColumn.SUBSEQUENT_INCREMENT,
                    text -> rate.increments(fields.seconds(initial), fields.seconds(text)));
            if (initial.isEmpty() || subsequent.isEmpty()) {
                RateColumn missing = initial.isEmpty() ? RateColumn.INITIAL_INCREMENT : RateColumn.SUBSEQUENT_INCREMENT;
                throw new Refusal(columns.name(missing), "is empty, but the other increment is not");
            }
        }
        set(row, RateColumn.INCREMENTS, text -> {
            String[] both = text.split("/", -1);
            if (both.length != 2) {
                throw new IllegalArgumentException("increments must read like 60/6, not " + Fields.shown(text));
            }
            rate.increments(fields.seconds(both[0].strip()), fields.seconds(both[1].strip()));
        });
    }

    /** Gives the field to a part of the rate, unless it is empty or not there. */
    private void set(Row row, RateColumn column, Consumer<String> part) throws Refusal {
        String text = text(row, column);
        if (text.isEmpty()) {
            return;
        }
        if (text.indexOf(UNREADABLE) >= 0) {
            throw new Refusal(
                    columns.name(column), "has bytes that are not " + format.charset + ": " + Fields.shown(text));
        }
        try {
            part.accept(text);
        } catch (IllegalArgumentException e) {
            throw refusal(column, text, e);
        }
    }

    private String text(Row row, RateColumn column) {
        int place = columns.place(column);
        return place < 0 ? "" : row.field(place).strip();
    }

    /** What the rate says of itself names the prefix for which it is read, which is none of the list's. */
    private Refusal refusal(RateColumn column, String text, IllegalArgumentException e) {
        String reason = String.valueOf(e.getMessage()).replace(" for prefix 0", "");
        String found = Fields.shown(text);
        return new Refusal(columns.name(column), reason.contains(found) ? reason : reason + ", found " + found);
    }

    /** Why a row makes no rate. */
    static final class Refusal extends Exception {
        private static final long serialVersionUID = 1L;

        private final String column;
        private final String reason;

        private Refusal(String column, String reason) {
            super(reason, null, false, false);
            this.column = column;
            this.reason = reason;
        }

        BadRow at(long line) {
            return new BadRow(line, column, reason);
        }
    }
}
