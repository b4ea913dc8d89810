package io.careflow.pstn.desk;

import org.jspecify.annotations.Nullable;

/** Several things that are all tried, whichever of them fail. Not thread-safe. */
final class Attempts {
    private @Nullable RuntimeException first;

    /** After this failure, or after none. */
    Attempts(@Nullable RuntimeException before) {
        this.first = before;
    }

    void make(Runnable attempt) {
        try {
            attempt.run();
        } catch (RuntimeException e) {
            if (first == null) {
                first = e;
            } else if (first != e) {
                first.addSuppressed(e);
            }
        }
    }

    /** The first failure, with the others suppressed in it; nothing if there was none. */
    void rethrow() {
        if (first != null) {
            throw first;
        }
    }
}
