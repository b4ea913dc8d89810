package io.careflow.pstn.twilio;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.http.Fields;
import io.careflow.pstn.recording.Recording;
import io.careflow.pstn.recording.RecordingRef;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads Twilio's recording resource. */
final class RecordingRecords {
    static final String RUNNING = "in-progress";
    static final String RESTING = "paused";

    private final ProviderId provider;

    RecordingRecords(ProviderId provider) {
        this.provider = provider;
    }

    Recording recording(Fields fields) {
        String raw = fields.requireText("status");
        return new Recording(
                new RecordingRef(provider, fields.requireText("sid")),
                fields.text("call_sid").map(sid -> new CallRef(provider, sid)).orElse(null),
                status(raw),
                raw,
                fields.instant("start_time").orElse(null),
                length(fields),
                channels(fields));
    }

    static Recording.Status status(String raw) {
        return switch (raw) {
            case RUNNING, RESTING -> Recording.Status.RUNNING;
            case "stopped", "processing" -> Recording.Status.PROCESSING;
            case "completed" -> Recording.Status.READY;
            case "absent", "deleted", "failed" -> Recording.Status.ABSENT;
            default -> Recording.Status.OTHER;
        };
    }

    // Twilio writes -1 or null for a recording that goes on.
    private static @Nullable Duration length(Fields fields) {
        long seconds = fields.longInteger("duration").orElse(-1);
        return seconds < 0 ? null : Duration.ofSeconds(seconds);
    }

    private static int channels(Fields fields) {
        int channels = fields.integer("channels").orElse(0);
        return channels == 1 || channels == 2 ? channels : 0;
    }
}
