package io.careflow.pstn.jdbc;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The counters of one row of {@code pstn_guard_scopes}: those that are asked for are read, the others stay the lines that they are. Used
 * by one thread.
 */
final class GuardScope {
    private final Map<String, Line> lines = new HashMap<>();
    private final Map<GuardCounter, GuardTally> tallies = new HashMap<>();
    private boolean changed;

    GuardScope(String counters) {
        int start = 0;
        while (start < counters.length()) {
            int end = counters.indexOf('\n', start);
            String text = counters.substring(start, end);
            int second = text.indexOf('\t', 2);
            int third = text.indexOf('\t', second + 1);
            int fourth = text.indexOf('\t', third + 1);
            int rest = fourth < 0 ? text.length() : fourth;
            lines.put(
                    text.substring(0, second) + text.substring(third, rest),
                    new Line(text, Long.parseLong(text, second + 1, third, 10), rest + 1));
            start = end + 1;
        }
    }

    GuardTally tally(GuardCounter counter) {
        GuardTally known = tallies.get(counter);
        if (known != null) {
            return known;
        }
        StringBuilder name = new StringBuilder()
                .append(counter.kind())
                .append('\t')
                .append(counter.window())
                .append('\t');
        GuardFields.append(name, counter.rest());
        @Nullable Line line = lines.remove(name.toString());
        GuardTally tally =
                line == null ? new GuardTally(counter) : GuardTally.read(counter, line.text(), line.entries());
        tallies.put(counter, tally);
        return tally;
    }

    void changed() {
        changed = true;
    }

    boolean isChanged() {
        return changed;
    }

    /**
     * Writes what still counts.
     *
     * @return when none of it does any more; 0 if nothing was written
     */
    long write(StringBuilder text, long moment) {
        long last = 0;
        for (GuardTally tally : tallies.values()) {
            last = Math.max(last, tally.write(text, moment));
        }
        for (Line line : lines.values()) {
            if (line.over() > moment) {
                text.append(line.text()).append('\n');
                last = Math.max(last, line.over());
            }
        }
        return last;
    }

    private record Line(String text, long over, int entries) {}
}
