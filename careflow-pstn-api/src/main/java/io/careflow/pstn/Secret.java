package io.careflow.pstn;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;

/**
 * A password, key or token. It never prints: {@link #toString} shows dots. Equality takes constant time. Immutable.
 */
public final class Secret {
    private final String value;

    private Secret(String value) {
        this.value = value;
    }

    /**
     * Wraps a value.
     *
     * @throws IllegalArgumentException if it is empty: an empty secret is always a configuration mistake
     */
    public static Secret of(String value) {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("secret is empty");
        }
        return new Secret(value);
    }

    /**
     * Reads a secret from the process environment.
     *
     * @throws IllegalArgumentException naming the variable if it is absent or empty
     */
    public static Secret env(String variable) {
        return env(variable, System.getenv());
    }

    static Secret env(String variable, Map<String, String> environment) {
        String found = environment.get(variable);
        if (found == null || found.isEmpty()) {
            throw new IllegalArgumentException("environment variable " + variable + " is not set or empty");
        }
        return new Secret(found);
    }

    /** The value itself. Hand it to the wire, never to a log, a message or a URL that is logged. */
    public String reveal() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret that && MessageDigest.isEqual(bytes(), that.bytes());
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return "Secret[...]";
    }

    private byte[] bytes() {
        return value.getBytes(StandardCharsets.UTF_8);
    }
}
