package io.careflow.pstn.desk;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.call.CallRef;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A book for one node that may forget everything when it ends: for tests and trials. It grows for ever. Thread-safe. */
public final class MemoryOutboundBook implements OutboundBook {
    private final Map<CommandId, OutboundEntry> entries = new LinkedHashMap<>();

    /** An empty book. */
    public MemoryOutboundBook() {}

    @Override
    public synchronized Opened open(OutboundEntry first) {
        OutboundEntry before = entries.putIfAbsent(first.command(), first);
        return new Opened(before == null, before == null ? first : before);
    }

    @Override
    public synchronized boolean change(OutboundEntry next) {
        OutboundEntry last = entries.get(next.command());
        if (last == null || last.version() + 1 != next.version()) {
            return false;
        }
        entries.put(next.command(), next);
        return true;
    }

    @Override
    public synchronized Optional<OutboundEntry> find(CommandId command) {
        return Optional.ofNullable(entries.get(command));
    }

    @Override
    public synchronized Optional<OutboundEntry> find(CallRef call) {
        return entries.values().stream()
                .filter(entry -> call.equals(entry.call()))
                .findFirst();
    }

    @Override
    public synchronized List<OutboundEntry> stale(Instant before, int most) {
        return entries.values().stream()
                .filter(entry -> !entry.state().isFinal() && entry.changedAt().isBefore(before))
                .sorted(Comparator.comparing(OutboundEntry::changedAt))
                .limit(most)
                .toList();
    }
}
