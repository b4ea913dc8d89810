package io.careflow.pstn.telnyx;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * One thing at a time for each key, within this process: so that the application is asked for one call one after another. Who
 * waits very long goes on all the same, as the store sees to it that nothing is lost. Thread-safe.
 */
final class KeyLocks {
    private static final long PATIENCE_SECONDS = 20;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Entry> entries = new HashMap<>();

    <T> T within(String key, Supplier<T> action) {
        Entry entry = enter(key);
        boolean locked = false;
        try {
            locked = entry.lock.tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return action.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while another event of the call was handled", e);
        } finally {
            if (locked) {
                entry.lock.unlock();
            }
            leave(key, entry);
        }
    }

    private Entry enter(String key) {
        lock.lock();
        try {
            Entry entry = entries.computeIfAbsent(key, unused -> new Entry());
            entry.users++;
            return entry;
        } finally {
            lock.unlock();
        }
    }

    private void leave(String key, Entry entry) {
        lock.lock();
        try {
            entry.users--;
            if (entry.users == 0) {
                entries.remove(key);
            }
        } finally {
            lock.unlock();
        }
    }

    private static final class Entry {
        final ReentrantLock lock = new ReentrantLock();
        int users;
    }
}
