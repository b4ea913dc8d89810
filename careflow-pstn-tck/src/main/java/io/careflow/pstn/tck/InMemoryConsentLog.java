package io.careflow.pstn.tck;

import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.consent.ConsentLog;
import io.careflow.pstn.consent.ConsentRecord;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Keeps what parties agreed to in memory, for tests. Thread-safe. */
public final class InMemoryConsentLog implements ConsentLog {
    private final Map<CallRef, List<ConsentRecord>> records = new ConcurrentHashMap<>();

    /** An empty log. */
    public InMemoryConsentLog() {}

    @Override
    public void keep(ConsentRecord consent) {
        records.merge(consent.call(), List.of(consent), InMemoryConsentLog::with);
    }

    @Override
    public List<ConsentRecord> of(CallRef call) {
        return records.getOrDefault(call, List.of());
    }

    private static List<ConsentRecord> with(List<ConsentRecord> kept, List<ConsentRecord> added) {
        return kept.containsAll(added)
                ? kept
                : Stream.concat(kept.stream(), added.stream()).toList();
    }
}
