package io.careflow.pstn.cli;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of time as people read them: {@code 90 s}, {@code 20 min}, {@code 25 h}. JSON keeps ISO 8601. */
final class Lengths {
    private static final Pattern ISO =
            Pattern.compile("(?<![\\w-])PT(?=[-0-9])(?:-?\\d+H)?(?:-?\\d+M)?(?:-?\\d+(?:\\.\\d+)?S)?(?![\\w-])");
    private static final int MINUTE = 60;
    private static final int HOUR = 60 * MINUTE;
    private static final int DAY = 24 * HOUR;
    /** Of how many of one unit people still have an idea. */
    private static final int MOST = 100;

    private Lengths() {}

    /** One unit where it fits, else days, hours, minutes and seconds. */
    static String text(Duration length) {
        if (length.isNegative()) {
            return "-" + text(length.negated());
        }
        long seconds = length.getSeconds();
        if (length.getNano() == 0 && seconds > 0) {
            if (seconds % DAY == 0 && seconds > DAY) {
                return seconds / DAY + " d";
            } else if (seconds % HOUR == 0 && seconds / HOUR < MOST) {
                return seconds / HOUR + " h";
            } else if (seconds % MINUTE == 0 && seconds / MINUTE < MOST) {
                return seconds / MINUTE + " min";
            }
        }
        return seconds < MOST ? seconds(length) : parts(length);
    }

    /** The same text with each ISO 8601 length of time in it as people read it. */
    static String in(String text) {
        return ISO.matcher(text).replaceAll(Lengths::replaced);
    }

    /** The text as people read it if it is a length of time, and nothing else. */
    static String ifOne(String text) {
        Matcher iso = ISO.matcher(text);
        return iso.matches() ? replaced(iso) : text;
    }

    private static String replaced(MatchResult iso) {
        return text(Duration.parse(iso.group()));
    }

    private static String parts(Duration length) {
        StringBuilder parts = new StringBuilder();
        add(parts, length.toDays(), "d");
        add(parts, length.toHoursPart(), "h");
        add(parts, length.toMinutesPart(), "min");
        Duration rest = length.minusMinutes(length.toMinutes());
        return (rest.isZero() ? parts : parts.append(seconds(rest))).toString().strip();
    }

    private static void add(StringBuilder parts, long count, String unit) {
        if (count > 0) {
            parts.append(count).append(' ').append(unit).append(' ');
        }
    }

    private static String seconds(Duration length) {
        BigDecimal exact = BigDecimal.valueOf(length.getSeconds()).add(BigDecimal.valueOf(length.getNano(), 9));
        return (exact.signum() == 0 ? BigDecimal.ZERO : exact.stripTrailingZeros()).toPlainString() + " s";
    }
}
