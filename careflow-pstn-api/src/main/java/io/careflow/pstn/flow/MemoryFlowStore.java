package io.careflow.pstn.flow;

import io.careflow.pstn.ProviderId;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps flows in the memory of one process: for an application of one node that may forget its calls when it restarts, and for
 * tests. Thread-safe.
 */
public final class MemoryFlowStore implements FlowStore {
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Name, Entry> entries = new HashMap<>();

    /** An empty store. */
    public MemoryFlowStore() {}

    @Override
    public Optional<Kept> find(ProviderId provider, String key) {
        return alone(() -> Optional.ofNullable(entries.get(new Name(provider, key))))
                .map(Entry::kept);
    }

    @Override
    public boolean save(ProviderId provider, String key, long version, String text, @Nullable Instant wakeAt) {
        Name name = new Name(provider, key);
        return alone(() -> {
            Entry before = entries.get(name);
            if ((before == null ? 0 : before.kept.version()) != version) {
                return false;
            }
            entries.put(name, new Entry(new Kept(version + 1, text), wakeAt));
            return true;
        });
    }

    @Override
    public void forget(ProviderId provider, String key) {
        Entry unused = alone(() -> entries.remove(new Name(provider, key)));
    }

    @Override
    public List<String> due(ProviderId provider, Instant now, int most) {
        return alone(() -> entries.entrySet().stream()
                .filter(entry -> entry.getKey().provider.equals(provider)
                        && entry.getValue().wakeAt() != null
                        && !entry.getValue().wakes().isAfter(now))
                .sorted(Comparator.comparing(entry -> entry.getValue().wakes()))
                .limit(most)
                .map(entry -> entry.getKey().key)
                .toList());
    }

    private <T> T alone(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    private record Name(ProviderId provider, String key) {}

    private record Entry(Kept kept, @Nullable Instant wakeAt) {
        Instant wakes() {
            return wakeAt == null ? Instant.MAX : wakeAt;
        }
    }
}
