package io.careflow.pstn.report;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.careflow.pstn.csv.BadRow;
import io.careflow.pstn.money.Money;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads a CSV file with a header, row by row. */
final class Rows {
    private static final int KEPT = 100;

    private Rows() {}

    /** Gives every row to a reader that refuses bad ones by IllegalArgumentException. */
    static void read(Path file, List<String> needed, Consumer<Row> reader) throws IOException {
        List<BadRow> bad = new ArrayList<>();
        String name = String.valueOf(file.getFileName());
        long line = 1;
        try (CsvReader<NamedCsvRecord> csv = CsvReader.builder().ofNamedCsvRecord(file)) {
            for (NamedCsvRecord each : csv) {
                line = each.getStartingLineNumber();
                List<String> missing = needed.stream()
                        .filter(column -> !each.getHeader().contains(column))
                        .toList();
                if (!missing.isEmpty()) {
                    throw new BadFile(name, List.of(new BadRow(1, missing.get(0), "the header has no such column")));
                }
                try {
                    reader.accept(new Row(each));
                } catch (IllegalArgumentException e) {
                    bad.add(new BadRow(line, "", String.valueOf(e.getMessage())));
                }
                if (bad.size() == KEPT) {
                    break;
                }
            }
        } catch (CsvParseException e) {
            bad.add(new BadRow(line, "", "no CSV from the row after this line on"));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        if (!bad.isEmpty()) {
            throw new BadFile(name, bad);
        }
    }

    /** One row. An empty field is null. */
    record Row(NamedCsvRecord fields) {
        @Nullable
        String text(String column) {
            String text = fields.findField(column).orElse("").strip();
            return text.isEmpty() ? null : text;
        }

        String required(String column) {
            String text = text(column);
            if (text == null) {
                throw new IllegalArgumentException(column + " is empty");
            }
            return text;
        }

        @Nullable
        Money money(String amount) {
            String text = text(amount);
            return text == null ? null : Money.of(text, required("currency"));
        }

        <E extends Enum<E>> E word(String column, Class<E> type) {
            String text = required(column);
            return Arrays.stream(type.getEnumConstants())
                    .filter(word -> word.name().equalsIgnoreCase(text))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            column + " is '" + text + "'; allowed are " + Arrays.toString(type.getEnumConstants())));
        }
    }
}
