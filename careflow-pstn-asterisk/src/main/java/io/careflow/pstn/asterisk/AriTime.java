package io.careflow.pstn.asterisk;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Asterisk's times, such as {@code 2026-11-22T10:08:54.123+0000}. Read by position: thousands a second arrive. */
final class AriTime {
    private AriTime() {}

    /** The epoch if it is not such a time. */
    static Instant parse(String text) {
        try {
            return text.length() == 28
                    ? byPosition(text)
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException | NumberFormatException e) {
            return Instant.EPOCH;
        }
    }

    private static Instant byPosition(String t) {
        int sign = t.charAt(23) == '-' ? -1 : 1;
        ZoneOffset offset = ZoneOffset.ofHoursMinutes(sign * number(t, 24, 26), sign * number(t, 26, 28));
        return OffsetDateTime.of(
                        number(t, 0, 4),
                        number(t, 5, 7),
                        number(t, 8, 10),
                        number(t, 11, 13),
                        number(t, 14, 16),
                        number(t, 17, 19),
                        number(t, 20, 23) * 1_000_000,
                        offset)
                .toInstant();
    }

    private static int number(String text, int from, int to) {
        if (text.charAt(from) == '-' || text.charAt(from) == '+') {
            throw new NumberFormatException("sign at " + from);
        }
        return Integer.parseInt(text, from, to, 10);
    }
}
