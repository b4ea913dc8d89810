package io.careflow.pstn.csv;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Collects and checks the parts of a {@link CsvFormat}. Not thread-safe. */
public final class CsvFormatBuilder {

    final Map<RateColumn, String> headers = new EnumMap<>(RateColumn.class);
    final Map<RateColumn, Integer> positions = new EnumMap<>(RateColumn.class);
    char separator = ',';
    char quote = '"';
    Charset charset = StandardCharsets.UTF_8;
    char decimalPoint = '.';
    DateTimeFormatter dates = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .optionalStart()
            .appendLiteral('T')
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .optionalEnd()
            .optionalStart()
            .appendOffsetId()
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);
    ZoneId zone = ZoneOffset.UTC;
    PriceUnit unit = PriceUnit.PER_MINUTE;
    int initialIncrement;
    int subsequentIncrement;

    CsvFormatBuilder() {}

    /**
     * The column with this header. Headers are compared without regard to case and to spaces around them.
     *
     * @throws IllegalArgumentException if the header is blank
     */
    public CsvFormatBuilder column(RateColumn column, String header) {
        if (header.isBlank()) {
            throw new IllegalArgumentException("header of column " + column.text() + " must not be blank");
        }
        headers.put(Objects.requireNonNull(column, "column"), header.strip());
        return this;
    }

    /** Each of these columns under its {@linkplain RateColumn#text own name}. */
    public CsvFormatBuilder columns(RateColumn... columns) {
        for (RateColumn column : columns) {
            column(column, column.text());
        }
        return this;
    }

    /**
     * The column at this place, in a file that begins with its first rate.
     *
     * @param position from 0
     * @throws IllegalArgumentException if negative
     */
    public CsvFormatBuilder column(RateColumn column, int position) {
        if (position < 0) {
            throw new IllegalArgumentException(
                    "position of column " + column.text() + " must not be negative: " + position);
        }
        positions.put(column, position);
        return this;
    }

    /** What stands between fields; a comma unless set. */
    public CsvFormatBuilder separator(char value) {
        this.separator = value;
        return this;
    }

    /** What stands around fields that hold separators or line ends; a double quote unless set. */
    public CsvFormatBuilder quote(char value) {
        this.quote = value;
        return this;
    }

    /** How the file's bytes are letters, if it does not begin with a byte order mark; UTF-8 unless set. */
    public CsvFormatBuilder charset(Charset value) {
        this.charset = Objects.requireNonNull(value, "charset");
        return this;
    }

    /** Prices are written as 0,012. Points in them are refused. */
    public CsvFormatBuilder decimalComma() {
        this.decimalPoint = ',';
        return this;
    }

    /**
     * How dates are written, and where a day begins if they name no offset.
     *
     * @param pattern as {@link DateTimeFormatter#ofPattern(String)} reads it, for example {@code dd/MM/uuuu}; with or without time
     * @throws IllegalArgumentException if it is no pattern
     */
    public CsvFormatBuilder dates(String pattern, ZoneId in) {
        this.dates = DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
        this.zone = Objects.requireNonNull(in, "zone");
        return this;
    }

    /** Where days begin that are written in ISO 8601 without an offset; UTC unless set. */
    public CsvFormatBuilder zone(ZoneId in) {
        this.zone = Objects.requireNonNull(in, "zone");
        return this;
    }

    /** What prices are for; a minute unless set. */
    public CsvFormatBuilder unit(PriceUnit value) {
        this.unit = Objects.requireNonNull(value, "unit");
        return this;
    }

    /**
     * The increments of rows that name none.
     *
     * @throws IllegalArgumentException if one is below 1
     */
    public CsvFormatBuilder increments(int initial, int subsequent) {
        if (initial < 1 || subsequent < 1) {
            throw new IllegalArgumentException("increments must be 1 or more, not " + initial + "/" + subsequent);
        }
        this.initialIncrement = initial;
        this.subsequentIncrement = subsequent;
        return this;
    }

    /**
     * The format.
     *
     * @throws IllegalArgumentException if there is no column for the prefix or the price, columns have both headers and positions, two
     *     columns have the same, nothing tells the increments, or two signs of the dialect are the same
     */
    public CsvFormat build() {
        if (!headers.isEmpty() && !positions.isEmpty()) {
            throw new IllegalArgumentException("columns must be told either by headers or by positions, not by both");
        }
        CsvFormat format = new CsvFormat(this);
        if (!format.has(RateColumn.PREFIX) || !format.has(RateColumn.PRICE)) {
            throw new IllegalArgumentException("a price list needs the columns prefix and price");
        }
        long different = headers.values().stream()
                .map(header -> header.toLowerCase(Locale.ROOT))
                .distinct()
                .count();
        if (different < headers.size() || new HashSet<>(positions.values()).size() < positions.size()) {
            throw new IllegalArgumentException("two columns have the same header or position");
        }
        boolean both = format.has(RateColumn.INITIAL_INCREMENT) && format.has(RateColumn.SUBSEQUENT_INCREMENT);
        if (!both && !format.has(RateColumn.INCREMENTS) && initialIncrement == 0) {
            throw new IllegalArgumentException(
                    "increments must have a column, or two, or be told for all rows with increments(initial, subsequent)");
        }
        if (separator == quote) {
            throw new IllegalArgumentException("separator and quote must differ");
        }
        return format;
    }
}
