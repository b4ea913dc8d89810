package io.careflow.pstn;

import java.util.Objects;

/**
 * A typed key for a setting that only one vendor has, declared by that vendor's adapter.
 *
 * @param name the name used in messages, for example {@code telnyx.connection-id}
 * @param type the type of its value
 * @param <T> the type of its value
 */
public record Option<T>(String name, Class<T> type) {
    public Option {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(type, "type");
        if (name.isBlank()) {
            throw new IllegalArgumentException("option name is blank; expected something like 'vendor.setting'");
        }
    }
}
