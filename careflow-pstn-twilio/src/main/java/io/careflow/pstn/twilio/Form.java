package io.careflow.pstn.twilio;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;

/**
 * The fields of an HTML form, decoded once: names and values lie decoded in one array, sorted by name and then value, in the
 * form in which Twilio signs them. Text is made of a field only when it is asked for. Of repeated names the first that came is
 * the one that {@link #find} gives. Immutable and thread-safe.
 */
final class Form {
    private static final int FEW = 64;

    /** A form without fields. */
    static final Form EMPTY = new Form(new byte[0], new int[0], new int[0]);

    private final byte[] bytes;
    /** Of each field, in order of arrival: where its name begins, its value begins, its value ends. */
    private final int[] marks;

    private final int[] sorted;

    private Form(byte[] bytes, int[] marks, int[] sorted) {
        this.bytes = bytes;
        this.marks = marks;
        this.sorted = sorted;
    }

    /** Reads what stands in these bytes between the two positions. Never fails: what is no escape stands for itself. */
    static Form parse(byte[] raw, int from, int to) {
        if (from >= to) {
            return new Form(new byte[0], new int[0], new int[0]);
        }
        byte[] decoded = new byte[to - from];
        int[] marks = new int[3 * fields(raw, from, to)];
        int field = 0;
        int out = 0;
        boolean inValue = false;
        marks[0] = 0;
        for (int i = from; i < to; i++) {
            byte b = raw[i];
            if (b == '&') {
                field = close(marks, field, out, inValue);
                inValue = false;
                marks[field] = out;
            } else if (b == '=' && !inValue) {
                marks[field + 1] = out;
                inValue = true;
            } else if (b == '+') {
                decoded[out++] = ' ';
            } else if (b == '%' && i + 2 < to && hex(raw[i + 1]) >= 0 && hex(raw[i + 2]) >= 0) {
                decoded[out++] = (byte) (hex(raw[i + 1]) << 4 | hex(raw[i + 2]));
                i += 2;
            } else {
                decoded[out++] = b;
            }
        }
        close(marks, field, out, inValue);
        return new Form(decoded, marks, sort(decoded, marks));
    }

    /** The first field of this name that came. */
    Optional<String> find(String name) {
        return Optional.ofNullable(get(name));
    }

    /** The first field of this name that came, null if there is none. An empty one is there. */
    @Nullable
    String get(String name) {
        int length = name.length();
        for (int mark = 0; mark < marks.length; mark += 3) {
            if (marks[mark + 1] - marks[mark] == length && isNamed(mark, name)) {
                return text(marks[mark + 1], marks[mark + 2]);
            }
        }
        return null;
    }

    /** The first field of this name that came; empty if there is none. */
    String text(String name) {
        String found = get(name);
        return found == null ? "" : found;
    }

    /** How many fields have this name. */
    int count(String name) {
        int count = 0;
        for (int mark = 0; mark < marks.length; mark += 3) {
            if (marks[mark + 1] - marks[mark] == name.length() && isNamed(mark, name)) {
                count++;
            }
        }
        return count;
    }

    boolean has(String name) {
        return get(name) != null;
    }

    /** All fields whose name begins like this, by the rest of the name; the first of each. */
    Map<String, String> beginning(String prefix) {
        Map<String, String> found = new TreeMap<>();
        int length = prefix.length();
        for (int mark = 0; mark < marks.length; mark += 3) {
            if (marks[mark + 1] - marks[mark] > length && isNamed(mark, prefix)) {
                String rest = text(marks[mark] + length, marks[mark + 1]);
                found.putIfAbsent(rest, text(marks[mark + 1], marks[mark + 2]));
            }
        }
        return found;
    }

    /** Hands over names and values as Twilio signs them: sorted, a pair that is there twice only once, nothing between. */
    void sign(Mac mac) {
        int before = -1;
        int from = 0;
        int to = 0;
        for (int mark : sorted) {
            if (before < 0 || !isSame(before, mark)) {
                // What comes sorted lies together, and goes in one piece.
                if (marks[mark] != to) {
                    mac.update(bytes, from, to - from);
                    from = marks[mark];
                }
                to = marks[mark + 2];
            }
            before = mark;
        }
        mac.update(bytes, from, to - from);
    }

    private boolean isSame(int one, int other) {
        return marks[one + 1] - marks[one] == marks[other + 1] - marks[other]
                && marks[one + 2] - marks[one] == marks[other + 2] - marks[other]
                && compare(bytes, marks, one, other) == 0;
    }

    private boolean isNamed(int mark, String name) {
        int at = marks[mark];
        for (int i = 0; i < name.length(); i++) {
            if (bytes[at + i] != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private String text(int from, int to) {
        return from == to ? "" : new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    private static int fields(byte[] raw, int from, int to) {
        int fields = 1;
        for (int i = from; i < to; i++) {
            if (raw[i] == '&') {
                fields++;
            }
        }
        return fields;
    }

    private static int close(int[] marks, int field, int out, boolean inValue) {
        if (!inValue) {
            marks[field + 1] = out;
        }
        marks[field + 2] = out;
        return field + 3;
    }

    private static int[] sort(byte[] bytes, int[] marks) {
        int[] order = new int[marks.length / 3];
        if (order.length > FEW) {
            return Arrays.stream(indexes(marks))
                    .boxed()
                    .sorted((one, other) -> compare(bytes, marks, one, other))
                    .mapToInt(Integer::intValue)
                    .toArray();
        }
        // Twilio sends its fields nearly sorted, where this is the fastest way.
        for (int i = 0; i < order.length; i++) {
            int mark = 3 * i;
            int at = i;
            while (at > 0 && compare(bytes, marks, order[at - 1], mark) > 0) {
                order[at] = order[at - 1];
                at--;
            }
            order[at] = mark;
        }
        return order;
    }

    private static int[] indexes(int[] marks) {
        int[] order = new int[marks.length / 3];
        Arrays.setAll(order, i -> 3 * i);
        return order;
    }

    private static int compare(byte[] bytes, int[] marks, int one, int other) {
        int byName = Arrays.compareUnsigned(bytes, marks[one], marks[one + 1], bytes, marks[other], marks[other + 1]);
        return byName != 0
                ? byName
                : Arrays.compareUnsigned(
                        bytes, marks[one + 1], marks[one + 2], bytes, marks[other + 1], marks[other + 2]);
    }

    private static int hex(byte b) {
        if (b >= '0' && b <= '9') {
            return b - '0';
        } else if (b >= 'a' && b <= 'f') {
            return b - 'a' + 10;
        }
        return b >= 'A' && b <= 'F' ? b - 'A' + 10 : -1;
    }
}
