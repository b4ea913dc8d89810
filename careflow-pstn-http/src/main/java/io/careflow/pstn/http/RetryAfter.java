package io.careflow.pstn.http;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The header of that name. Only seconds: the date form needs clocks that agree, and no carrier of ours sends it. */
final class RetryAfter {
    private RetryAfter() {}

    static @Nullable Duration parse(@Nullable String header) {
        if (header == null || !header.strip().matches("\\d{1,6}")) {
            return null;
        }
        return Duration.ofSeconds(Long.parseLong(header.strip()));
    }
}
