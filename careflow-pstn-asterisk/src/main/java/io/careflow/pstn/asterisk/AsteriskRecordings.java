package io.careflow.pstn.asterisk;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.error.Conflict;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.Failure;
import io.careflow.pstn.error.NotFound;
import io.careflow.pstn.error.UnsupportedFeature;
import io.careflow.pstn.recording.Recording;
import io.careflow.pstn.recording.RecordingFormat;
import io.careflow.pstn.recording.RecordingRef;
import io.careflow.pstn.recording.Recordings;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Recordings of one Asterisk: files in its recording folder, which it hands out itself. */
final class AsteriskRecordings implements Recordings {
    private static final Pattern NAME = Pattern.compile("careflow-(?:call|message)-([A-Za-z0-9.-]+)-[0-9]+");

    private final Switchboard board;
    private final Calls calls;
    private final AsteriskCallControl control;

    AsteriskRecordings(Switchboard board, Calls calls, AsteriskCallControl control) {
        this.board = board;
        this.calls = calls;
        this.control = control;
    }

    @Override
    public List<Recording> list(CallRef call) {
        Optional<Recording> running = running(call);
        // The file of one that runs is there already.
        Stream<Recording> stored = board.rest().storedRecordings().stream()
                .filter(name -> isOf(call, name))
                .filter(name ->
                        running.filter(one -> one.ref().id().equals(name)).isEmpty())
                .map(name -> describe(name, call, Recording.Status.READY, "stored"));
        return Stream.concat(running.stream(), stored).toList();
    }

    @Override
    public Optional<Recording> fetch(RecordingRef recording) {
        String name = recording.id();
        if (board.rest().isRecording(name)) {
            return Optional.of(describe(name, callOf(name), Recording.Status.RUNNING, "recording"));
        }
        return board.rest().isStored(name)
                ? Optional.of(describe(name, callOf(name), Recording.Status.READY, "stored"))
                : Optional.empty();
    }

    @Override
    public long download(RecordingRef recording, RecordingFormat format, OutputStream sink) throws IOException {
        if (format != RecordingFormat.WAV) {
            throw new UnsupportedFeature(provider(), "recording.download", "format " + format, List.of("WAV"));
        }
        return board.rest().storedFile(recording.id(), sink);
    }

    @Override
    public void delete(RecordingRef recording) {
        if (board.rest().isRecording(recording.id())) {
            throw new Conflict(failure("recording.delete", "recording " + recording.id() + " is still running"));
        }
        boolean unused = board.rest().deleteStored(recording.id());
    }

    @Override
    public void pause(CallRef call) {
        steer(call, "recording.pause", CallRecordings::pause, "no recording of call " + call.id() + " is running");
    }

    @Override
    public void resume(CallRef call) {
        steer(call, "recording.resume", CallRecordings::resume, "no recording of call " + call.id() + " is resting");
    }

    private void steer(CallRef call, String operation, Predicate<CallRecordings> task, String otherwise) {
        control.steer(call, operation, live -> {
            if (!task.test(live.recordings())) {
                throw new NotFound(failure(operation, otherwise));
            }
        });
    }

    private Optional<Recording> running(CallRef call) {
        if (calls.find(call.id()).isEmpty()) {
            return Optional.empty();
        }
        AtomicReference<@Nullable String> name = new AtomicReference<>();
        try {
            control.steer(
                    call, "recording.list", live -> name.set(live.recordings().running()));
        } catch (NotFound e) {
            return Optional.empty();
        }
        return Optional.ofNullable(name.get())
                .map(found -> describe(found, call, Recording.Status.RUNNING, "recording"));
    }

    private Recording describe(String name, @Nullable CallRef call, Recording.Status status, String raw) {
        return new Recording(new RecordingRef(provider(), name), call, status, raw, null, null, 1);
    }

    private @Nullable CallRef callOf(String name) {
        Matcher matcher = NAME.matcher(name);
        return matcher.matches() ? new CallRef(provider(), matcher.group(1)) : null;
    }

    // A call id may end like another's name goes on: what follows the prefix must be a number and nothing else.
    private static boolean isOf(CallRef call, String name) {
        return Stream.of("call", "message")
                .map(kind -> RecordingFiles.prefix(kind, call.id()))
                .anyMatch(prefix -> name.startsWith(prefix)
                        && name.substring(prefix.length()).matches("[0-9]+"));
    }

    private ProviderId provider() {
        return board.provider();
    }

    private Failure failure(String operation, String reason) {
        return Failure.of(provider(), operation, Effect.NONE, reason);
    }
}
