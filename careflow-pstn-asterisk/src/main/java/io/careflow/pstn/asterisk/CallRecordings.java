package io.careflow.pstn.asterisk;

import io.careflow.pstn.error.Conflict;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.event.RecordingReady;
import io.careflow.pstn.flow.Voicemail;
import io.careflow.pstn.flow.machine.FlowResult;
import io.careflow.pstn.flow.machine.FlowSignal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Recording the conversation and taking messages. Part of one call. */
final class CallRecordings {
    private static final Logger log = LoggerFactory.getLogger(CallRecordings.class);
    private static final String FORMAT = "wav";
    private static final String BEEP = "sound:beep";
    private static final Duration SECOND_LOOK = Duration.ofSeconds(2);
    private static final int MOST_NAMES = 100;

    private final AsteriskCall call;
    private int names;
    private @Nullable String message;
    private int messageNumber;
    private Instant messageBegan = Instant.EPOCH;
    private boolean listening;
    private @Nullable String conversation;

    CallRecordings(AsteriskCall call) {
        this.call = call;
    }

    /** Records the call by a channel that listens to it, which goes on whoever the caller talks with. */
    void start() {
        if (listening) {
            return;
        }
        String recorder = RecorderChannel.id(call.ref().id());
        listening = true;
        if (!call.board()
                .rest()
                .snoop(
                        call.ref().id(),
                        recorder,
                        "both",
                        "none",
                        call.board().app(),
                        CallArguments.RECORDER + "," + call.ref().id())) {
            listening = false;
            call.lookAgain();
        }
    }

    /** The listening channel is there. */
    void recorderReady(String recorder) {
        if (!listening) {
            return;
        }
        conversation = record(recorder, "call", 0, 0, "none");
        if (conversation == null) {
            log.warn("{}: the recording channel was gone before it could record", call.ref());
        }
    }

    void stop() {
        if (!listening) {
            return;
        }
        listening = false;
        String name = conversation;
        conversation = null;
        if (name != null) {
            call.board().rest().stopRecording(name);
        }
        call.board().rest().hangup(RecorderChannel.id(call.ref().id()), 16);
    }

    /** The tone is played by itself: with a recording that is to begin with a tone Asterisk takes none if it has no such sound. */
    void takeMessage(int command, Voicemail voicemail) {
        call.prompts().playThen(BEEP, () -> recordMessage(command, voicemail));
    }

    private void recordMessage(int command, Voicemail voicemail) {
        messageNumber = command;
        messageBegan = call.now();
        try {
            message = record(
                    call.ref().id(),
                    "message",
                    (int) voicemail.longest().toSeconds(),
                    (int) voicemail.silence().toSeconds(),
                    "#");
        } catch (PstnException e) {
            log.warn("{}: no message can be taken: {}", call.ref(), e.getMessage());
            call.signal(new FlowSignal.Failed(command, "no message can be taken"));
            return;
        }
        if (message == null) {
            // Most likely the caller is gone, and then it is them who ended the call: only if they stay has it failed.
            call.lookAgain();
            call.later(SECOND_LOOK, () -> call.signal(new FlowSignal.Failed(command, "the recording was refused")));
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
        boolean taken = event.type().equals("RecordingFinished");
        if (taken) {
            Duration length = Duration.ofSeconds(
                    event.raw().path("recording").path("duration").asLong());
            if (!isMessage(name) || !length.isZero()) {
                ready(name, event.timestamp(), length);
            }
        } else {
            log.warn("{}: recording {} failed: {}", call.ref(), name, event.text("recording", "cause"));
        }
        if (name.equals(message)) {
            messageOver(taken);
        }
    }

    /** After a gap in the events: a message whose end was missed is over. */
    void catchUp() {
        String name = message;
        if (name != null && !call.board().rest().isRecording(name)) {
            messageOver(missed(name));
        }
    }

    /** A message that nobody reported the end of is kept all the same. */
    void callGone() {
        String name = message;
        message = null;
        listening = false;
        conversation = null;
        if (name != null) {
            try {
                missed(name);
            } catch (PstnException e) {
                log.warn("{}: whether there is a recording {} is not known: {}", call.ref(), name, e.getMessage());
            }
        }
    }

    private void messageOver(boolean taken) {
        message = null;
        if (!call.release().isLeaving()) {
            call.signal(
                    taken
                            ? new FlowSignal.Completed(messageNumber, new FlowResult.Over())
                            : new FlowSignal.Failed(messageNumber, "the message could not be recorded"));
        }
    }

    /** Asterisk does not tell how long a stored recording is: at most it is as long as it is since it began. */
    private boolean missed(String name) {
        boolean stored = call.board().rest().isStored(name);
        if (stored) {
            Instant now = call.now();
            ready(name, now, Duration.between(messageBegan, now));
        } else {
            log.warn("{}: nothing was kept of recording {}", call.ref(), name);
        }
        return stored;
    }

    private void ready(String name, Instant at, Duration length) {
        RecordingReady.Kind kind = isMessage(name) ? RecordingReady.Kind.VOICEMAIL : RecordingReady.Kind.CALL;
        URI location = URI.create(call.board().ari() + "/recordings/stored/" + name + "/file");
        call.emit(new RecordingReady(call.id("recording"), at, call.ref(), kind, location, length));
    }

    /**
     * Records under the next name that is free; a predecessor that served this call may have used some.
     *
     * @return the name, or null if the channel is gone
     */
    private @Nullable String record(String channel, String kind, int maxSeconds, int maxSilence, String terminateOn) {
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

    private static boolean isMessage(String name) {
        return name.startsWith("careflow-message-");
    }

    private String name(String kind) {
        names++;
        return "careflow-" + kind + "-" + call.ref().id().replaceAll("[^A-Za-z0-9.-]", "_") + "-" + names;
    }
}
