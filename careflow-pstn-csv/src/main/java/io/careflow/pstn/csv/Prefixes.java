package io.careflow.pstn.csv;

import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The prefixes of one cell: one, or several with commas, semicolons or blanks between them, and ranges such as 1204-1206. */
final class Prefixes {
    /** A range that says more than this is a slip. */
    static final int LONGEST_RANGE = 10_000;

    private static final Pattern BETWEEN = Pattern.compile("[,;\\s]+");
    private static final Pattern RANGE = Pattern.compile("([0-9]{1,18})-([0-9]{1,18})");

    private Prefixes() {}

    /** Hands over each prefix of the cell in its order, without a leading plus. What is no prefix is handed over as it is. */
    static void each(String cell, Consumer<String> consumer) {
        if (isOne(cell)) {
            consumer.accept(cell.startsWith("+") ? cell.substring(1) : cell);
            return;
        }
        for (String part : BETWEEN.split(cell, -1)) {
            String plain = part.startsWith("+") ? part.substring(1) : part;
            Matcher range = RANGE.matcher(plain);
            if (range.matches()) {
                range(range.group(1), range.group(2), consumer);
            } else {
                consumer.accept(plain);
            }
        }
    }

    private static void range(String first, String last, Consumer<String> consumer) {
        String shown = Fields.shown(first + "-" + last);
        if (first.length() != last.length()) {
            throw new IllegalArgumentException("both ends of a range must have as many digits: " + shown);
        }
        long from = Long.parseLong(first);
        long to = Long.parseLong(last);
        if (to < from || to - from >= LONGEST_RANGE) {
            throw new IllegalArgumentException(
                    "a range must rise, by less than " + LONGEST_RANGE + " prefixes: " + shown);
        }
        for (long next = from; next <= to; next++) {
            String digits = Long.toString(next);
            consumer.accept("0".repeat(first.length() - digits.length()) + digits);
        }
    }

    private static boolean isOne(String cell) {
        for (int at = 0; at < cell.length(); at++) {
            char letter = cell.charAt(at);
            if (letter <= ' ' || letter == ',' || letter == ';' || letter == '-') {
                return false;
            }
        }
        return true;
    }
}
