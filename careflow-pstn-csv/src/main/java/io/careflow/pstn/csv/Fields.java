package io.careflow.pstn.csv;

import io.careflow.pstn.rating.MaximumPolicy;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads single fields as a format writes them. What is something else is refused with the beginning of it. */
final class Fields {
    private static final int SHOWN = 40;
    private static final Set<String> YES = Set.of("true", "yes", "y", "x", "1");
    private static final Set<String> NO = Set.of("", "false", "no", "n", "0");

    private final CsvFormat format;

    Fields(CsvFormat format) {
        this.format = format;
    }

    BigDecimal decimal(String text) {
        boolean right = text.chars().allMatch(c -> (c >= '0' && c <= '9') || c == format.decimalPoint || c == '-');
        try {
            return new BigDecimal(right ? text.replace(format.decimalPoint, '.') : "");
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "not a decimal with a decimal " + (format.decimalPoint == ',' ? "comma" : "point") + ": "
                            + shown(text),
                    e);
        }
    }

    int seconds(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("not a whole number of seconds: " + shown(text), e);
        }
    }

    Instant moment(String text) {
        try {
            TemporalAccessor found =
                    format.dates.parseBest(text, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
            if (found instanceof OffsetDateTime exact) {
                return exact.toInstant();
            }
            LocalDateTime local = found instanceof LocalDate day ? day.atStartOfDay() : (LocalDateTime) found;
            return local.atZone(format.zone).toInstant();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("not a date as the format writes them: " + shown(text), e);
        }
    }

    static MaximumPolicy policy(String text) {
        try {
            return MaximumPolicy.valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("neither free nor disconnect: " + shown(text), e);
        }
    }

    static boolean yes(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (!YES.contains(lower) && !NO.contains(lower)) {
            throw new IllegalArgumentException("neither yes nor no: " + shown(text));
        }
        return YES.contains(lower);
    }

    static String shown(String text) {
        return "'" + (text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...").replaceAll("\\p{Cntrl}", "?")
                + "'";
    }

    static String shown(List<String> texts) {
        return shown(String.join(", ", texts));
    }
}
