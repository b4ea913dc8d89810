package io.careflow.pstn.twilio;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/** Times and ids as webhooks tell them. */
final class Moments {
    private static final Duration REST_OF_THE_SECOND = Duration.ofMillis(999);

    private Moments() {}

    /** When Twilio says it happened, to the second; now, where it does not say. */
    static Instant at(Form form, Instant now) {
        return parse(form.text("Timestamp"), now);
    }

    /**
     * The end of the second in which Twilio says it happened. For the end of a call: what we saw of it ourselves, to the
     * millisecond, is then never later.
     */
    static Instant endOfSecond(Form form, Instant now) {
        Instant told = at(form, now);
        return told.equals(now) ? now : told.plus(REST_OF_THE_SECOND);
    }

    static Instant parse(String rfc2822, Instant otherwise) {
        if (rfc2822.isEmpty()) {
            return otherwise;
        }
        try {
            return ZonedDateTime.parse(rfc2822, DateTimeFormatter.RFC_1123_DATE_TIME.withLocale(Locale.US))
                    .toInstant();
        } catch (DateTimeParseException e) {
            return otherwise;
        }
    }

    /** A field of whole seconds; zero if it is absent or something else. */
    static long seconds(Form form, String name) {
        try {
            return Math.max(0, Long.parseLong(form.text(name)));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** An id that sorts by its number: events of one instant are ordered by id. */
    static String id(String call, String kind, long number) {
        String digits = Long.toString(number);
        return call + ":" + kind + ":" + "0".repeat(Math.max(0, 12 - digits.length())) + digits;
    }
}
