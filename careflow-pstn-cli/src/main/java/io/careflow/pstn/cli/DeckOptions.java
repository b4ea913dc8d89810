package io.careflow.pstn.cli;

import io.careflow.pstn.call.Direction;
import io.careflow.pstn.csv.CsvFormat;
import io.careflow.pstn.csv.CsvFormatBuilder;
import io.careflow.pstn.csv.DeckLoad;
import io.careflow.pstn.csv.DeckReader;
import io.careflow.pstn.csv.LoadProgress;
import io.careflow.pstn.csv.RateColumn;
import io.careflow.pstn.rating.RateDeck;
import io.careflow.pstn.rating.RateDeckBuilder;
import io.careflow.pstn.rating.Rater;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** How price lists in CSV are read. */
final class DeckOptions {
    private static final Pattern INCREMENTS = Pattern.compile("([0-9]{1,5})/([0-9]{1,5})");

    @Option(
            names = "--column",
            paramLabel = "COLUMN=HEADER",
            description =
                    "Under which header a column stands, such as price=\"Rate USD\". Columns: ${COMPLETION-CANDIDATES}."
                            + " Without any, prefix and price under these names.")
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

    Currency currency() {
        try {
            return Currency.getInstance(currency);
        } catch (IllegalArgumentException e) {
            throw new BadUsage("--currency is no code of ISO 4217 in capitals, such as USD", e);
        }
    }

    /** Reads a file, telling how far it has come where somebody looks on. */
    DeckLoad read(Session session, Path file, String provider, Direction direction) {
        RateDeckBuilder deck = RateDeck.builder(name(file), name(file), provider, direction)
                .currency(currency())
                .zone(java.time.ZoneOffset.UTC);
        try (InputStream bytes = Files.newInputStream(session.path(file));
                ProgressLine progress = ProgressLine.of(session, Files.size(session.path(file)))) {
            return new DeckReader(format()).read(bytes, deck, row -> {}, progress(progress));
        } catch (IOException e) {
            throw new BadUsage("price list " + file + " cannot be read; expected a readable CSV file", e);
        }
    }

    /** The prices of several files, one for each provider. */
    Rater rater(Session session, Map<String, Path> files) {
        List<RateDeck> decks = new ArrayList<>();
        files.forEach((provider, file) -> {
            DeckLoad load = read(session, file, provider, Direction.OUTBOUND);
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
                .increments(Integer.parseInt(steps.group(1)), Integer.parseInt(steps.group(2)));
        if (columns.isEmpty()) {
            format.columns(RateColumn.PREFIX, RateColumn.PRICE);
        }
        try {
            columns.forEach(format::column);
            return (decimalComma ? format.decimalComma() : format).build();
        } catch (IllegalArgumentException e) {
            throw new BadUsage("the format of the price list is not clear: " + e.getMessage(), e);
        }
    }

    private static LoadProgress progress(ProgressLine line) {
        return line::read;
    }

    private static String name(Path file) {
        Path last = file.getFileName();
        return last == null || last.toString().isBlank() ? "rates" : last.toString();
    }
}
