package io.careflow.pstn.csv;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.careflow.pstn.rating.MaximumPolicy;
import io.careflow.pstn.rating.Rate;
import io.careflow.pstn.rating.RateDeck;
import io.careflow.pstn.rating.RateTier;
import io.careflow.pstn.rating.TimeWindow;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Writes decks as price lists of one format, which {@link DeckReader} reads back as the same rates. Immutable and thread-safe. */
public final class DeckWriter {
    private final CsvFormat format;

    /** A writer of files in this format. */
    public DeckWriter(CsvFormat format) {
        this.format = Objects.requireNonNull(format, "format");
    }

    /**
     * Writes all rates in the order of their prefixes. Currency, rounding, zone and a channel plan are not in it.
     *
     * @param out flushed, not closed
     * @throws IllegalArgumentException if a rate has something that the format has no column for, or no way to write; nothing is
     *     written then
     * @throws IOException if the bytes cannot be written; some may have been
     */
    public void write(RateDeck deck, OutputStream out) throws IOException {
        RateColumn[] columns = columns();
        for (int i = 0; i < deck.size(); i++) {
            Rate rate = deck.rate(i);
            refuseWhatIsLost(rate);
            row(rate, columns);
        }
        CsvWriter writer = CsvWriter.builder()
                .fieldSeparator(format.separator)
                .quoteCharacter(format.quote)
                .build(out, format.charset);
        try {
            if (format.hasHeader()) {
                writer.writeRecord(new EnumMap<>(format.headers).values());
            }
            for (int i = 0; i < deck.size(); i++) {
                writer.writeRecord(row(deck.rate(i), columns));
            }
            writer.flush();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** The column of each place, null where a list by position has some that we do not know. */
    private RateColumn[] columns() {
        if (format.hasHeader()) {
            return format.headers.keySet().stream().sorted().toArray(RateColumn[]::new);
        }
        return format.positions.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.naturalOrder()))
                .map(Map.Entry::getKey)
                .toArray(RateColumn[]::new);
    }

    private String[] row(Rate rate, RateColumn[] columns) {
        if (format.hasHeader()) {
            return IntStream.range(0, columns.length)
                    .mapToObj(i -> text(rate, columns[i]))
                    .toArray(String[]::new);
        }
        int last = format.positions.getOrDefault(columns[columns.length - 1], 0);
        String[] texts = new String[last + 1];
        Arrays.fill(texts, "");
        for (RateColumn column : columns) {
            texts[format.positions.getOrDefault(column, 0)] = text(rate, column);
        }
        return texts;
    }

    private String text(Rate rate, RateColumn column) {
        boolean metered = rate.initialIncrement() > 0;
        return switch (column) {
            case PREFIX -> rate.prefix().isEmpty() ? "*" : rate.prefix();
            case PRICE -> rate.isRejecting() ? "" : price(rate, rate.perMinute());
            case INCREMENTS -> metered ? rate.initialIncrement() + "/" + rate.subsequentIncrement() : "";
            case INITIAL_INCREMENT -> metered ? Integer.toString(rate.initialIncrement()) : "";
            case SUBSEQUENT_INCREMENT -> metered ? Integer.toString(rate.subsequentIncrement()) : "";
            case CONNECTION_FEE -> decimal(rate.connectionFee());
            case MINIMUM_CHARGE -> decimal(rate.minimumCharge());
            case GRACE_SECONDS -> Integer.toString(rate.graceSeconds());
            case INCLUDED_SECONDS -> Integer.toString(rate.includedSeconds());
            case EFFECTIVE_FROM -> moment(rate, rate.effectiveFrom());
            case EFFECTIVE_TO -> moment(rate, rate.effectiveTo());
            case WINDOWS -> rate.windows().stream().map(TimeWindow::toString).collect(Collectors.joining("+"));
            case ORIGIN_PREFIX -> rate.originPrefix();
            case REJECTED -> rate.isRejecting() ? "true" : "";
            case MAXIMUM_CHARGE -> rate.maximumCharge().map(this::decimal).orElse("");
            case MAXIMUM_POLICY ->
                rate.maximumCharge().isEmpty()
                        ? ""
                        : rate.maximumPolicy().name().toLowerCase(Locale.ROOT);
            case TIERS -> rate.tiers().stream().map(tier -> tier(rate, tier)).collect(Collectors.joining("+"));
        };
    }

    private String tier(Rate rate, RateTier tier) {
        return tier.fromSecond() + ":" + price(rate, tier.perMinute()) + ":" + tier.increment();
    }

    private String price(Rate rate, BigDecimal perMinute) {
        try {
            return decimal(format.unit.from(perMinute));
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(
                    "the price of " + name(rate) + " is no decimal in the unit " + format.unit, e);
        }
    }

    private String decimal(BigDecimal value) {
        return value.toPlainString().replace('.', format.decimalPoint);
    }

    private String moment(Rate rate, Optional<Instant> moment) {
        if (moment.isEmpty()) {
            return "";
        }
        String text = format.dates.format(moment.get().atZone(format.zone).toOffsetDateTime());
        if (!new Fields(format).moment(text).equals(moment.get())) {
            throw new IllegalArgumentException(
                    "the dates of " + name(rate) + " cannot be written exactly: " + moment.get());
        }
        return text;
    }

    private void refuseWhatIsLost(Rate rate) {
        boolean increments = format.has(RateColumn.INCREMENTS)
                || format.has(RateColumn.INITIAL_INCREMENT)
                || rate.initialIncrement() == 0
                || (rate.initialIncrement() == format.initialIncrement
                        && rate.subsequentIncrement() == format.subsequentIncrement);
        refuse(!increments, rate, RateColumn.INCREMENTS);
        refuse(lost(RateColumn.CONNECTION_FEE, rate.connectionFee().signum()), rate, RateColumn.CONNECTION_FEE);
        refuse(lost(RateColumn.MINIMUM_CHARGE, rate.minimumCharge().signum()), rate, RateColumn.MINIMUM_CHARGE);
        refuse(lost(RateColumn.GRACE_SECONDS, rate.graceSeconds()), rate, RateColumn.GRACE_SECONDS);
        refuse(lost(RateColumn.INCLUDED_SECONDS, rate.includedSeconds()), rate, RateColumn.INCLUDED_SECONDS);
        refuse(
                lost(RateColumn.EFFECTIVE_FROM, rate.effectiveFrom().isPresent() ? 1 : 0),
                rate,
                RateColumn.EFFECTIVE_FROM);
        refuse(lost(RateColumn.EFFECTIVE_TO, rate.effectiveTo().isPresent() ? 1 : 0), rate, RateColumn.EFFECTIVE_TO);
        refuse(lost(RateColumn.WINDOWS, rate.windows().size()), rate, RateColumn.WINDOWS);
        refuse(lost(RateColumn.ORIGIN_PREFIX, rate.originPrefix().length()), rate, RateColumn.ORIGIN_PREFIX);
        refuse(lost(RateColumn.REJECTED, rate.isRejecting() ? 1 : 0), rate, RateColumn.REJECTED);
        refuse(lost(RateColumn.TIERS, rate.tiers().size()), rate, RateColumn.TIERS);
        boolean capped = rate.maximumCharge().isPresent();
        refuse(lost(RateColumn.MAXIMUM_CHARGE, capped ? 1 : 0), rate, RateColumn.MAXIMUM_CHARGE);
        boolean disconnect = capped && rate.maximumPolicy() != MaximumPolicy.FREE;
        refuse(lost(RateColumn.MAXIMUM_POLICY, disconnect ? 1 : 0), rate, RateColumn.MAXIMUM_POLICY);
    }

    private boolean lost(RateColumn column, int amount) {
        return amount != 0 && !format.has(column);
    }

    private static void refuse(boolean lost, Rate rate, RateColumn column) {
        if (lost) {
            throw new IllegalArgumentException(
                    "the format has no column " + column.text() + ", which " + name(rate) + " needs");
        }
    }

    private static String name(Rate rate) {
        return rate.prefix().isEmpty() ? "the catch-all rate" : "prefix " + rate.prefix();
    }
}
