package io.careflow.pstn.cdr;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

final class Times {
    private Times() {}

    static Instant earlier(@Nullable Instant known, Instant other) {
        return known == null || other.isBefore(known) ? other : known;
    }
}
