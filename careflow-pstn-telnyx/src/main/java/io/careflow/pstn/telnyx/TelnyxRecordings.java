package io.careflow.pstn.telnyx;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.Failure;
import io.careflow.pstn.error.NotFound;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.error.UnsupportedFeature;
import io.careflow.pstn.http.Fields;
import io.careflow.pstn.http.HttpCall;
import io.careflow.pstn.http.HttpDownload;
import io.careflow.pstn.recording.Recording;
import io.careflow.pstn.recording.RecordingFormat;
import io.careflow.pstn.recording.RecordingRef;
import io.careflow.pstn.recording.Recordings;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Recordings at Telnyx (https://developers.telnyx.com/api-reference/call-recordings). Telnyx lists them once they are complete.
 * Links to them live for ten minutes, so each download asks for a new one. Thread-safe.
 */
final class TelnyxRecordings implements Recordings {
    private static final String PATH = "recordings";
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Pattern CALL = Pattern.compile("[\\x21-\\x7e]{1,1024}");
    /** No such call, ended, nothing that could be recorded yet, not answered yet. */
    private static final Set<String> NOT_RUNNING = Set.of("90015", "90018", "90020", "90034");

    private final TelnyxClient client;

    TelnyxRecordings(TelnyxClient client) {
        this.client = client;
    }

    @Override
    public List<Recording> list(CallRef call) {
        if (!isOurs(call)) {
            return List.of();
        }
        HttpCall list = HttpCall.of("recording.list", "GET", PATH).query("filter[call_control_id]", call.id());
        try {
            return client.all(list, 250).stream()
                    // Telnyx answers everything where it does not understand a filter.
                    .filter(fields -> fields.text("call_control_id").orElse("").equals(call.id()))
                    .map(this::recording)
                    .toList();
        } catch (NotFound e) {
            return List.of();
        }
    }

    @Override
    public Optional<Recording> fetch(RecordingRef recording) {
        return find("recording.fetch", recording).map(this::recording);
    }

    @Override
    public long download(RecordingRef recording, RecordingFormat format, OutputStream sink) throws IOException {
        String operation = "recording.download";
        Fields links = find(operation, recording)
                .flatMap(fields -> fields.object("download_urls"))
                .orElseThrow(() -> notFound(operation, "there is no file of it (yet)"));
        URI link = links.uri(word(format)).orElseThrow(() -> unavailable(operation, links, format));
        try (HttpDownload download = client.media().open(operation, link)) {
            return download.copyTo(sink);
        }
    }

    @Override
    public void delete(RecordingRef recording) {
        if (!isOurs(recording)) {
            return;
        }
        try {
            client.send(HttpCall.of("recording.delete", "DELETE", PATH, recording.id()));
        } catch (NotFound e) {
            // Gone already.
        }
    }

    @Override
    public void pause(CallRef call) {
        command("recording.pause", call, "record_pause");
    }

    @Override
    public void resume(CallRef call) {
        command("recording.resume", call, "record_resume");
    }

    /** Telnyx drops a command whose id it has seen within a minute, so one that is lost is sent again. */
    private void command(String operation, CallRef call, String action) {
        if (!isOurs(call)) {
            throw notFound(operation, "there is no such call");
        }
        ObjectNode body = client.object();
        body.put("command_id", new UUID(random(), random()).toString());
        HttpCall command = HttpCall.of(operation, "POST", "calls", call.id(), "actions", action);
        try {
            client.send(client.with(command, body).idempotent());
        } catch (PstnException e) {
            if (e.effect() == Effect.NONE && NOT_RUNNING.contains(e.code().orElse(""))) {
                throw new NotFound(e.failure(), e);
            }
            throw e;
        }
    }

    private long random() {
        return client.settings().random().nextLong();
    }

    private Optional<Fields> find(String operation, RecordingRef recording) {
        return isOurs(recording) ? client.find(HttpCall.of(operation, "GET", PATH, recording.id())) : Optional.empty();
    }

    private Recording recording(Fields fields) {
        String raw = fields.requireText("status");
        boolean ofConference = fields.text("source").orElse("").equals("conference");
        return new Recording(
                new RecordingRef(client.id(), fields.requireText("id")),
                fields.text("call_control_id")
                        .filter(id -> !ofConference)
                        .map(id -> new CallRef(client.id(), id))
                        .orElse(null),
                status(raw),
                raw,
                fields.instant("recording_started_at").orElse(null),
                length(fields),
                channels(fields.text("channels").orElse("")));
    }

    private static Recording.Status status(String raw) {
        return switch (raw) {
            case "completed" -> Recording.Status.READY;
            case "in-progress", "paused" -> Recording.Status.RUNNING;
            case "processing" -> Recording.Status.PROCESSING;
            case "deleted", "failed", "absent" -> Recording.Status.ABSENT;
            default -> Recording.Status.OTHER;
        };
    }

    private static @Nullable Duration length(Fields fields) {
        long millis = fields.longInteger("duration_millis").orElse(-1);
        return millis < 0 ? null : Duration.ofMillis(millis);
    }

    private static int channels(String word) {
        return switch (word) {
            case "single", "1" -> 1;
            case "dual", "2" -> 2;
            default -> 0;
        };
    }

    private PstnException unavailable(String operation, Fields links, RecordingFormat wanted) {
        List<String> others = Stream.of(RecordingFormat.values())
                .map(TelnyxRecordings::word)
                .filter(links::has)
                .toList();
        return others.isEmpty()
                ? notFound(operation, "there is no file of it (yet)")
                : new UnsupportedFeature(client.id(), operation, word(wanted) + " of this recording", others);
    }

    private static String word(RecordingFormat format) {
        return format.name().toLowerCase(Locale.ROOT);
    }

    private boolean isOurs(CallRef call) {
        return call.provider().equals(client.id()) && CALL.matcher(call.id()).matches();
    }

    private boolean isOurs(RecordingRef recording) {
        return recording.provider().equals(client.id())
                && ID.matcher(recording.id()).matches();
    }

    private NotFound notFound(String operation, String reason) {
        return new NotFound(Failure.of(client.id(), operation, Effect.NONE, reason));
    }
}
