package io.careflow.pstn.voipms;

import io.careflow.pstn.http.Fields;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A stretch of days that one request asks for, and how the times in its answer are read. VoIP.ms takes 92 days at once; we ask for
 * 31. Immutable.
 *
 * @param clock how times are meant
 * @param first of the days
 * @param last of the days
 * @param hours what the request names as its {@code timezone}
 */
record RecordDays(VoipMsClock clock, LocalDate first, LocalDate last, BigDecimal hours) {
    static final int MOST_DAYS = 31;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

    /**
     * The stretches that hold a span for sure, the earliest first: a day more on both sides, as nobody knows for certain by whose
     * midnight VoIP.ms counts. What lies outside of the span is to be left out by its moment.
     */
    static List<RecordDays> of(VoipMsClock clock, Instant from, Instant to) {
        LocalDate day = clock.day(from).minusDays(1);
        LocalDate end = clock.day(to).plusDays(1);
        List<RecordDays> all = new ArrayList<>();
        while (!day.isAfter(end)) {
            LocalDate last = day.plusDays(MOST_DAYS - 1L);
            all.add(of(clock, day, last.isAfter(end) ? end : last));
            day = last.plusDays(1);
        }
        return List.copyOf(all);
    }

    /** These days. */
    static RecordDays of(VoipMsClock clock, LocalDate first, LocalDate last) {
        Instant beginning = first.atStartOfDay(NewYorkClock.ZONE).toInstant();
        return new RecordDays(clock, first, last, clock.hours(beginning));
    }

    /** Both halves, the earlier first; only itself if it is one day. */
    List<RecordDays> halves() {
        long days = last.toEpochDay() - first.toEpochDay() + 1;
        if (days == 1) {
            return List.of(this);
        }
        LocalDate middle = first.plusDays(days / 2 - 1);
        return List.of(of(clock, first, middle), of(clock, middle.plusDays(1), last));
    }

    /** What a request says: {@code -5}. */
    String timezone() {
        return hours.toPlainString();
    }

    /** The moment in a field; empty if there is none, which VoIP.ms writes with zeros too. */
    Optional<VoipMsClock.Reading> moment(Fields row, String field) {
        return row.text(field)
                .filter(text -> !text.startsWith("0000"))
                .flatMap(unused -> row.read(
                                field, "a time such as 2026-03-01 07:00:00", text -> LocalDateTime.parse(text, TIME))
                        .map(written -> clock.read(written, hours)));
    }

    /** Whether a moment lies in a span; what has no moment does not. */
    static boolean isWithin(Optional<VoipMsClock.Reading> moment, Instant from, Instant to) {
        return moment.map(VoipMsClock.Reading::instant)
                .filter(instant -> !instant.isBefore(from) && instant.isBefore(to))
                .isPresent();
    }

    /** A length written {@code hh:mm:ss} or {@code mm:ss}, or in seconds. */
    static Optional<Duration> length(Fields row, String field) {
        return row.read(field, "a length such as 00:01:30", RecordDays::length);
    }

    private static Duration length(String text) {
        long seconds = 0;
        for (String part : text.split(":", 3)) {
            long value = Long.parseLong(part.strip());
            if (value < 0) {
                throw new IllegalArgumentException("negative");
            }
            seconds = Math.addExact(Math.multiplyExact(seconds, 60), value);
        }
        return Duration.ofSeconds(seconds);
    }
}
