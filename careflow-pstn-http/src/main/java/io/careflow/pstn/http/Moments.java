package io.careflow.pstn.http;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Moments and durations in the forms that carriers write. Each method throws a RuntimeException at anything else. */
final class Moments {
    private static final BigDecimal FIRST_MILLIS = new BigDecimal("100000000000");
    private static final Pattern COUNT = Pattern.compile("\\d{1,19}(\\.\\d{1,9})?");
    private static final Pattern CLOCK = Pattern.compile("(\\d{1,4}):([0-5]\\d):([0-5]\\d)");

    // The date, T or a blank, the time with any fraction, then nothing, Z, +00, +0000 or +00:00.
    private static final DateTimeFormatter ISO = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendLiteral('T')
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .optionalStart()
            .appendOffset("+HH:MM", "Z")
            .optionalEnd()
            .optionalStart()
            .appendOffset("+HHmm", "Z")
            .optionalEnd()
            .toFormatter(Locale.ROOT);

    private Moments() {}

    /** @param zone of a time without offset; null if there must be one */
    static Instant parse(String text, @Nullable ZoneId zone) {
        if (COUNT.matcher(text).matches()) {
            return sinceEpoch(new BigDecimal(text));
        }
        boolean named = Character.isLetter(text.charAt(0));
        TemporalAccessor parsed = named
                ? DateTimeFormatter.RFC_1123_DATE_TIME.parse(text)
                : ISO.parse(text.replaceFirst("^(\\S{10}) +(?=\\d)", "$1T"));
        if (parsed.isSupported(ChronoField.OFFSET_SECONDS)) {
            return Instant.from(parsed);
        }
        if (zone == null) {
            throw new DateTimeException("no offset");
        }
        return LocalDateTime.from(parsed).atZone(zone).toInstant();
    }

    static Duration seconds(String text) {
        Matcher clock = CLOCK.matcher(text);
        if (clock.matches()) {
            return Duration.ofHours(Long.parseLong(clock.group(1)))
                    .plusMinutes(Long.parseLong(clock.group(2)))
                    .plusSeconds(Long.parseLong(clock.group(3)));
        }
        BigDecimal seconds = new BigDecimal(text);
        if (seconds.signum() < 0 || seconds.precision() - seconds.scale() > 12) {
            throw new IllegalArgumentException("not a duration of a call or message");
        }
        return Duration.ofMillis(
                seconds.movePointRight(3).setScale(0, RoundingMode.HALF_UP).longValueExact());
    }

    private static Instant sinceEpoch(BigDecimal count) {
        BigDecimal millis = count.compareTo(FIRST_MILLIS) > 0 ? count : count.movePointRight(3);
        return Instant.ofEpochMilli(millis.setScale(0, RoundingMode.FLOOR).longValueExact());
    }
}
