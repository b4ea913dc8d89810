package io.careflow.pstn.tck;

import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.cdr.Appended;
import io.careflow.pstn.cdr.Cdr;
import io.careflow.pstn.cdr.CdrQuery;
import io.careflow.pstn.cdr.CdrStore;
import io.careflow.pstn.cdr.RecordingErasure;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Keeps CDRs in memory, for tests. Thread-safe. */
public final class InMemoryCdrStore implements CdrStore, RecordingErasure {
    private final Map<CallRef, Cdr> records = new ConcurrentHashMap<>();
    private final Set<CallRef> erased = ConcurrentHashMap.newKeySet();

    /** An empty store. */
    public InMemoryCdrStore() {}

    @Override
    public Appended append(Cdr cdr) {
        Cdr before = records.putIfAbsent(cdr.call(), cdr);
        if (before == null) {
            return Appended.STORED;
        }
        boolean same = before.equals(cdr) || (erased.contains(cdr.call()) && before.equals(cdr.withoutRecording()));
        return same ? Appended.DUPLICATE : Appended.CONFLICT;
    }

    @Override
    public Optional<Cdr> find(CallRef call) {
        return Optional.ofNullable(records.get(call));
    }

    @Override
    public boolean eraseRecording(CallRef call, String reason, Instant at) {
        RecordingErasure.requireReason(reason);
        Cdr before = records.get(call);
        if (before == null || before.recording() == null) {
            return false;
        }
        erased.add(call);
        return records.replace(call, before, before.withoutRecording());
    }

    @Override
    public void each(CdrQuery query, Consumer<Cdr> consumer) {
        records.values().stream()
                .filter(cdr -> matches(query, cdr))
                .sorted(Comparator.<Cdr, Instant>comparing(cdr -> cdr.times().started())
                        .thenComparing(cdr -> cdr.call().toString()))
                .forEach(consumer);
    }

    private static boolean matches(CdrQuery query, Cdr cdr) {
        Instant started = cdr.times().started();
        return !started.isBefore(query.from())
                && started.isBefore(query.to())
                && (query.tenant() == null || query.tenant().equals(cdr.tenant()))
                && (query.provider() == null
                        || query.provider().equals(cdr.call().provider()));
    }
}
