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
 * @param version grows by one with every change
 * @param endsAt when its leases run out; 0 if it has none
 * @param added what it added to counters of kind W, and the counters of its leases
 */
record GuardHolder(String holder, int version, long takenAt, long endsAt, long forgetAt, List<Added> added) {

    /** @param weight null for a lease */
    record Added(GuardCounter counter, @Nullable BigDecimal weight) {}

    /** Changed since it was read; what was read is changed in turn only by those who found it so. */
    GuardHolder with(long newEndsAt, long newForgetAt, List<Added> newAdded) {
        return new GuardHolder(holder, version, takenAt, newEndsAt, newForgetAt, newAdded);
    }

    static List<Added> read(String text) {
        List<Added> added = new ArrayList<>();
        int start = 0;
        while (start < text.length()) {
            int end = text.indexOf('\n', start);
            int field = text.indexOf('\t', start);
            String scope = GuardFields.read(text.substring(start, field));
            while (field < end) {
                int next = text.indexOf('\t', field + 1);
                next = next < 0 || next > end ? end : next;
                added.add(read(scope, text.substring(field + 1, next)));
                field = next;
            }
            start = end + 1;
        }
        return added;
    }

    private static Added read(String scope, String field) {
        int window = field.indexOf('=');
        if (field.charAt(0) == 'A') {
            return new Added(new GuardCounter('A', 0, scope, GuardFields.read(field.substring(window + 1))), null);
        }
        int weight = field.indexOf('=', window + 1);
        return new Added(
                new GuardCounter(
                        'W',
                        Long.parseLong(field, 1, window, 10),
                        scope,
                        GuardFields.read(field.substring(weight + 1))),
                new BigDecimal(field.substring(window + 1, weight)));
    }

    /** A line for each scope: the scope, and a field for each counter. */
    String write() {
        StringBuilder text = new StringBuilder(added.size() * 30);
        for (String scope : scopes()) {
            GuardFields.append(text, scope);
            for (Added one : added) {
                if (one.counter().scope().equals(scope)) {
                    text.append('\t').append(one.counter().kind());
                    if (one.weight() != null) {
                        text.append(one.counter().window())
                                .append('=')
                                .append(one.weight().toPlainString());
                    }
                    text.append('=');
                    GuardFields.append(text, one.counter().rest());
                }
            }
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
