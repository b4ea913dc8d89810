package io.careflow.pstn.cli;

import io.careflow.pstn.call.Direction;
import io.careflow.pstn.csv.CsvFormat;
import io.careflow.pstn.csv.CsvFormatBuilder;
import io.careflow.pstn.csv.DeckLoad;
import io.careflow.pstn.csv.DeckReader;
import io.careflow.pstn.csv.LoadProgress;
import io.careflow.pstn.csv.PriceUnit;
import io.careflow.pstn.csv.RateColumn;
import io.careflow.pstn.rating.RateDeck;
import io.careflow.pstn.rating.RateDeckBuilder;
import io.careflow.pstn.rating.Rater;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How price lists in CSV are read. */
final class DeckOptions {
    private static final Pattern PLACE = Pattern.compile("#[1-9][0-9]{0,3}");
    private static final Pattern INCREMENTS = Pattern.compile("([0-9]{1,5})/([0-9]{1,5})");

    @Option(
            names = "--column",
            paramLabel = "COLUMN=HEADER",
            description =
                    "Under which header a column stands, such as price=\"Rate USD\", or, in a file without a header, at which"
                            + " place: price=#3. Columns: ${COMPLETION-CANDIDATES}. Without any, prefix and price under"
                            + " these names.")
    private Map<RateColumn, String> columns = new LinkedHashMap<>();

    @Option(
            names = "--increments",
            paramLabel = "A/B",
            defaultValue = "60/60",
            description =
                    "Seconds billed at least, and the step after that, of rows that name none; 60/60 unless given.")
    private String increments = "60/60";

    @Option(
            names = "--currency",
            paramLabel = "CODE",
            defaultValue = "USD",
            description = "Of all prices, ISO 4217; USD unless given.")
    private String currency = "USD";

    @Option(
            names = "--separator",
            paramLabel = "CHAR",
            defaultValue = ",",
            description = "What stands between fields; a comma unless given.")
    private char separator = ',';

    @Option(names = "--decimal-comma", description = "Prices are written as 0,012.")
    private boolean decimalComma;

    @Option(
            names = "--unit",
            paramLabel = "UNIT",
            defaultValue = "PER_MINUTE",
            description = "What prices are for: ${COMPLETION-CANDIDATES}; PER_MINUTE unless given.")
    private PriceUnit unit = PriceUnit.PER_MINUTE;

    @Option(
            names = "--dates",
            paramLabel = "PATTERN",
            description = "How dates are written, such as dd/MM/uuuu; ISO 8601 unless given.")
    private @Nullable String dates;

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            defaultValue = "UTC",
            description = "By whose clock days begin and hours are read, such as America/Toronto; UTC unless given.")
    private String zone = "UTC";

    @Option(
            names = "--charset",
            paramLabel = "NAME",
            defaultValue = "UTF-8",
            description = "Of a file without a byte order mark, such as windows-1252; UTF-8 unless given.")
    private String charset = "UTF-8";

    @Option(
            names = "--bad-rows",
            paramLabel = "FILE",
            description = "Also writes every bad row there, a line for each.")
    private @Nullable Path badRows;

    /** Of a deck. */
    record Name(String id, String version) {}

    Currency currency() {
        try {
            return Currency.getInstance(currency);
        } catch (IllegalArgumentException e) {
            throw new BadUsage("--currency is no code of ISO 4217 in capitals, such as USD", e);
        }
    }

    /** Reads a file, telling how far it has come where somebody looks on. */
    DeckLoad read(Session session, Path file, Name name, String provider, Direction direction) {
        RateDeckBuilder deck;
        try {
            deck = RateDeck.builder(name.id(), name.version(), provider, direction)
                    .currency(currency())
                    .zone(zone());
        } catch (IllegalArgumentException e) {
            throw new BadUsage(String.valueOf(e.getMessage()), e);
        }
        CsvFormat format = format();
        try (InputStream bytes = Files.newInputStream(session.path(file));
                BadRowsFile bad = BadRowsFile.of(badRows == null ? null : session.path(badRows));
                ProgressLine progress = ProgressLine.of(session, Files.size(session.path(file)))) {
            return new DeckReader(format).read(bytes, deck, bad::add, progress(progress));
        } catch (IOException e) {
            throw new BadUsage("price list " + file + " cannot be read; expected a readable CSV file", e);
        }
    }

    /** The prices of several files, one for each provider. */
    Rater rater(Session session, Map<String, Path> files) {
        List<RateDeck> decks = new ArrayList<>();
        files.forEach((provider, file) -> {
            Name name = new Name(name(file), "1");
            DeckLoad load = read(session, file, name, provider, Direction.OUTBOUND);
            if (load instanceof DeckLoad.Refused refused) {
                throw new BadUsage("price list " + file + " has " + refused.count() + " bad rows, the first is "
                        + refused.first().get(0) + "; see pstn rates check");
            }
            decks.add(((DeckLoad.Loaded) load).deck());
        });
        return Rater.of(decks);
    }

    private CsvFormat format() {
        Matcher steps = INCREMENTS.matcher(increments);
        if (!steps.matches()) {
            throw new BadUsage("--increments is '" + increments + "'; expected seconds such as 60/60 or 6/6");
        }
        CsvFormatBuilder format = CsvFormat.builder()
                .separator(separator)
                .unit(unit)
                .charset(charset())
                .increments(Integer.parseInt(steps.group(1)), Integer.parseInt(steps.group(2)));
        if (columns.isEmpty()) {
            format.columns(RateColumn.PREFIX, RateColumn.PRICE);
        }
        try {
            columns.forEach((column, header) -> column(format, column, header));
            if (dates == null) {
                format.zone(zone());
            } else {
                format.dates(dates, zone());
            }
            return (decimalComma ? format.decimalComma() : format).build();
        } catch (IllegalArgumentException e) {
            throw new BadUsage("the format of the price list is not clear: " + e.getMessage(), e);
        }
    }

    private static void column(CsvFormatBuilder format, RateColumn column, String header) {
        if (PLACE.matcher(header).matches()) {
            format.column(column, Integer.parseInt(header.substring(1)) - 1);
        } else {
            format.column(column, header);
        }
    }

    private ZoneId zone() {
        try {
            return ZoneId.of(zone);
        } catch (DateTimeException e) {
            throw new BadUsage("--zone is '" + zone + "'; expected a zone such as America/Toronto", e);
        }
    }

    private Charset charset() {
        try {
            return Charset.forName(charset);
        } catch (IllegalArgumentException e) {
            throw new BadUsage("--charset is '" + charset + "'; expected a name such as windows-1252", e);
        }
    }

    private static LoadProgress progress(ProgressLine line) {
        return line::read;
    }

    static String name(Path file) {
        Path last = file.getFileName();
        return last == null || last.toString().isBlank() ? "rates" : last.toString();
    }
}
