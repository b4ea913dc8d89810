package io.careflow.pstn.http;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * The header of that name: seconds, or an HTTP date (RFC 9110, section 10.2.3). Carriers' own headers hold seconds since 1970 too,
 * which nobody can mean as a time to wait. A moment that is past means now.
 */
final class RetryAfter {
    private RetryAfter() {}

    static @Nullable Duration parse(@Nullable String header, Clock clock) {
        if (header == null) {
            return null;
        }
        String text = header.strip();
        if (text.matches("\\d{1,6}")) {
            return Duration.ofSeconds(Long.parseLong(text));
        }
        if (text.matches("\\d{7,11}")) {
            return until(Instant.ofEpochSecond(Long.parseLong(text)), clock);
        }
        try {
            Instant moment = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text));
            return until(moment, clock);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static Duration until(Instant moment, Clock clock) {
        Duration wait = Duration.between(clock.instant(), moment);
        return wait.isNegative() ? Duration.ZERO : wait;
    }
}
