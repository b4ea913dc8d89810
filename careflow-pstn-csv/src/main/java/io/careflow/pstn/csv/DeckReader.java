package io.careflow.pstn.csv;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.careflow.pstn.rating.ConflictingRates;
import io.careflow.pstn.rating.RateConflict;
import io.careflow.pstn.rating.RateDeck;
import io.careflow.pstn.rating.RateDeckBuilder;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads price lists of one format, however long: a deck is made of all rows or of none. Every bad row is reported, with its line, its
 * column and the reason; only the first are kept. Immutable and thread-safe.
 */
public final class DeckReader {

    /** Bad rows that are kept for the answer; each of them is given to the listener. */
    public static final int ROWS_KEPT = 100;

    private static final int PROGRESS_ROWS = 10_000;

    private final CsvFormat format;

    /** A reader of files in this format. */
    public DeckReader(CsvFormat format) {
        this.format = Objects.requireNonNull(format, "format");
    }

    /**
     * Reads a file, as {@link #read(InputStream, RateDeckBuilder, Consumer, LoadProgress)} does, hearing nothing.
     *
     * @throws IOException if the file cannot be read
     */
    public DeckLoad read(Path file, RateDeckBuilder deck) throws IOException {
        try (InputStream bytes = Files.newInputStream(file)) {
            return read(bytes, deck, row -> {}, LoadProgress.none());
        }
    }

    /**
     * Reads a price list to its end. Rows of one prefix whose times overlap are bad rows too, found at the end among the rows that are
     * not bad otherwise, under the line of the second.
     *
     * @param bytes not closed
     * @param deck a builder without rates, with all else that the deck needs (currency; a zone where rows have hours); of no use
     *     afterwards
     * @param badRows given every bad row when it is met, however many there are
     * @throws IOException if the bytes cannot be read; there is no deck then
     * @throws IllegalArgumentException if the builder lacks something that the rows need: it is not the list's fault
     */
    public DeckLoad read(InputStream bytes, RateDeckBuilder deck, Consumer<BadRow> badRows, LoadProgress progress)
            throws IOException {
        Run run = new Run(new Counted(bytes), deck, badRows, progress);
        try {
            return run.load();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** One reading of one list. */
    private final class Run {
        private final Counted bytes;
        private final RateDeckBuilder deck;
        private final Consumer<BadRow> listener;
        private final LoadProgress progress;
        private final List<BadRow> kept = new ArrayList<>();
        private long bad;
        private long rows;
        private long rates;

        private Run(Counted bytes, RateDeckBuilder deck, Consumer<BadRow> listener, LoadProgress progress) {
            this.bytes = bytes;
            this.deck = deck;
            this.listener = listener;
            this.progress = progress;
        }

        private DeckLoad load() {
            CsvReader<Row> reader = CsvReader.builder()
                    .fieldSeparator(format.separator)
                    .quoteCharacter(format.quote)
                    .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                    .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                    .allowUnclosedQuote(false)
                    .detectBomHeader(true)
                    .build(new Row(), bytes, format.charset);
            long line = 1;
            try {
                Iterator<Row> records = reader.iterator();
                RowReader row = begin(records);
                while (row != null && records.hasNext()) {
                    Row next = records.next();
                    line = next.line();
                    add(row, next, line);
                }
            } catch (CsvParseException e) {
                report(new BadRow(line, "", "no CSV from the row after this line on: " + e.getMessage()));
            }
            progress.read(rows, bytes.count);
            if (rows == 0 && bad == 0) {
                report(new BadRow(line, "", "there are no rows"));
            }
            // Whoever mends the bad rows wants to know of rows in each other's way as well.
            return bad == 0 || rates > 0 ? build() : new DeckLoad.Refused(bad, kept);
        }

        private @Nullable RowReader begin(Iterator<Row> records) {
            if (!format.hasHeader()) {
                return new RowReader(format, Columns.byPosition(format));
            }
            if (!records.hasNext()) {
                report(new BadRow(1, "", "the file is empty"));
                return null;
            }
            List<BadRow> problems = new ArrayList<>();
            Columns columns = Columns.byHeader(format, names(records.next()), problems);
            problems.forEach(this::report);
            return problems.isEmpty() ? new RowReader(format, columns) : null;
        }

        private static List<String> names(Row header) {
            return IntStream.range(0, header.fields()).mapToObj(header::field).toList();
        }

        private void add(RowReader row, Row record, long line) {
            rows++;
            try {
                int source = (int) Math.min(line, Integer.MAX_VALUE);
                row.rates(record, rate -> {
                    deck.add(rate, source);
                    rates++;
                });
            } catch (RowReader.Refusal refusal) {
                report(refusal.at(line));
            }
            if (rows % PROGRESS_ROWS == 0) {
                progress.read(rows, bytes.count);
            }
        }

        private DeckLoad build() {
            try {
                RateDeck built = deck.build();
                return bad == 0 ? new DeckLoad.Loaded(built) : new DeckLoad.Refused(bad, kept);
            } catch (ConflictingRates e) {
                e.conflicts().forEach(conflict -> report(conflict(conflict)));
                return new DeckLoad.Refused(bad, kept);
            }
        }

        private BadRow conflict(RateConflict conflict) {
            String prefix = conflict.prefix().isEmpty() ? "*" : conflict.prefix();
            return new BadRow(
                    conflict.second(),
                    format.headers.getOrDefault(RateColumn.PREFIX, "prefix"),
                    "lines " + conflict.first() + " and " + conflict.second() + " both price " + prefix);
        }

        private void report(BadRow row) {
            bad++;
            if (kept.size() < ROWS_KEPT) {
                kept.add(row);
            }
            listener.accept(row);
        }
    }

    /** Counts what is read. */
    private static final class Counted extends FilterInputStream {
        private long count;

        private Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            count += value < 0 ? 0 : 1;
            return value;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int got = super.read(buffer, offset, length);
            count += Math.max(0, got);
            return got;
        }
    }
}
