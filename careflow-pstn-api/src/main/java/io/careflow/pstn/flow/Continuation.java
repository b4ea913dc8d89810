package io.careflow.pstn.flow;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Where the application goes on when an ending has its result: a name that the application chose, and a little state that
 * travels with the call, so that any node of the application can go on. Keep no secrets in it.
 *
 * @param name 1 to 40 lower-case letters, digits and dashes
 * @param state names like the continuation's, values of at most 200 characters; 1000 characters in all
 */
public record Continuation(String name, Map<String, String> state) {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,39}");
    private static final int LONGEST_VALUE = 200;
    private static final int LONGEST = 1000;

    public Continuation {
        requireName("continuation", name);
        int size = 0;
        for (Map.Entry<String, String> entry : state.entrySet()) {
            requireName("continuation state", entry.getKey());
            Limits.within(
                    "length of continuation state '" + entry.getKey() + "'",
                    entry.getValue().length(),
                    0,
                    LONGEST_VALUE);
            size += entry.getKey().length() + entry.getValue().length();
        }
        Limits.within("length of all continuation state", size, 0, LONGEST);
        state = Map.copyOf(new TreeMap<>(state));
    }

    /** A continuation without state. */
    public static Continuation named(String name) {
        return new Continuation(name, Map.of());
    }

    /** The same with one more piece of state. */
    public Continuation with(String key, String value) {
        Map<String, String> more = new TreeMap<>(state);
        more.put(key, value);
        return new Continuation(name, more);
    }

    /** The same with one more piece of state. */
    public Continuation with(String key, int value) {
        return with(key, Integer.toString(value));
    }

    /** A piece of state, or this if there is none. */
    public String get(String key, String otherwise) {
        return state.getOrDefault(key, otherwise);
    }

    /**
     * A number kept as state, or this if there is none.
     *
     * @throws IllegalArgumentException if the state is no number
     */
    public int get(String key, int otherwise) {
        String found = state.get(key);
        if (found == null) {
            return otherwise;
        }
        try {
            return Integer.parseInt(found);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("continuation state '" + key + "' is '" + found + "', not a number", e);
        }
    }

    private static void requireName(String what, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(what + " name '" + name
                    + "' is not usable: 1 to 40 lower-case letters, digits and dashes, starting with a letter");
        }
    }
}
