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

    /** The most digits that the first table reads. */
    static final int MOST_FIRST_DIGITS = 6;

    /** What it reads in a deck of the whole world. */
    private static final int USUAL_FIRST_DIGITS = 5;

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
        if (length < leastDigits || length > Digits.MAX) {
            return unusual(number);
        }
        int index = firstDigits == USUAL_FIRST_DIGITS ? five(number) : firstDigits(number);
        if (index < 0) {
            return NO_NUMBER;
        }
        int i = firstDigits;
        int cell = first[index];
        while (cell >= 0) {
            int digit = i < length ? number.charAt(i) - '0' : END;
            if (digit < 0 || (digit > 9 && i < length)) {
                return NO_NUMBER;
            }
            cell = nodes[cell + digit];
            i++;
        }
        int others = 0;
        while (i < length) {
            int digit = number.charAt(i++) - '0';
            others |= digit | (9 - digit);
        }
        return others < 0 ? NO_NUMBER : ~cell;
    }

    /** The first five digits without waiting for each other; below zero if they are none. */
    private static int five(String number) {
        int a = number.charAt(0) - '0';
        int b = number.charAt(1) - '0';
        int c = number.charAt(2) - '0';
        int d = number.charAt(3) - '0';
        int e = number.charAt(4) - '0';
        int others = a | b | c | d | e | (9 - a) | (9 - b) | (9 - c) | (9 - d) | (9 - e);
        int value = (a * 10_000 + b * 1_000) + (c * 100 + d * 10 + e);
        return value | (others & Integer.MIN_VALUE);
    }

    private int firstDigits(String number) {
        int index = 0;
        int others = 0;
        for (int i = 0; i < firstDigits; i++) {
            int digit = number.charAt(i) - '0';
            others |= digit | (9 - digit);
            index = index * 10 + digit;
        }
        return index | (others & Integer.MIN_VALUE);
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
