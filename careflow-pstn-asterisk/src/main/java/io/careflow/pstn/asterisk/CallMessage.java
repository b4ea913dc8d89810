package io.careflow.pstn.asterisk;

import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.flow.Voicemail;
import io.careflow.pstn.flow.machine.FlowResult;
import io.careflow.pstn.flow.machine.FlowSignal;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Taking messages. Part of one call. */
final class CallMessage {
    private static final Logger log = LoggerFactory.getLogger(CallMessage.class);
    private static final String BEEP = "sound:beep";
    private static final Duration SECOND_LOOK = Duration.ofSeconds(2);

    private final AsteriskCall call;
    private final RecordingFiles files;
    private @Nullable String message;
    private int number;
    private Instant began = Instant.EPOCH;

    CallMessage(AsteriskCall call, RecordingFiles files) {
        this.call = call;
        this.files = files;
    }

    /** The tone is played by itself: with a recording that is to begin with a tone Asterisk takes none if it has no such sound. */
    void take(int command, Voicemail voicemail) {
        call.prompts().playThen(BEEP, () -> record(command, voicemail));
    }

    private void record(int command, Voicemail voicemail) {
        number = command;
        began = call.now();
        try {
            message = files.record(
                    call.channel(),
                    RecordingFiles.MESSAGE,
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

    void stop() {
        String name = message;
        message = null;
        if (name != null) {
            call.board().rest().stopRecording(name);
        }
    }

    void finished(AriEvent event) {
        String name = event.text("recording", "name");
        boolean taken = event.type().equals("RecordingFinished");
        Duration length = RecordingFiles.length(event);
        if (!taken) {
            log.warn("{}: recording {} failed: {}", call.ref(), name, event.text("recording", "cause"));
        } else if (!length.isZero()) {
            files.ready(name, event.timestamp(), length);
        }
        if (name.equals(message)) {
            over(taken);
        }
    }

    /** After a gap in the events: a message whose end was missed is over. */
    void catchUp() {
        String name = message;
        if (name != null && !call.board().rest().isRecording(name)) {
            over(missed(name));
        }
    }

    /** A message that nobody reported the end of is kept all the same. */
    void callGone() {
        String name = message;
        message = null;
        if (name != null) {
            try {
                boolean unused = missed(name);
            } catch (PstnException e) {
                log.warn("{}: whether there is a recording {} is not known: {}", call.ref(), name, e.getMessage());
            }
        }
    }

    private void over(boolean taken) {
        message = null;
        if (!call.release().isLeaving()) {
            call.signal(
                    taken
                            ? new FlowSignal.Completed(number, new FlowResult.Over())
                            : new FlowSignal.Failed(number, "the message could not be recorded"));
        }
    }

    /** Asterisk does not tell how long a stored recording is: at most it is as long as it is since it began. */
    private boolean missed(String name) {
        boolean stored = call.board().rest().isStored(name);
        if (stored) {
            Instant now = call.now();
            files.ready(name, now, Duration.between(began, now));
        } else {
            log.warn("{}: nothing was kept of recording {}", call.ref(), name);
        }
        return stored;
    }
}
