package io.careflow.pstn.tck;

import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.error.Conflict;
import io.careflow.pstn.error.NotFound;
import io.careflow.pstn.error.UnsupportedFeature;
import io.careflow.pstn.recording.Recording;
import io.careflow.pstn.recording.RecordingFormat;
import io.careflow.pstn.recording.RecordingRef;
import io.careflow.pstn.recording.Recordings;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Recordings of the calls of an in-memory provider. All of them sound the same: a tone as long as what was recorded. */
final class MemoryRecordings implements Recordings {
    private final Switchboard board;
    private final MemoryLine line;

    MemoryRecordings(Switchboard board, MemoryLine line) {
        this.board = board;
        this.line = line;
    }

    @Override
    public List<Recording> list(CallRef call) {
        return line.read(
                Operation.RECORDING_LIST,
                () -> board.tapes().stream()
                        .filter(tape -> tape.call().equals(call))
                        .map(tape -> tape.describe(board.id()))
                        .toList());
    }

    @Override
    public Optional<Recording> fetch(RecordingRef recording) {
        return line.read(Operation.RECORDING_FETCH, () -> tape(recording).map(tape -> tape.describe(board.id())));
    }

    @Override
    public long download(RecordingRef recording, RecordingFormat format, OutputStream sink) throws IOException {
        if (format != RecordingFormat.WAV) {
            throw new UnsupportedFeature(
                    board.id(), Operation.RECORDING_DOWNLOAD.toString(), "format " + format, List.of("WAV"));
        }
        Duration length = line.read(
                Operation.RECORDING_DOWNLOAD,
                () -> tape(recording)
                        .filter(Tape::isOver)
                        .map(Tape::length)
                        .orElseThrow(() ->
                                missing(Operation.RECORDING_DOWNLOAD, "recording " + recording + " is not there")));
        return WaveFile.write(length, sink);
    }

    @Override
    public void delete(RecordingRef recording) {
        line.write(
                Operation.RECORDING_DELETE,
                recording,
                () -> tape(recording).ifPresent(tape -> {
                    if (!tape.isOver()) {
                        throw new Conflict(line.nothing(
                                Operation.RECORDING_DELETE, "recording " + recording + " is still running"));
                    }
                    board.tapes().remove(tape);
                }));
    }

    @Override
    public void pause(CallRef call) {
        line.write(
                Operation.RECORDING_PAUSE,
                call,
                () -> tape(call, Tape::isRunning)
                        .orElseThrow(() ->
                                missing(Operation.RECORDING_PAUSE, "no recording of call " + call + " is running"))
                        .rest(board.time().now()));
    }

    @Override
    public void resume(CallRef call) {
        line.write(
                Operation.RECORDING_RESUME,
                call,
                () -> tape(call, Tape::isResting)
                        .orElseThrow(() ->
                                missing(Operation.RECORDING_RESUME, "no recording of call " + call + " is resting"))
                        .goOn(board.time().now()));
    }

    private Optional<Tape> tape(RecordingRef recording) {
        return board.tapes().stream()
                .filter(tape -> tape.ref(board.id()).equals(recording))
                .findFirst();
    }

    private Optional<Tape> tape(CallRef call, Predicate<Tape> state) {
        return board.tapes().stream()
                .filter(tape -> tape.call().equals(call))
                .filter(state)
                .findFirst();
    }

    private NotFound missing(Operation operation, String reason) {
        return new NotFound(line.nothing(operation, reason));
    }
}
