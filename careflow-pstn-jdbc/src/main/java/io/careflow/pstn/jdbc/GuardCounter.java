package io.careflow.pstn.jdbc;

import io.careflow.pstn.guard.GuardBound;
import io.careflow.pstn.guard.GuardBound.Distinct;
import io.careflow.pstn.guard.GuardBound.Within;

/**
 * What a bound is counted by. A key is counted for each length of window apart.
 *
 * @param kind W (within), A (at once) or D (distinct)
 * @param window milliseconds; 0 for A
 * @param scope what the key begins with, up to its second slash: whose counters lie together
 * @param rest the rest of the key
 */
record GuardCounter(char kind, long window, String scope, String rest) {
    private static final int LONGEST = 200;

    static GuardCounter of(GuardBound bound) {
        if (bound instanceof Within within) {
            return of('W', within.window().toMillis(), bound.key());
        } else if (bound instanceof Distinct distinct) {
            return of('D', distinct.window().toMillis(), bound.key());
        }
        return of('A', 0, bound.key());
    }

    static GuardCounter of(char kind, long window, String key) {
        if (key.isEmpty() || key.length() > LONGEST) {
            throw new StoreRefused(
                    "guard.take", "a key has " + key.length() + " characters; allowed are 1 to " + LONGEST);
        }
        if (window < 0) {
            throw new StoreRefused("guard.take", "a window lasts " + window + " ms; allowed is more than 0");
        }
        String clean = StoredForm.clean(key);
        int first = clean.indexOf('/');
        int second = first < 0 ? -1 : clean.indexOf('/', first + 1);
        int length = second < 0 ? clean.length() : second + 1;
        return new GuardCounter(kind, window, clean.substring(0, length), clean.substring(length));
    }

    String key() {
        return scope + rest;
    }

    /** How long a slot of its window is. */
    long slotLength() {
        return Math.max(window / 60, 1);
    }

    long slot(long moment) {
        return Math.floorDiv(moment, slotLength());
    }

    /** When what was counted in this slot counts no more. */
    long over(long slot) {
        return slot * slotLength() + window + slotLength();
    }
}
