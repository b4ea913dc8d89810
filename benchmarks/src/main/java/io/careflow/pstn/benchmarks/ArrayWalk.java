package io.careflow.pstn.benchmarks;

import java.util.Arrays;
import java.util.List;

/**
 * The bound: a trie of digits in one array of ints, read and nothing else. One read for each digit, the best answer so far kept; no
 * check of the number, no dates, no rate. Prefixes that end in a leaf need no node of their own.
 */
final class ArrayWalk {
    private int[] cells = new int[20];
    private int used = 10;

    ArrayWalk(List<String> prefixes) {
        for (int place = 0; place < prefixes.size(); place++) {
            add(prefixes.get(place), place);
        }
        cells = Arrays.copyOf(cells, used);
    }

    int find(String number) {
        int cell = 0;
        int i = 0;
        do {
            cell = cells[cell + number.charAt(i++) - '0'];
        } while (cell > 0);
        return ~cell;
    }

    /** Sorted prefixes come in an order in which a prefix comes before those that it begins. */
    private void add(String prefix, int place) {
        int node = 0;
        for (int i = 0; i < prefix.length() - 1; i++) {
            int at = node + prefix.charAt(i) - '0';
            if (cells[at] <= 0) {
                int above = cells[at];
                int below = used;
                used += 10;
                cells = used > cells.length ? Arrays.copyOf(cells, 2 * used) : cells;
                Arrays.fill(cells, below, used, above);
                cells[at] = below;
            }
            node = cells[at];
        }
        cells[node + prefix.charAt(prefix.length() - 1) - '0'] = ~place;
    }
}
