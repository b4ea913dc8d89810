package io.careflow.pstn.flow;

import io.careflow.pstn.call.CallNote;
import io.careflow.pstn.call.HangupCause;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * What shall happen to a call: steps in order, then exactly one ending. A value; the same flow gives the same call on every
 * provider. Build one with {@link #start}.
 *
 * @param steps may be empty
 * @param ending ends the call or hands back to the application
 * @param note what the call's CDR shall say, {@link CallNote#NONE} for nothing
 */
public record CallFlow(List<Step> steps, Ending ending, CallNote note) {
    private static final int MOST_STEPS = 50;

    public CallFlow {
        steps = List.copyOf(steps);
        Limits.within("number of steps", steps.size(), 0, MOST_STEPS);
        Objects.requireNonNull(ending, "ending");
        Objects.requireNonNull(note, "note");
    }

    /** Begins a flow. It is complete once an ending is added. */
    public static Draft start() {
        return new Draft();
    }

    /** The same flow with a note for the CDR. */
    public CallFlow noting(CallNote value) {
        return new CallFlow(steps, ending, note.then(value));
    }

    /** A flow that has no ending yet. Not thread-safe; a new one for every flow. */
    public static final class Draft {
        private final List<Step> steps = new ArrayList<>();

        private Draft() {}

        /** Adds any step. */
        public Draft step(Step step) {
            steps.add(Objects.requireNonNull(step, "step"));
            return this;
        }

        /** Speaks a text. */
        public Draft say(String text, Locale language) {
            return step(new Say(text, language));
        }

        /** Plays a recording. */
        public Draft play(URI media) {
            return step(new Play(media));
        }

        /** Waits in silence. */
        public Draft pause(Duration length) {
            return step(new Pause(length));
        }

        /** Sends DTMF. */
        public Draft sendDigits(String digits) {
            return step(new SendDigits(digits));
        }

        /** Records from here on. */
        public Draft startRecording() {
            return step(new StartRecording());
        }

        /** Stops recording. */
        public Draft stopRecording() {
            return step(new StopRecording());
        }

        /** Ends with any ending. */
        public CallFlow end(Ending ending) {
            return new CallFlow(steps, ending, CallNote.NONE);
        }

        /** Ends with asking for input. */
        public CallFlow gather(Gather gather) {
            return end(gather);
        }

        /** Ends with ringing somebody. */
        public CallFlow dial(Dial dial) {
            return end(dial);
        }

        /** Ends with taking a message. */
        public CallFlow voicemail(Voicemail voicemail) {
            return end(voicemail);
        }

        /** Ends with asking the application again. */
        public CallFlow redirect(Continuation then) {
            return end(new Redirect(then));
        }

        /** Ends with refusing the call. */
        public CallFlow reject(Reject.Reason reason) {
            return end(new Reject(reason));
        }

        /** Ends with hanging up. */
        public CallFlow hangUp() {
            return end(new HangUp(HangupCause.NORMAL_CLEARING));
        }
    }
}
