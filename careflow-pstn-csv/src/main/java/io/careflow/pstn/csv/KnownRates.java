package io.careflow.pstn.csv;

import io.careflow.pstn.rating.Rate;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Rates by the fields that made them, prefix left out; asked without making a text. Used by one thread. */
final class KnownRates {
    /** Rates that are remembered; a list with more different ones is still read, only not as fast. */
    private static final int REMEMBERED = 1 << 15;

    private static final int SLOTS = 2 * REMEMBERED;

    private final int[] places;
    private final char[][] keys = new char[SLOTS][];
    private final @Nullable Rate[] rates = new Rate[SLOTS];
    private int size;

    KnownRates(int[] places) {
        this.places = places;
    }

    @Nullable
    Rate get(Row row) {
        return rates[slot(row)];
    }

    void put(Row row, Rate rate) {
        if (size == REMEMBERED) {
            Arrays.fill(rates, null);
            size = 0;
        }
        int slot = slot(row);
        keys[slot] = row.copy(places);
        rates[slot] = rate;
        size++;
    }

    private int slot(Row row) {
        int slot = (row.hash(places) * 0x9E3779B9) >>> 16;
        while (rates[slot] != null && !row.matches(places, keys[slot])) {
            slot = (slot + 1) & (SLOTS - 1);
        }
        return slot;
    }
}
