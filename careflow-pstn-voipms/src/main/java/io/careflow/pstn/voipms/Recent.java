package io.careflow.pstn.voipms;

import java.util.LinkedHashMap;
import java.util.Map;

/** Remembers the last texts, so many and no more. Thread-safe. */
final class Recent {
    private final Map<String, Boolean> entries;

    Recent(int most) {
        entries = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                return size() > most;
            }
        };
    }

    /** Remembers a text; whether it was remembered already. */
    boolean had(String text) {
        synchronized (entries) {
            return entries.putIfAbsent(text, true) != null;
        }
    }

    /** Whether a text is remembered. */
    boolean has(String text) {
        synchronized (entries) {
            return entries.containsKey(text);
        }
    }
}
