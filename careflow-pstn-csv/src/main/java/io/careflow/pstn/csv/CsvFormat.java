package io.careflow.pstn.csv;

import java.nio.charset.Charset;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Map;

/**
 * How a price list is written: which column is what, and the dialect of its CSV. Immutable and thread-safe.
 *
 * @see #builder()
 */
public final class CsvFormat {

    final Map<RateColumn, String> headers;
    final Map<RateColumn, Integer> positions;
    final char separator;
    final char quote;
    final Charset charset;
    final char decimalPoint;
    final DateTimeFormatter dates;
    final ZoneId zone;
    final PriceUnit unit;
    final int initialIncrement;
    final int subsequentIncrement;

    CsvFormat(CsvFormatBuilder b) {
        this.headers = Map.copyOf(b.headers);
        this.positions = Map.copyOf(b.positions);
        this.separator = b.separator;
        this.quote = b.quote;
        this.charset = b.charset;
        this.decimalPoint = b.decimalPoint;
        this.dates = b.dates;
        this.zone = b.zone;
        this.unit = b.unit;
        this.initialIncrement = b.initialIncrement;
        this.subsequentIncrement = b.subsequentIncrement;
    }

    /** Starts a format: commas, double quotes, UTF-8, decimal points, ISO dates in UTC, prices per minute. */
    public static CsvFormatBuilder builder() {
        return new CsvFormatBuilder();
    }

    /** Whether the first row names the columns. */
    public boolean hasHeader() {
        return !headers.isEmpty();
    }

    boolean has(RateColumn column) {
        return headers.containsKey(column) || positions.containsKey(column);
    }
}
