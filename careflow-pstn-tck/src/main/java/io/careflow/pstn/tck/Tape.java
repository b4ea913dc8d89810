package io.careflow.pstn.tck;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.recording.Recording;
import io.careflow.pstn.recording.RecordingRef;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One recording of an in-memory provider: runs, may rest, and is over once. */
final class Tape {
    private final String id;
    private final CallRef call;
    private final Instant started;
    private Duration taken = Duration.ZERO;
    private @Nullable Instant runningSince;
    private boolean over;

    /** A tape that runs from now on. */
    Tape(String id, CallRef call, Instant started) {
        this.id = id;
        this.call = call;
        this.started = started;
        this.runningSince = started;
    }

    CallRef call() {
        return call;
    }

    boolean isRunning() {
        return runningSince != null;
    }

    boolean isResting() {
        return runningSince == null && !over;
    }

    boolean isOver() {
        return over;
    }

    Duration length() {
        return taken;
    }

    URI location() {
        return URI.create("memory:recordings/" + call.id() + "/" + id);
    }

    /** How much has been recorded by now. */
    Duration position(Instant now) {
        Instant since = runningSince;
        return since == null ? taken : taken.plus(Duration.between(since, now));
    }

    void rest(Instant now) {
        Instant since = runningSince;
        if (since != null) {
            taken = taken.plus(Duration.between(since, now));
            runningSince = null;
        }
    }

    void goOn(Instant now) {
        runningSince = now;
    }

    void stop(Instant now) {
        rest(now);
        over = true;
    }

    RecordingRef ref(ProviderId provider) {
        return new RecordingRef(provider, id);
    }

    Recording describe(ProviderId provider) {
        String raw = over ? "completed" : isResting() ? "paused" : "in-progress";
        return new Recording(
                ref(provider),
                call,
                over ? Recording.Status.READY : Recording.Status.RUNNING,
                raw,
                started,
                over ? taken : null,
                1);
    }
}
