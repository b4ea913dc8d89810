package io.careflow.pstn.twilio;

import com.twilio.rest.api.v2010.account.call.Recording;
import com.twilio.rest.api.v2010.account.call.Recording.Status;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.Failure;
import io.careflow.pstn.error.NotFound;
import io.careflow.pstn.http.Fields;
import io.careflow.pstn.http.HttpCall;
import io.careflow.pstn.http.HttpDownload;
import io.careflow.pstn.recording.RecordingFormat;
import io.careflow.pstn.recording.RecordingRef;
import io.careflow.pstn.recording.Recordings;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Recordings at Twilio (https://www.twilio.com/docs/voice/api/recording). A recording belongs to the call that was recorded or,
 * where that one was dialled by another, to the other. Thread-safe.
 */
final class TwilioRecordings implements Recordings {
    private final TwilioClient client;
    private final Ids ids;
    private final RecordingRecords records;

    TwilioRecordings(TwilioClient client) {
        this.client = client;
        this.ids = new Ids(client.id());
        this.records = new RecordingRecords(client.id());
    }

    @Override
    public List<io.careflow.pstn.recording.Recording> list(CallRef call) {
        try {
            return ofCall("recording.list", call).stream()
                    .map(records::recording)
                    .toList();
        } catch (NotFound e) {
            return List.of(); // Twilio does not know the call (any more)
        }
    }

    @Override
    public Optional<io.careflow.pstn.recording.Recording> fetch(RecordingRef recording) {
        String sid = ids.recording("recording.fetch", recording);
        return client.find(
                        "recording.fetch",
                        rest -> com.twilio.rest.api.v2010.account.Recording.fetcher(sid)
                                .fetch(rest))
                .map(records::recording);
    }

    /** Twilio answers "not found" also while a recording is being processed. */
    @Override
    public long download(RecordingRef recording, RecordingFormat format, OutputStream sink) throws IOException {
        String file = ids.recording("recording.download", recording) + "."
                + format.name().toLowerCase(Locale.ROOT);
        HttpCall call = HttpCall.of(
                "recording.download", "GET", "2010-04-01", "Accounts", client.account(), "Recordings", file);
        try (HttpDownload download = client.open(call)) {
            return download.copyTo(sink);
        }
    }

    @Override
    public void delete(RecordingRef recording) {
        String sid = ids.recording("recording.delete", recording);
        try {
            client.done(
                    "recording.delete",
                    rest -> com.twilio.rest.api.v2010.account.Recording.deleter(sid)
                            .delete(rest));
        } catch (NotFound e) {
            // Gone already.
        }
    }

    /** What is said meanwhile is silence in the recording, so that its times stay right. */
    @Override
    public void pause(CallRef call) {
        String operation = "recording.pause";
        String sid = current(operation, call, RecordingRecords.RUNNING);
        client.json(
                operation,
                rest -> Recording.updater(call.id(), sid, Status.PAUSED)
                        .setPauseBehavior("silence")
                        .update(rest));
    }

    @Override
    public void resume(CallRef call) {
        String operation = "recording.resume";
        String sid = current(operation, call, RecordingRecords.RESTING);
        client.json(
                operation,
                rest -> Recording.updater(call.id(), sid, Status.IN_PROGRESS).update(rest));
    }

    // Newest first: of several, the one that began last.
    private String current(String operation, CallRef call, String status) {
        return client.before(operation, () -> ofCall("recording.list", call)).stream()
                .filter(fields -> fields.requireText("status").equals(status))
                .findFirst()
                .map(fields -> fields.requireText("sid"))
                .orElseThrow(() -> new NotFound(Failure.of(
                        client.id(), operation, Effect.NONE, "call " + call + " has no recording that is " + status)));
    }

    private List<Fields> ofCall(String operation, CallRef call) {
        String sid = ids.call(operation, call);
        return client.all(operation, "recordings", rest -> Recording.reader(sid).firstPage(rest));
    }
}
