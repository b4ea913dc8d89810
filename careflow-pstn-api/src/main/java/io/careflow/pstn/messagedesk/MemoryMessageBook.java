package io.careflow.pstn.messagedesk;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.message.MessageRef;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A book for one node that may forget everything when it ends: for tests and trials. It grows for ever. Thread-safe. */
public final class MemoryMessageBook implements MessageBook {
    private final Map<CommandId, MessageEntry> entries = new LinkedHashMap<>();

    /** An empty book. */
    public MemoryMessageBook() {}

    @Override
    public synchronized Opened open(MessageEntry first) {
        MessageEntry before = entries.putIfAbsent(first.command(), first);
        return new Opened(before == null, before == null ? first : before);
    }

    @Override
    public synchronized boolean change(MessageEntry next) {
        MessageEntry last = entries.get(next.command());
        if (last == null || last.version() + 1 != next.version()) {
            return false;
        }
        entries.put(next.command(), next);
        return true;
    }

    @Override
    public synchronized Optional<MessageEntry> find(CommandId command) {
        return Optional.ofNullable(entries.get(command));
    }

    @Override
    public synchronized Optional<MessageEntry> find(MessageRef message) {
        return entries.values().stream()
                .filter(entry -> message.equals(entry.message()))
                .findFirst();
    }

    @Override
    public synchronized List<MessageEntry> stale(MessageEntry.State state, Instant before, int most) {
        return entries.values().stream()
                .filter(entry -> entry.state() == state && entry.changedAt().isBefore(before))
                .sorted(Comparator.comparing(MessageEntry::changedAt))
                .limit(most)
                .toList();
    }
}
