package io.careflow.pstn.twilio;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Remembers the last entries, so many and no more. Thread-safe. */
final class Recent<K, V> {
    private final Map<K, V> entries;

    Recent(int most) {
        entries = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > most;
            }
        };
    }

    /** Remembers an entry unless there is one; whether there was. */
    boolean had(K key, V value) {
        synchronized (entries) {
            return entries.putIfAbsent(key, value) != null;
        }
    }

    Optional<V> find(K key) {
        synchronized (entries) {
            return Optional.ofNullable(entries.get(key));
        }
    }
}
