package io.careflow.pstn.consent;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.cdr.Cdr;
import io.careflow.pstn.cdr.CdrQuery;
import io.careflow.pstn.cdr.CdrStore;
import io.careflow.pstn.cdr.RecordingErasure;
import io.careflow.pstn.recording.Recording;
import io.careflow.pstn.recording.Recordings;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * Deletes recordings: the application's copies first, then the provider's, then the address in the call record. If one of these fails,
 * the record still has its address, so the next run does all of it again; each part may be repeated. Thread-safe; run it from a timer of
 * the application, on one node or on several.
 *
 * <p>What parties agreed to ({@link ConsentLog}) is not deleted with the recording: it is the proof that there was reason to record.
 */
public final class RecordingRetention {
    private static final int MOST = 1000;

    private final CdrStore records;
    private final RecordingErasure erasure;
    private final Function<ProviderId, Optional<Recordings>> providers;
    private final RecordingCopies copies;
    private final RetentionPolicy policy;
    private final Listener audit;
    private final Clock clock;

    /**
     * A job over these records.
     *
     * @param records where the records are
     * @param erasure the same store, where addresses are taken out
     * @param providers finds the recordings of a provider; a call of one that has none stays, and is reported as failed
     * @param copies the application's own
     * @param policy how long they are kept
     * @param audit hears of everything that was deleted or was not
     * @param clock tells the age
     */
    public RecordingRetention(
            CdrStore records,
            RecordingErasure erasure,
            Function<ProviderId, Optional<Recordings>> providers,
            RecordingCopies copies,
            RetentionPolicy policy,
            Listener audit,
            Clock clock) {
        this.records = Objects.requireNonNull(records, "records");
        this.erasure = Objects.requireNonNull(erasure, "erasure");
        this.providers = Objects.requireNonNull(providers, "providers");
        this.copies = Objects.requireNonNull(copies, "copies");
        this.policy = Objects.requireNonNull(policy, "policy");
        this.audit = Objects.requireNonNull(audit, "audit");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /**
     * Deletes what is due, at most the 1000 oldest; call it again if as many were tried. A failure of one call does not keep the others
     * from being deleted.
     *
     * @return how many were deleted, and how many failed
     */
    public Run run() {
        Instant now = clock.instant();
        List<Cdr> due = new ArrayList<>();
        records.each(
                CdrQuery.between(Instant.EPOCH, now.minus(policy.shortest()).plusMillis(1)), cdr -> {
                    if (due.size() < MOST && policy.reason(cdr, now).isPresent()) {
                        due.add(cdr);
                    }
                });
        int failed = 0;
        for (Cdr cdr : due) {
            if (!tried(cdr, policy.reason(cdr, now).orElseThrow())) {
                failed++;
            }
        }
        return new Run(due.size() - failed, failed);
    }

    /**
     * Deletes the recording of one call now, whatever its age, and also if it is held.
     *
     * @param reason why, for audits: 1 to 200 characters
     * @return false if there is none, or it failed, which the listener has heard
     */
    public boolean delete(CallRef call, String reason) {
        RecordingErasure.requireReason(reason);
        return records.find(call)
                .filter(cdr -> cdr.recording() != null)
                .map(cdr -> tried(cdr, reason))
                .orElse(false);
    }

    private boolean tried(Cdr cdr, String reason) {
        try {
            copies.delete(cdr);
            deleteAtProvider(cdr.call());
            Instant at = clock.instant();
            if (erasure.eraseRecording(cdr.call(), reason, at)) {
                audit.deleted(cdr, reason, at);
            }
            return true;
        } catch (RuntimeException e) {
            audit.failed(cdr, reason, e);
            return false;
        }
    }

    private void deleteAtProvider(CallRef call) {
        Recordings recordings = providers
                .apply(call.provider())
                .orElseThrow(() -> new IllegalStateException(
                        "provider " + call.provider() + " deletes no recordings; its copy must be deleted otherwise"));
        recordings.list(call).stream()
                .filter(recording -> recording.status() != Recording.Status.ABSENT)
                .forEach(recording -> recordings.delete(recording.ref()));
    }

    /**
     * What a run did.
     *
     * @param deleted recordings that are gone
     * @param failed recordings that the next run tries again
     */
    public record Run(int deleted, int failed) {}

    /** Hears of every deletion. Called on the thread of the run; must not throw. */
    public interface Listener {
        /** A recording is gone: all copies, and its address in the record. */
        void deleted(Cdr cdr, String reason, Instant at);

        /** A recording could not be deleted, or not everywhere; the next run tries again. */
        void failed(Cdr cdr, String reason, RuntimeException failure);
    }
}
