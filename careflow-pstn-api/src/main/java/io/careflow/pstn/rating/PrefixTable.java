package io.careflow.pstn.rating;

import java.time.Instant;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Longest-prefix lookup: a table over the first digits of a number, then one step for each digit more, through nodes of eleven
 * cells. Where a prefix ends, the cells below that no longer prefix takes say so too, so that a walk ends at its answer and need not
 * come back. A lookup allocates nothing. Immutable and thread-safe.
 *
 * <p>The answer is a group: the rates of one prefix. A group of one rate that always holds is the number of that rate. Others are
 * marked by a bit, and know the group of the next shorter prefix, where the walk goes on if none of their rates is in effect.
 */
final class PrefixTable {

    /** So many decimal digits fit into a long, with room to spare. */
    static final int MAX_DIGITS = 18;

    /** No group, no rate. */
    static final int NONE = Integer.MAX_VALUE;

    /** What was looked up is no number. */
    static final int NO_NUMBER = NONE - 1;

    /** Marks a group of which not every rate always holds. */
    static final int CONDITIONAL = 1 << 30;

    /** Cells of a node: one for each digit, one for a number that ends here. */
    static final int WIDTH = 11;

    /** The cell for a number that ends here. */
    static final int END = 10;

    static final int LENGTH_BITS = 5;

    /** The most digits that the first table reads, as it does in a deck of the whole world. */
    static final int MOST_FIRST_DIGITS = 5;

    private static final int LEAST_USUAL = 8;

    /** E.164 has no longer ones. */
    private static final int MOST_USUAL = 15;

    /** A digit, xor '0' and six more, sets no bit above these; any other character does. */
    private static final int MOST_OF_DIGITS = 15;

    private final int firstDigits;
    private final int leastDigits;
    private final int[] first;
    private final int[] shorts;
    private final int[] nodes;
    private final int[] starts;
    private final int[] ends;
    private final int[] shorter;
    private final int[] rows;
    private final long[] digits;
    private final Terms[] terms;

    PrefixTable(PrefixTableBuilder.Laid laid) {
        this.firstDigits = laid.firstDigits;
        this.leastDigits = Math.max(1, firstDigits);
        this.first = laid.first;
        this.shorts = laid.shorts;
        this.nodes = laid.nodes();
        this.starts = laid.starts();
        this.ends = laid.ends();
        this.shorter = laid.shorter();
        this.rows = laid.rows;
        this.digits = laid.digits;
        this.terms = laid.terms;
    }

    int size() {
        return rows.length;
    }

    /** The terms of a rate, by its number: rates are in the order of their prefixes, as text. */
    Terms terms(int row) {
        return terms[rows[row] >>> LENGTH_BITS];
    }

    int prefixLength(int row) {
        return length(rows[row]);
    }

    static String prefix(long digits, int row) {
        int length = length(row);
        String text = Long.toString(digits);
        return length == 0 ? "" : "0".repeat(length - text.length()) + text;
    }

    private static int length(int row) {
        return row & ((1 << LENGTH_BITS) - 1);
    }

    /** The rate as a value of its own, made for who asks. */
    Rate rate(int row) {
        return new Rate(prefix(digits[row], rows[row]), terms(row));
    }

    /**
     * The group of the longest prefix of which one rate is in effect and meant for the caller; {@link #NONE}; or {@link #NO_NUMBER}
     * if {@link Digits#problem} finds one.
     */
    int group(String number, String origin, Instant at) {
        int group = group(number);
        while (group >= CONDITIONAL && group < NO_NUMBER && originLength(group, origin, at) < 0) {
            group = shorter[group - CONDITIONAL];
        }
        return group;
    }

    /** The rate of the group for the caller at this hour, or {@link #NONE} if it is nobody's hour. */
    int row(int group, String origin, Instant at, ZoneClock clock) {
        return group < CONDITIONAL ? group : conditional(group, origin, at, clock);
    }

    /** The rates of the group that may price a call, if it splits over hours. */
    List<Rate> rates(int group, String origin, Instant at) {
        if (group < CONDITIONAL) {
            return List.of(rate(group));
        }
        int originLength = originLength(group, origin, at);
        return IntStream.range(starts[group - CONDITIONAL], ends[group - CONDITIONAL])
                .filter(row -> holds(terms(row), originLength, origin, at))
                .mapToObj(this::rate)
                .toList();
    }

    /** Whether some rate of the group holds at some hours only. */
    boolean hasWindows(int group) {
        return group >= CONDITIONAL
                && IntStream.range(starts[group - CONDITIONAL], ends[group - CONDITIONAL])
                        .anyMatch(row -> !terms(row).windows.isEmpty());
    }

    /** The group of the longest prefix, whenever it holds. All digits are looked at, also those that no prefix has. */
    private int group(String number) {
        int length = number.length();
        if (length >= LEAST_USUAL && length <= MOST_USUAL) {
            return usual(number, length);
        }
        return length < leastDigits || length > Digits.MAX ? unusual(number) : other(number, length);
    }

    /**
     * A number as most are. How long it and its prefix are decides nothing here that a processor could guess wrongly: the first eight
     * characters and the last seven are all of them, however many they share, and steps after the end stay where they are. What
     * reads the characters waits for no cell, so both go on at once.
     */
    private int usual(String number, int length) {
        int a = digit(number, 0);
        int b = digit(number, 1);
        int c = digit(number, 2);
        int d = digit(number, 3);
        int e = digit(number, 4);
        int f = digit(number, 5);
        int g = digit(number, 6);
        int h = digit(number, 7);
        int others = (a + 6) | (b + 6) | (c + 6) | (d + 6) | (e + 6) | (f + 6) | (g + 6) | (h + 6);
        for (int i = length - (MOST_USUAL - LEAST_USUAL); i < length; i++) {
            others |= digit(number, i) + 6;
        }
        if (others > MOST_OF_DIGITS) {
            return NO_NUMBER;
        }
        int cell = afterFive(number, (a * 1_000 + b * 100) + (c * 10 + d), e);
        cell = step(step(step(cell, f), g), h);
        cell = step(cell, digit(number, length, LEAST_USUAL));
        for (int i = LEAST_USUAL + 1; cell >= 0; i++) {
            cell = nodes[cell + digit(number, length, i)];
        }
        return ~cell;
    }

    private int afterFive(String number, int four, int fifth) {
        return switch (firstDigits) {
            case MOST_FIRST_DIGITS -> first[four * 10 + fifth];
            case MOST_FIRST_DIGITS - 1 -> step(first[four], fifth);
            default -> step(afterFour(number), fifth);
        };
    }

    private static int digit(String number, int i) {
        return number.charAt(i) ^ '0';
    }

    /** The cell after the first four digits, where the first table reads no more than those. */
    private int afterFour(String number) {
        int cell = first[firstDigits(number)];
        for (int i = firstDigits; i < MOST_FIRST_DIGITS - 1; i++) {
            cell = step(cell, number.charAt(i) ^ '0');
        }
        return cell;
    }

    /** The cell below for this digit, or the same if the walk has ended; without a branch. */
    private int step(int cell, int digit) {
        int ended = cell >> 31;
        return (cell & ended) | (nodes[(cell & ~ended) + digit] & ~ended);
    }

    private static int digit(String number, int length, int i) {
        return i < length ? number.charAt(i) ^ '0' : END;
    }

    /** A number of any length from that which the first table reads. */
    private int other(String number, int length) {
        if (!Digits.isNumber(number)) {
            return NO_NUMBER;
        }
        int cell = first[firstDigits(number)];
        for (int i = firstDigits; cell >= 0; i++) {
            cell = nodes[cell + digit(number, length, i)];
        }
        return ~cell;
    }

    private int firstDigits(String number) {
        int index = 0;
        for (int i = 0; i < firstDigits; i++) {
            index = index * 10 + (number.charAt(i) ^ '0');
        }
        return index;
    }

    /** What has fewer digits than the first table reads, or more than a number may have. */
    private int unusual(String number) {
        if (!Digits.isNumber(number)) {
            return NO_NUMBER;
        }
        int index = 0;
        int before = 0;
        for (int i = 0; i < number.length(); i++) {
            index = index * 10 + (number.charAt(i) - '0');
            before = before * 10 + 1;
        }
        return shorts[before + index];
    }

    private int conditional(int group, String origin, Instant at, ZoneClock clock) {
        int originLength = originLength(group, origin, at);
        long local = clock.localSecond(at);
        int otherwise = NONE;
        for (int row = starts[group - CONDITIONAL]; row < ends[group - CONDITIONAL]; row++) {
            Terms candidate = terms(row);
            if (!holds(candidate, originLength, origin, at)) {
                continue;
            }
            if (candidate.windows.isEmpty()) {
                otherwise = row;
            } else if (candidate.areOfHour(local, at.get(ChronoField.NANO_OF_SECOND))) {
                return row;
            }
        }
        return otherwise;
    }

    /** How long the longest origin of the caller is among the rates in effect, or -1 if none is. */
    private int originLength(int group, String origin, Instant at) {
        int longest = -1;
        for (int row = starts[group - CONDITIONAL]; row < ends[group - CONDITIONAL]; row++) {
            Terms candidate = terms(row);
            if (candidate.origin.length() > longest && candidate.isFor(origin) && candidate.isEffectiveAt(at)) {
                longest = candidate.origin.length();
            }
        }
        return longest;
    }

    private static boolean holds(Terms candidate, int originLength, String origin, Instant at) {
        return candidate.origin.length() == originLength && candidate.isFor(origin) && candidate.isEffectiveAt(at);
    }
}
