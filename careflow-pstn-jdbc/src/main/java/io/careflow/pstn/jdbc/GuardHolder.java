package io.careflow.pstn.jdbc;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What one holder added, as in {@code pstn_guard_holders}.
 *
 * @param endsAt when its leases run out; 0 if it has none
 * @param added what it added to counters of kind W, and the counters of its leases
 */
record GuardHolder(String holder, long takenAt, long endsAt, long forgetAt, List<Added> added) {

    /** @param weight null for a lease */
    record Added(GuardCounter counter, @Nullable BigDecimal weight) {}

    static GuardHolder read(String holder, long takenAt, long endsAt, long forgetAt, String text) {
        List<Added> added = new ArrayList<>();
        int start = 0;
        while (start < text.length()) {
            int end = text.indexOf('\n', start);
            if (text.charAt(start) == 'A') {
                String key = GuardFields.read(text.substring(start + 2, end));
                added.add(new Added(GuardCounter.of('A', 0, key), null));
            } else {
                int window = text.indexOf('\t', start + 2);
                int weight = text.indexOf('\t', window + 1);
                String key = GuardFields.read(text.substring(weight + 1, end));
                added.add(new Added(
                        GuardCounter.of('W', Long.parseLong(text, start + 2, window, 10), key),
                        new BigDecimal(text.substring(window + 1, weight))));
            }
            start = end + 1;
        }
        return new GuardHolder(holder, takenAt, endsAt, forgetAt, added);
    }

    String write() {
        StringBuilder text = new StringBuilder(added.size() * 40);
        for (Added one : added) {
            text.append(one.counter().kind()).append('\t');
            if (one.weight() != null) {
                text.append(one.counter().window())
                        .append('\t')
                        .append(one.weight().toPlainString())
                        .append('\t');
            }
            GuardFields.append(text, one.counter().scope());
            GuardFields.append(text, one.counter().rest());
            text.append('\n');
        }
        return text.toString();
    }

    Set<String> scopes() {
        Set<String> scopes = new TreeSet<>();
        added.forEach(one -> scopes.add(one.counter().scope()));
        return scopes;
    }

    @Nullable
    BigDecimal weight(GuardCounter counter) {
        for (Added one : added) {
            if (one.weight() != null && one.counter().equals(counter)) {
                return one.weight();
            }
        }
        return null;
    }

    boolean leases(GuardCounter counter) {
        return added.stream()
                .anyMatch(one -> one.weight() == null && one.counter().equals(counter));
    }
}
