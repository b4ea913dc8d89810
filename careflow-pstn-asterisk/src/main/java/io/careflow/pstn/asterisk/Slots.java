package io.careflow.pstn.asterisk;

import java.util.BitSet;

/**
 * Small numbers for live calls, the lowest free one first. Asterisk keeps the end of a call under its number, so what is
 * kept there is bounded by the most calls that ever were at once. Thread-safe.
 */
final class Slots {
    private final BitSet used = new BitSet();

    synchronized int take() {
        int slot = used.nextClearBit(0);
        used.set(slot);
        return slot;
    }

    /** False if it was taken already. */
    synchronized boolean take(int slot) {
        boolean free = !used.get(slot);
        used.set(slot);
        return free;
    }

    synchronized void free(int slot) {
        used.clear(slot);
    }

    synchronized int taken() {
        return used.cardinality();
    }
}
