package io.careflow.pstn.asterisk;

import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.event.NoticePlayed;
import io.careflow.pstn.flow.Notice;
import io.careflow.pstn.flow.machine.FlowSignal;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Recording the conversation. Part of one call. */
final class CallRecordings {
    private static final Logger log = LoggerFactory.getLogger(CallRecordings.class);
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final AsteriskCall call;
    private final RecordingFiles files;
    private final Untold mark;
    private boolean untold;
    private @Nullable String discarded;
    private boolean listening;
    private @Nullable String conversation;
    private @Nullable Instant began;
    private @Nullable Instant resting;
    private Duration rested = Duration.ZERO;
    private @Nullable Waiting waiting;

    CallRecordings(AsteriskCall call, RecordingFiles files) {
        this.call = call;
        this.files = files;
        this.mark = new Untold(call.board().rest(), call.ref().id());
    }

    /** Records the call by a channel that listens to it, which goes on whoever the caller talks with. */
    void start() {
        if (listening) {
            return;
        }
        String recorder = SideChannel.recorder(call.ref().id());
        listening = call.board()
                .rest()
                .snoop(
                        call.channel(),
                        recorder,
                        "both",
                        "none",
                        call.board().app(),
                        CallArguments.RECORDER + "," + call.ref().id());
        if (listening) {
            return;
        }
        // The channel may be there since a predecessor.
        if (running() == null) {
            call.lookAgain();
        } else {
            allowed();
        }
    }

    /** Records for a notice that is to follow: until {@link #told} the recording is not kept. */
    void startUntold() {
        if (listening) {
            return;
        }
        try {
            mark.mark();
            untold = true;
            start();
        } finally {
            if (!listening) {
                allowed();
            }
        }
    }

    /** The notice was heard: the recording is kept. */
    void told() {
        allowed();
    }

    private void allowed() {
        if (untold) {
            untold = false;
            mark.clear();
        }
    }

    /** The listening channel is there. */
    void recorderReady(String recorder) {
        if (!listening) {
            call.board().rest().hangup(recorder, 16);
            return;
        }
        began = null;
        resting = null;
        rested = Duration.ZERO;
        conversation = files.record(recorder, RecordingFiles.CALL, 0, 0, "none");
        if (conversation == null) {
            log.warn("{}: the recording channel was gone before it could record", call.ref());
            listening = false;
            allowed();
            noNotice("the recording channel was gone");
            call.notice().conversationOver();
        }
    }

    /** Asterisk says that a recording runs. */
    void started(AriEvent event) {
        if (!event.text("recording", "name").equals(conversation)) {
            return;
        }
        began = event.timestamp();
        Waiting next = waiting;
        waiting = null;
        if (next != null) {
            play(next.number(), next.notice());
        }
        call.notice().recordingBegan();
    }

    /** Whether the conversation is recorded, or about to be. */
    boolean isOn() {
        return listening;
    }

    /** Whether a recording of the conversation runs for certain; one that rests goes on. */
    boolean goesOn() {
        return began != null && (resting == null || resume());
    }

    /** Records, and once that runs for certain, plays this inside. */
    void notice(int command, Notice notice) {
        if (began != null) {
            if (resting == null || resume()) {
                play(command, notice);
            } else {
                call.signal(new FlowSignal.Failed(command, "the recording rests and does not go on"));
            }
            return;
        }
        waiting = new Waiting(command, notice);
        startUntold();
        if (!listening) {
            noNotice("the recording was refused");
        } else {
            call.later(PATIENCE, () -> {
                if (waiting != null && waiting.number() == command) {
                    stop();
                    noNotice("the recording does not begin");
                }
            });
        }
    }

    /** The flow goes elsewhere: the notice is not waited for any more. */
    void stopNotice() {
        waiting = null;
        if (untold) {
            stop();
        }
    }

    private void play(int command, Notice notice) {
        Duration offset = offset(call.now());
        call.prompts()
                .playThen(
                        notice.prompt(),
                        () -> {
                            call.emit(new NoticePlayed(
                                    call.id("notice"), call.now(), call.ref(), notice.wording(), offset));
                            told();
                            call.signal(new FlowSignal.Done(command));
                        },
                        () -> {
                            // What nobody was told of is not recorded.
                            stop();
                            call.signal(new FlowSignal.Failed(command, "the notice cannot be played"));
                        });
    }

    private void noNotice(String why) {
        Waiting given = waiting;
        waiting = null;
        if (given != null) {
            call.signal(new FlowSignal.Failed(given.number(), why));
        }
    }

    /** Where the recording is at this moment, its rests left out. */
    Duration offset(Instant now) {
        Instant until = resting == null ? now : resting;
        Duration ran =
                began == null ? Duration.ZERO : Duration.between(began, until).minus(rested);
        return ran.isNegative() ? Duration.ZERO : ran;
    }

    /** Lets the recording of the conversation rest; false if none runs. */
    boolean pause() {
        String name = running();
        if (name == null || resting != null || !call.board().rest().pauseRecording(name)) {
            return false;
        }
        resting = call.now();
        return true;
    }

    /** Lets it go on; false if none rests. */
    boolean resume() {
        String name = running();
        if (name == null || !call.board().rest().resumeRecording(name)) {
            return false;
        }
        Instant since = resting;
        resting = null;
        rested = since == null ? rested : rested.plus(Duration.between(since, call.now()));
        return true;
    }

    /** The name of the recording that runs or rests, also of one that a predecessor began; null if there is none. */
    @Nullable
    String running() {
        for (int number = 1; conversation == null && number <= RecordingFiles.MOST_PROBED; number++) {
            String name = RecordingFiles.name(RecordingFiles.CALL, call.ref().id(), number);
            if (call.board().rest().isRecording(name)) {
                conversation = name;
                listening = true;
            }
        }
        return conversation;
    }

    /** Ends the recording of the conversation, also one that a predecessor began. What nobody was told of is not kept. */
    void stop() {
        try {
            String name = listening ? conversation : running();
            listening = false;
            conversation = null;
            began = null;
            if (name != null && untold) {
                discarded = name;
                mark.discard(name);
            } else if (name != null) {
                call.board().rest().stopRecording(name);
            }
        } finally {
            call.board().rest().hangup(SideChannel.recorder(call.ref().id()), 16);
        }
        allowed();
    }

    /** Asterisk says that a recording of the conversation is over. */
    void finished(AriEvent event) {
        String name = event.text("recording", "name");
        boolean ours = name.equals(conversation);
        if (ours) {
            conversation = null;
            began = null;
            listening = false;
        }
        if (name.equals(discarded)) {
            return;
        }
        if (ours && untold) {
            discarded = name;
            mark.discard(name);
            allowed();
            return;
        }
        if (event.type().equals("RecordingFinished")) {
            files.ready(name, event.timestamp(), RecordingFiles.length(event));
        } else {
            log.warn("{}: recording {} failed: {}", call.ref(), name, event.text("recording", "cause"));
        }
    }

    /** The call is over. */
    void callGone() {
        discardUntold();
        listening = false;
        conversation = null;
        began = null;
        waiting = null;
    }

    private void discardUntold() {
        String name = conversation;
        if (!untold || name == null) {
            return;
        }
        try {
            mark.discard(name);
        } catch (PstnException e) {
            log.error("{}: {} is kept, though nobody was told: {}", call.ref(), name, e.getMessage());
        }
    }

    private record Waiting(int number, Notice notice) {}
}
