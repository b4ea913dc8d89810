package io.careflow.pstn.asterisk;

import io.careflow.pstn.error.Conflict;
import io.careflow.pstn.event.RecordingReady;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the recordings of a call are called at Asterisk, and where they are found. Part of one call. */
final class RecordingFiles {
    /** The conversation. */
    static final String CALL = "call";

    /** Something that the caller left. */
    static final String MESSAGE = "message";

    /** How many names are asked for to find what a predecessor began. */
    static final int MOST_PROBED = 5;

    private static final Logger log = LoggerFactory.getLogger(RecordingFiles.class);
    private static final String FORMAT = "wav";
    private static final int MOST_NAMES = 100;

    private final AsteriskCall call;
    private int names;

    RecordingFiles(AsteriskCall call) {
        this.call = call;
    }

    /**
     * Records under the next name that is free; a predecessor that served this call may have used some.
     *
     * @return the name, or null if the channel is gone
     */
    @Nullable
    String record(String channel, String kind, int maxSeconds, int maxSilence, String terminateOn) {
        for (int tries = 1; ; tries++) {
            String name = name(kind);
            try {
                return call.board()
                                .rest()
                                .record(channel, name, FORMAT, maxSeconds, maxSilence, false, terminateOn, "fail")
                        ? name
                        : null;
            } catch (Conflict e) {
                if (tries == MOST_NAMES) {
                    throw e;
                }
                log.debug("{}: there is a recording {} already", call.ref(), name);
            }
        }
    }

    static boolean isMessage(String name) {
        return name.startsWith("careflow-" + MESSAGE + "-");
    }

    private String name(String kind) {
        names++;
        return name(kind, call.ref().id(), names);
    }

    /** What recordings of a call are called. */
    static String name(String kind, String callId, int number) {
        return prefix(kind, callId) + number;
    }

    static String prefix(String kind, String callId) {
        return "careflow-" + kind + "-" + callId.replaceAll("[^A-Za-z0-9.-]", "_") + "-";
    }

    /** How long a recording is that is over. */
    static Duration length(AriEvent event) {
        return Duration.ofSeconds(event.raw().path("recording").path("duration").asLong());
    }

    /** A recording can be fetched. */
    void ready(String name, Instant at, Duration length) {
        RecordingReady.Kind kind = isMessage(name) ? RecordingReady.Kind.VOICEMAIL : RecordingReady.Kind.CALL;
        URI location = URI.create(call.board().ari() + "/recordings/stored/" + name + "/file");
        call.emit(new RecordingReady(call.id("recording"), at, call.ref(), kind, location, length));
    }
}
