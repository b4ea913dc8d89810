package io.careflow.pstn.asterisk.config;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a real daemon complained about when it read a rendered configuration. A value.
 *
 * @param severity how bad it is
 * @param file the file that is meant, as in {@link RenderedConfig}; null where the daemon does not say
 * @param line counted from 1, or 0 where it is not known
 * @param message the daemon's own words; passwords are never in them
 */
public record ConfigFinding(Severity severity, @Nullable String file, int line, String message) {

    /** Checks the line. */
    public ConfigFinding {
        Objects.requireNonNull(severity, "severity");
        if (line < 0 || (line > 0 && file == null)) {
            throw new IllegalArgumentException(
                    "line is " + line + " of " + file + "; allowed are 0 and more, 0 without file");
        }
        Objects.requireNonNull(message, "message");
    }

    /** As a compiler would write it: {@code pjsip.conf:12: error: ...}. */
    @Override
    public String toString() {
        String place = file == null ? "" : file + (line == 0 ? "" : ":" + line) + ": ";
        return place + (severity == Severity.ERROR ? "error: " : "warning: ") + message;
    }

    /** How bad it is. */
    public enum Severity {
        /** Something will not work. */
        ERROR,
        /** Something may work in another way than was meant. */
        WARNING
    }
}
