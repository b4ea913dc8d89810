package io.careflow.pstn.rating;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Longest-prefix lookup: an open-addressing hash over prefixes, probed from the longest length in use to the shortest. A lookup
 * allocates nothing. Immutable and thread-safe.
 *
 * <p>A prefix becomes a long by writing a 1 before its digits. So the leading zero of "0723" counts, the empty prefix is 1, no
 * key is 0, which marks a free slot, and dividing a key by ten gives the next shorter prefix.
 */
final class PrefixTable {

    /** With the leading 1, no more decimal digits than these fit into a long. */
    static final int MAX_DIGITS = 18;

    private final long[] keys;
    private final Rate[][] rates;
    private final int shift;
    private final int lengthsInUse;
    private final int longest;

    /** Rates by prefix. */
    PrefixTable(Map<String, List<Rate>> ratesByPrefix) {
        int bits = 64 - Long.numberOfLeadingZeros(Math.max(1, ratesByPrefix.size()) * 2L);
        this.shift = 64 - bits;
        this.keys = new long[1 << bits];
        this.rates = new Rate[1 << bits][];
        int lengths = 0;
        for (Map.Entry<String, List<Rate>> entry : ratesByPrefix.entrySet()) {
            String prefix = entry.getKey();
            long key = key(prefix, prefix.length());
            int slot = slot(key);
            keys[slot] = key;
            rates[slot] = entry.getValue().toArray(Rate[]::new);
            lengths |= 1 << prefix.length();
        }
        this.lengthsInUse = lengths;
        this.longest = 31 - Integer.numberOfLeadingZeros(lengths);
    }

    /**
     * All rates of the longest prefix of which one is in effect at the instant and meant for the caller, or null; not to be written
     * to. The text must be digits.
     */
    Rate @Nullable [] find(String digits, String origin, Instant at) {
        int length = Math.min(digits.length(), longest);
        for (long key = key(digits, length); length >= 0; length--, key /= 10) {
            if ((lengthsInUse & (1 << length)) == 0) {
                continue;
            }
            int slot = slot(key);
            if (keys[slot] != key) {
                continue;
            }
            for (Rate rate : rates[slot]) {
                if (rate.isEffectiveAt(at) && rate.isFor(origin)) {
                    return rates[slot];
                }
            }
        }
        return null;
    }

    /** Where the key is, or the free slot where it would be. The table is never more than half full. */
    private int slot(long key) {
        int slot = (int) ((key * 0x9E3779B97F4A7C15L) >>> shift);
        while (keys[slot] != 0 && keys[slot] != key) {
            slot = (slot + 1) & (keys.length - 1);
        }
        return slot;
    }

    private static long key(String digits, int length) {
        long key = 1;
        for (int i = 0; i < length; i++) {
            key = key * 10 + (digits.charAt(i) - '0');
        }
        return key;
    }
}
