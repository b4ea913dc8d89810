package io.careflow.pstn.asterisk;

import io.careflow.pstn.event.RecordingReady;
import io.careflow.pstn.flow.Voicemail;
import io.careflow.pstn.flow.machine.FlowResult;
import io.careflow.pstn.flow.machine.FlowSignal;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Recording the conversation and taking messages. Part of one call. */
final class CallRecordings {
    private static final Logger log = LoggerFactory.getLogger(CallRecordings.class);
    private static final String FORMAT = "wav";
    private static final String BEEP = "sound:beep";

    private final AsteriskCall call;
    private @Nullable String message;
    private int messageNumber;
    private @Nullable String conversation;

    CallRecordings(AsteriskCall call) {
        this.call = call;
    }

    /** Records the call by a channel that listens to it, which goes on whoever the caller talks with. */
    void start() {
        if (conversation != null) {
            return;
        }
        String recorder = RecorderChannel.id(call.ref().id());
        conversation = name("call");
        if (!call.board()
                .rest()
                .snoop(
                        call.ref().id(),
                        recorder,
                        "both",
                        "none",
                        call.board().app(),
                        CallArguments.RECORDER + "," + call.ref().id())) {
            conversation = null;
            call.lookAgain();
        }
    }

    /** The listening channel is there. */
    void recorderReady(String recorder) {
        String name = conversation;
        if (name != null && !call.board().rest().record(recorder, name, FORMAT, 0, 0, false, "none", "overwrite")) {
            log.warn("{}: the recording channel was gone before it could record", call.ref());
        }
    }

    void stop() {
        String name = conversation;
        conversation = null;
        if (name != null) {
            call.board().rest().stopRecording(name);
            call.board().rest().hangup(RecorderChannel.id(call.ref().id()), 16);
        }
    }

    /** The tone is played by itself: with a recording that is to begin with a tone Asterisk takes none if it has no such sound. */
    void takeMessage(int command, Voicemail voicemail) {
        call.prompts().playThen(BEEP, () -> recordMessage(command, voicemail));
    }

    private void recordMessage(int command, Voicemail voicemail) {
        String name = name("message");
        message = name;
        messageNumber = command;
        boolean recording = call.board()
                .rest()
                .record(
                        call.ref().id(),
                        name,
                        FORMAT,
                        (int) voicemail.longest().toSeconds(),
                        (int) voicemail.silence().toSeconds(),
                        false,
                        "#",
                        "overwrite");
        if (!recording) {
            message = null;
            call.lookAgain();
        }
    }

    void stopMessage() {
        String name = message;
        message = null;
        if (name != null) {
            call.board().rest().stopRecording(name);
        }
    }

    void finished(AriEvent event) {
        String name = event.text("recording", "name");
        boolean isMessage = name.equals(message);
        if (event.type().equals("RecordingFinished")) {
            ready(event, name);
        } else {
            log.warn("{}: recording {} failed: {}", call.ref(), name, event.text("recording", "cause"));
        }
        if (isMessage) {
            message = null;
            if (!call.release().isLeaving()) {
                call.signal(new FlowSignal.Completed(messageNumber, new FlowResult.Over()));
            }
        }
    }

    /** After a gap in the events: a message whose end was missed is over. */
    void catchUp() {
        String name = message;
        if (name != null && !call.board().rest().isRecording(name)) {
            message = null;
            call.signal(new FlowSignal.Completed(messageNumber, new FlowResult.Over()));
        }
    }

    void callGone() {
        message = null;
        conversation = null;
    }

    private void ready(AriEvent event, String name) {
        Duration length = Duration.ofSeconds(
                event.raw().path("recording").path("duration").asLong());
        RecordingReady.Kind kind =
                name.startsWith("careflow-message") ? RecordingReady.Kind.VOICEMAIL : RecordingReady.Kind.CALL;
        if (kind == RecordingReady.Kind.VOICEMAIL && length.isZero()) {
            return;
        }
        URI location = URI.create(call.board().ari() + "/recordings/stored/" + name + "/file");
        call.emit(new RecordingReady(call.id("recording"), event.timestamp(), call.ref(), kind, location, length));
    }

    private String name(String kind) {
        return "careflow-" + kind + "-" + call.ref().id().replaceAll("[^A-Za-z0-9.-]", "_");
    }
}
