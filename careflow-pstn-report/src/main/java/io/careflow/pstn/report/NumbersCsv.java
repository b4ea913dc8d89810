package io.careflow.pstn.report;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.cost.NumberRental;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rented numbers from a CSV file with the columns {@code provider}, {@code number} (E.164), {@code monthly} and {@code currency} (empty:
 * not known), and if there are such, {@code user}, {@code first} and {@code last} month as {@code 2026-03}. Immutable and thread-safe.
 */
public final class NumbersCsv {

    /** A reader. */
    public NumbersCsv() {}

    /**
     * All numbers of a file, in its order.
     *
     * @throws IOException if the file cannot be read
     * @throws BadFile if a row is wrong
     */
    public List<NumberRental> read(Path file) throws IOException {
        List<NumberRental> rentals = new ArrayList<>();
        Rows.read(
                file,
                List.of("provider", "number", "monthly", "currency"),
                row -> rentals.add(new NumberRental(
                        row.required("provider"),
                        new PhoneNumber(row.required("number")),
                        row.text("user"),
                        row.money("monthly"),
                        month(row, "first"),
                        month(row, "last"))));
        return List.copyOf(rentals);
    }

    private static @Nullable YearMonth month(Rows.Row row, String column) {
        String text = row.text(column);
        try {
            return text == null ? null : YearMonth.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(column + " is '" + text + "'; expected a month such as 2026-03", e);
        }
    }
}
