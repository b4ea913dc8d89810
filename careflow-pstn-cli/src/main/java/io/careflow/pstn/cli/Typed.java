package io.careflow.pstn.cli;

import io.careflow.pstn.Option;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was typed. */
final class Typed {
    private Typed() {}

    /** A value that picocli has seen to be there. */
    static <T> T required(@Nullable T value) {
        if (value == null) {
            throw new BadUsage("a required parameter is missing");
        }
        return value;
    }

    /** Only what is there, with the vendor's options. */
    static Map<String, Object> present(Map<String, @Nullable Object> values, Map<Option<?>, Object> options) {
        Map<String, Object> present = new LinkedHashMap<>();
        values.forEach((name, value) -> {
            if (value != null) {
                present.put(name, value);
            }
        });
        if (!options.isEmpty()) {
            present.put("options", options);
        }
        return present;
    }
}
