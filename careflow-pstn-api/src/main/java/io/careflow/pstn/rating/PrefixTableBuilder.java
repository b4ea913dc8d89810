package io.careflow.pstn.rating;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Collects rates for a {@link PrefixTable}: a trie of digits, and per rate nothing but its prefix, its terms and its row. Not thread-safe. */
final class PrefixTableBuilder {

    private static final int WIDTH = PrefixTable.WIDTH;
    private static final int END = PrefixTable.END;

    /** The room before the first node: 0 is an empty cell. */
    private static final int ROOT = WIDTH;

    private static final int MOST_ROWS = PrefixTable.CONDITIONAL >> PrefixTable.LENGTH_BITS;

    private final Map<Terms, Integer> known = new HashMap<>();
    private final List<Terms> terms = new ArrayList<>();
    private long[] digits = new long[16];
    private int[] rows = new int[16];
    private int[] numbers = new int[16];
    private int[] next = new int[16];
    private int[] cells = new int[4 * WIDTH];
    private int cellsUsed = ROOT + WIDTH;
    private int size;

    int size() {
        return size;
    }

    List<Terms> terms() {
        return terms;
    }

    /** Gives the rates of each prefix that has several. */
    void shared(Consumer<List<Row>> each) {
        BitSet notHeads = new BitSet(size);
        for (int row = 0; row < size; row++) {
            if (next[row] != 0) {
                notHeads.set(~next[row]);
            }
        }
        for (int row = 0; row < size; row++) {
            if (next[row] != 0 && !notHeads.get(row)) {
                List<Row> same = new ArrayList<>();
                for (int one = ~row; one != 0; one = next[~one]) {
                    same.add(new Row(numbers[~one], PrefixTable.prefix(digits[~one], rows[~one]), terms(~one)));
                }
                each.accept(same);
            }
        }
    }

    private Terms terms(int row) {
        return terms.get(rows[row] >>> PrefixTable.LENGTH_BITS);
    }

    void add(String prefix, Terms its, int number) {
        if (size == MOST_ROWS) {
            throw new IllegalArgumentException("a deck has at most " + MOST_ROWS + " rates");
        }
        if (size == rows.length) {
            digits = Arrays.copyOf(digits, 2 * size);
            rows = Arrays.copyOf(rows, 2 * size);
            numbers = Arrays.copyOf(numbers, 2 * size);
            next = Arrays.copyOf(next, 2 * size);
        }
        long value = 0;
        for (int i = 0; i < prefix.length(); i++) {
            value = value * 10 + (prefix.charAt(i) - '0');
        }
        int cell = cell(prefix);
        digits[size] = value;
        rows[size] = index(its) << PrefixTable.LENGTH_BITS | prefix.length();
        numbers[size] = number;
        next[size] = cells[cell];
        cells[cell] = ~size;
        size++;
    }

    /** The table of all rates so far, in the order of their prefixes. */
    PrefixTable build() {
        return new PrefixTable(new Laid(this));
    }

    private int index(Terms its) {
        Integer index = known.get(its);
        if (index == null) {
            index = terms.size();
            terms.add(its);
            known.put(its, index);
        }
        return index;
    }

    /** The cell in which the rates of a prefix hang; makes the nodes on the way there. */
    private int cell(String prefix) {
        int node = ROOT;
        for (int i = 0; i < prefix.length() - 1; i++) {
            int cell = node + prefix.charAt(i) - '0';
            int below = cells[cell];
            if (below <= 0) {
                below = node(below);
                cells[cell] = below;
            }
            node = below;
        }
        if (prefix.isEmpty()) {
            return ROOT + END;
        }
        int cell = node + prefix.charAt(prefix.length() - 1) - '0';
        return cells[cell] > 0 ? cells[cell] + END : cell;
    }

    private int node(int own) {
        int node = cellsUsed;
        cellsUsed += WIDTH;
        if (cellsUsed > cells.length) {
            cells = Arrays.copyOf(cells, Math.max(cellsUsed, 2 * cells.length));
        }
        cells[node + END] = own;
        return node;
    }

    /** A rate as it was added. */
    record Row(int number, String prefix, Terms terms) {
        Instant start() {
            return terms.effectiveFrom == null ? Instant.MIN : terms.effectiveFrom;
        }

        Instant end() {
            return terms.effectiveTo == null ? Instant.MAX : terms.effectiveTo;
        }
    }

    /** Lays the trie out for reading: in the order of prefixes, each cell with the answer for what ends there. Used once. */
    static final class Laid {

        final int firstDigits;
        final int[] first;
        final int[] shorts;
        final int[] rows;
        final long[] digits;
        final Terms[] terms;
        private final PrefixTableBuilder from;
        private final int[] cells;
        private int[] nodes = new int[WIDTH];
        private int nodesUsed;
        private int[] starts = new int[0];
        private int[] ends = new int[0];
        private int[] shorter = new int[0];
        private int groups;
        private int row;

        private Laid(PrefixTableBuilder from) {
            this.from = from;
            this.cells = from.cells;
            this.rows = new int[from.size];
            this.digits = new long[from.size];
            this.terms = from.terms.toArray(Terms[]::new);
            int length = 0;
            int size = 1;
            while (length < PrefixTable.MOST_FIRST_DIGITS && size * 10L <= from.size) {
                length++;
                size *= 10;
            }
            this.firstDigits = length;
            this.first = new int[size];
            this.shorts = new int[size / 9];
            lay(ROOT, PrefixTable.NONE, 0, 0, 0);
        }

        /** One node at least, so that steps which have ended have something to read. */
        int[] nodes() {
            return Arrays.copyOf(nodes, Math.max(WIDTH, nodesUsed));
        }

        int[] starts() {
            return Arrays.copyOf(starts, groups);
        }

        int[] ends() {
            return Arrays.copyOf(ends, groups);
        }

        int[] shorter() {
            return Arrays.copyOf(shorter, groups);
        }

        /** Fills the part of the first table that begins with these digits. */
        private void lay(int cell, int above, int depth, int index, int before) {
            int group = own(cell, above);
            if (depth == firstDigits) {
                first[index] = cell > 0 ? node(cell, group) : ~group;
                return;
            }
            shorts[before + index] = group;
            for (int digit = 0; digit < 10; digit++) {
                lay(cell > 0 ? cells[cell + digit] : 0, group, depth + 1, index * 10 + digit, before * 10 + 1);
            }
        }

        private int node(int node, int group) {
            int at = nodesUsed;
            nodesUsed += WIDTH;
            if (nodesUsed > nodes.length) {
                nodes = Arrays.copyOf(nodes, Math.max(nodesUsed, 2 * nodes.length));
            }
            nodes[at + END] = ~group;
            for (int digit = 0; digit < 10; digit++) {
                int cell = cells[node + digit];
                int its = own(cell, group);
                int below = cell > 0 ? node(cell, its) : ~its;
                nodes[at + digit] = below;
            }
            return at;
        }

        /** The group of the prefix that ends in this cell, or that of the shorter one above. */
        private int own(int cell, int above) {
            int head = cell > 0 ? cells[cell + END] : cell;
            return head == 0 ? above : group(~head, above);
        }

        private int group(int head, int above) {
            if (from.next[head] == 0 && from.terms(head).alwaysHold()) {
                copy(head);
                return row - 1;
            }
            if (groups == shorter.length) {
                shorter = Arrays.copyOf(shorter, 2 * groups + 1);
                starts = Arrays.copyOf(starts, 2 * groups + 1);
                ends = Arrays.copyOf(ends, 2 * groups + 1);
            }
            starts[groups] = row;
            shorter[groups] = above;
            for (int one = ~head; one != 0; one = from.next[~one]) {
                copy(~one);
            }
            ends[groups] = row;
            return PrefixTable.CONDITIONAL | groups++;
        }

        private void copy(int one) {
            rows[row] = from.rows[one];
            digits[row++] = from.digits[one];
        }
    }
}
