package io.careflow.pstn.jdbc;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One counter as a line of {@code pstn_guard_scopes.counters}. Entries are few: at most 61 slots of a window, the ends of leases, the
 * members of a set. Used by one thread.
 */
final class GuardTally {
    private final GuardCounter counter;
    /** The slot of W, when leases of A run out, when the member of D was seen last. */
    private long[] marks = new long[4];

    private final List<Object> values = new ArrayList<>(4);
    /** When {@link #summed} was summed up last; it is kept up to date since. */
    private long summedAt = Long.MIN_VALUE;

    private BigDecimal summed = BigDecimal.ZERO;

    GuardTally(GuardCounter counter) {
        this.counter = counter;
    }

    static GuardTally read(GuardCounter counter, String line, int from) {
        GuardTally tally = new GuardTally(counter);
        int start = from;
        while (start < line.length()) {
            int end = line.indexOf('\t', start);
            end = end < 0 ? line.length() : end;
            int sign = line.indexOf('=', start);
            String value = line.substring(sign + 1, end);
            tally.put(
                    Long.parseLong(line, start, sign, 10),
                    counter.kind() == 'D' ? GuardFields.read(value) : new BigDecimal(value));
            start = end + 1;
        }
        return tally;
    }

    private void put(long mark, Object value) {
        if (values.size() == marks.length) {
            marks = Arrays.copyOf(marks, marks.length * 2);
        }
        marks[values.size()] = mark;
        values.add(value);
    }

    /** What still counts: a sum, or how many members. */
    BigDecimal total(long moment) {
        if (summedAt == moment) {
            return summed;
        }
        BigDecimal total = BigDecimal.ZERO;
        for (int i = 0; i < values.size(); i++) {
            if (over(i) > moment) {
                total = total.add(counter.kind() == 'D' ? BigDecimal.ONE : (BigDecimal) values.get(i));
            }
        }
        summedAt = moment;
        summed = total;
        return total;
    }

    boolean has(String member, long moment) {
        int at = values.indexOf(member);
        return at >= 0 && over(at) > moment;
    }

    void see(String member, long moment) {
        summedAt = Long.MIN_VALUE;
        int at = values.indexOf(member);
        if (at < 0) {
            put(moment, member);
        } else {
            marks[at] = Math.max(marks[at], moment);
        }
    }

    /** Adds to a slot of a window, or to the leases that run out then. */
    void add(long mark, BigDecimal more) {
        if (over(mark) > summedAt) {
            summed = summed.add(more);
        }
        for (int i = values.size() - 1; i >= 0; i--) {
            if (marks[i] == mark) {
                values.set(i, ((BigDecimal) values.get(i)).add(more));
                return;
            }
        }
        put(mark, more);
    }

    private long over(int i) {
        return over(marks[i]);
    }

    private long over(long mark) {
        return switch (counter.kind()) {
            case 'W' -> counter.over(mark);
            case 'A' -> mark;
            default -> mark + counter.window();
        };
    }

    /**
     * Writes what still counts.
     *
     * @return when none of it does any more; 0 if nothing was written
     */
    long write(StringBuilder lines, long moment) {
        long last = 0;
        int live = 0;
        for (int i = 0; i < values.size(); i++) {
            if (counts(i, moment)) {
                last = Math.max(last, over(i));
                live++;
            }
        }
        if (live == 0) {
            return 0;
        }
        lines.append(counter.kind())
                .append('\t')
                .append(counter.window())
                .append('\t')
                .append(last)
                .append('\t');
        GuardFields.append(lines, counter.rest());
        for (int i = 0; i < values.size(); i++) {
            if (counts(i, moment)) {
                lines.append('\t').append(marks[i]).append('=');
                if (values.get(i) instanceof BigDecimal number) {
                    lines.append(number.toPlainString());
                } else {
                    GuardFields.append(lines, (String) values.get(i));
                }
            }
        }
        lines.append('\n');
        return last;
    }

    private boolean counts(int i, long moment) {
        return over(i) > moment && !(values.get(i) instanceof BigDecimal number && number.signum() == 0);
    }
}
