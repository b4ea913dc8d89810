package io.careflow.pstn.asterisk;

import java.util.LinkedHashMap;
import java.util.Map;

/** A map that forgets its oldest entry when it holds more than it may. Not thread-safe. */
final class Recent<K, V> extends LinkedHashMap<K, V> {
    private static final long serialVersionUID = 1L;

    private final int most;

    Recent(int most) {
        this.most = most;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > most;
    }
}
