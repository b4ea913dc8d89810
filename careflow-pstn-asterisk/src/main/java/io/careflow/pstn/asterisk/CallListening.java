package io.careflow.pstn.asterisk;

import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.flow.Gather;
import io.careflow.pstn.flow.GatheredInput.End;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens to what a caller says in answer to a gather: Asterisk records it until the caller is silent again, the recording is
 * fetched and deleted, and the recogniser gets it. A key ends all of it. Part of one call.
 */
final class CallListening {
    private static final Logger log = LoggerFactory.getLogger(CallListening.class);
    /** After how many milliseconds of silence somebody has spoken, and how loud speaking is: less than Asterisk's own 256. */
    private static final String SPEAKING = "1000,160";

    private static final String DETECT = "TALK_DETECT(set)";
    private static final String DETECT_NO_MORE = "TALK_DETECT(remove)";
    private static final int MOST_BYTES = 10_000_000;
    private static final int NAMES = 2;

    private final AsteriskCall call;
    private Phase phase = Phase.OFF;
    private @Nullable Gather gather;
    private String recording = "";
    private int count;
    private boolean detecting;
    private Runnable stopRecognizer = () -> {};

    CallListening(AsteriskCall call) {
        this.call = call;
    }

    /** The prompts of a gather are over. */
    void begin(Gather asking) {
        Recognition recognition = call.board().recognition();
        if (recognition == null) {
            return; // such flows are refused, but a predecessor may have had a recogniser
        }
        gather = asking;
        recording = UtteranceName.of(call.board().app(), call.ref().id(), count++);
        AriRest rest = call.board().rest();
        try {
            recognition.checkOnce(rest);
            // In this order: while Asterisk records, it takes no other command for the channel.
            detecting = rest.setVariable(call.channel(), DETECT, SPEAKING);
            int longest = (int) asking.total().plusSeconds(2).toSeconds();
            if (detecting && rest.record(call.channel(), recording, "wav", longest, 0, false, "none", "overwrite")) {
                phase = Phase.LISTENING;
            } else {
                call.lookAgain();
            }
        } catch (PstnException e) {
            log.warn("{}: nobody listens to the caller, only keys count: {}", call.ref(), e.getMessage());
        }
    }

    /** Whether the caller speaks, or what was said is being worked on. */
    boolean isBusy() {
        return phase != Phase.OFF && phase != Phase.LISTENING;
    }

    void callerSpeaks() {
        if (phase == Phase.LISTENING) {
            phase = Phase.SPEAKING;
            call.prompts().speaking();
        }
    }

    /** The caller is silent again, or has spoken long enough. */
    void callerHasSpoken() {
        if (phase == Phase.SPEAKING) {
            phase = Phase.ENDING;
            // Where this fails, the recording ends by itself when the gather's time is over.
            call.board().rest().stopRecording(recording);
        }
    }

    void finished(AriEvent event) {
        String name = event.text("recording", "name");
        boolean whole = event.type().equals("RecordingFinished");
        if (!isRecording() || !name.equals(recording)) {
            call.board().rest().deleteStored(name);
        } else if (whole && isBusy() && !call.release().isLeaving()) {
            recognize();
        } else {
            if (!whole) {
                log.warn("{}: the caller could not be recorded: {}", call.ref(), event.text("recording", "cause"));
            }
            forget();
        }
    }

    /** After a gap in the events: a recording whose end was missed is over. */
    void catchUp() {
        if (isRecording() && !call.board().rest().isRecording(recording)) {
            if (isBusy()) {
                recognize();
            } else {
                forget();
            }
        }
    }

    /** A key was pressed, or the call does something else: what was said does not count. */
    void stop() {
        if (phase == Phase.RECOGNIZING) {
            stopRecognizer.run();
        }
        forget();
    }

    /** What a predecessor left of this call. */
    void forgetPredecessor() {
        if (call.board().recognition() != null) {
            count = NAMES;
            detecting = true;
            deleteAll();
            forget();
        }
    }

    void callGone() {
        if (phase == Phase.RECOGNIZING) {
            stopRecognizer.run();
        }
        phase = Phase.OFF;
        deleteAll();
    }

    private boolean isRecording() {
        return phase == Phase.LISTENING || phase == Phase.SPEAKING || phase == Phase.ENDING;
    }

    private void recognize() {
        phase = Phase.RECOGNIZING;
        Recognition recognition = Objects.requireNonNull(call.board().recognition());
        Gather asking = Objects.requireNonNull(gather);
        String name = recording;
        byte[] wav;
        try {
            wav = call.board().rest().storedFile(name, MOST_BYTES);
        } catch (PstnException e) {
            log.warn("{}: what the caller said cannot be fetched: {}", call.ref(), e.getMessage());
            understood(Optional.empty(), End.COMPLETE);
            return;
        } finally {
            delete(name);
        }
        int turn = count;
        Runnable cancel = recognition.begin(
                Utterance.answering(asking, wav),
                heard -> call.soon(() -> {
                    if (phase == Phase.RECOGNIZING && turn == count) {
                        stopRecognizer.run();
                        understood(heard, End.COMPLETE);
                    }
                }));
        Runnable stopClock = call.later(recognition.limit(), () -> {
            if (phase == Phase.RECOGNIZING && turn == count) {
                log.warn("{}: the recogniser took longer than {}", call.ref(), recognition.limit());
                stopRecognizer.run();
                understood(Optional.empty(), End.TIMEOUT);
            }
        });
        stopRecognizer = () -> {
            cancel.run();
            stopClock.run();
        };
        stopDetecting();
    }

    private void understood(Optional<RecognizedSpeech> heard, End end) {
        forget();
        call.prompts().heard(heard, end);
    }

    /** Nothing is listened to any more; a recording that goes on is thrown away. */
    private void forget() {
        Phase before = phase;
        phase = Phase.OFF;
        if (before != Phase.OFF && before != Phase.RECOGNIZING) {
            delete(recording);
        }
        stopDetecting();
    }

    private void stopDetecting() {
        if (detecting) {
            detecting = false;
            try {
                call.board().rest().setVariable(call.channel(), DETECT_NO_MORE, "");
            } catch (PstnException e) {
                log.warn("{}: Asterisk still tells when the caller speaks: {}", call.ref(), e.getMessage());
            }
        }
    }

    private void deleteAll() {
        for (int i = 0; i < Math.min(count, NAMES); i++) {
            delete(UtteranceName.of(call.board().app(), call.ref().id(), i));
        }
    }

    private void delete(String name) {
        AriRest rest = call.board().rest();
        try {
            if (!rest.discardRecording(name)) {
                rest.deleteStored(name);
            }
        } catch (PstnException e) {
            log.warn("{}: what the caller said is deleted later: {}", call.ref(), e.getMessage());
        }
    }

    private enum Phase {
        OFF,
        /** Recording, in silence. */
        LISTENING,
        /** Recording somebody who speaks. */
        SPEAKING,
        /** The recording is to end. */
        ENDING,
        RECOGNIZING
    }
}
