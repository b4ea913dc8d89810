package io.careflow.pstn.flow.machine;

import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.flow.Conference;
import io.careflow.pstn.flow.Continuation;
import io.careflow.pstn.flow.Dial;
import io.careflow.pstn.flow.Ending;
import io.careflow.pstn.flow.Enqueue;
import io.careflow.pstn.flow.Gather;
import io.careflow.pstn.flow.HangUp;
import io.careflow.pstn.flow.Redirect;
import io.careflow.pstn.flow.Reject;
import io.careflow.pstn.flow.Voicemail;
import org.jspecify.annotations.Nullable;

/**
 * Where a call stands in its flow. Immutable.
 *
 * @param phase what the machine waits for
 * @param number the number of the latest command
 * @param answered whether the call is answered
 * @param flow the flow it runs, or null before the first
 * @param step the index of the step it is at; the number of steps when it is at the ending
 */
public record Position(
        Phase phase, int number, boolean answered, @Nullable CallFlow flow, int step) {

    /** A call for which no flow is known. */
    public static Position initial(boolean answered) {
        return new Position(Phase.ASKED, 0, answered, null, 0);
    }

    Position in(Phase next) {
        return new Position(next, number, answered, flow, step);
    }

    Position numbered() {
        return new Position(phase, number + 1, answered, flow, step);
    }

    Position atStep(int next) {
        return new Position(phase, number, answered, flow, next);
    }

    Position nowAnswered() {
        return new Position(phase, number, true, flow, step);
    }

    Position running(CallFlow next) {
        return new Position(phase, number, answered, next, 0);
    }

    /** Where the application goes on after this ending; null if the ending ends the call. */
    static @Nullable Continuation continuation(Ending ending) {
        if (ending instanceof Gather gather) {
            return gather.then();
        } else if (ending instanceof Dial dial) {
            return dial.then();
        } else if (ending instanceof Voicemail voicemail) {
            return voicemail.then();
        } else if (ending instanceof Conference conference) {
            return conference.then();
        } else if (ending instanceof Enqueue enqueue) {
            return enqueue.then();
        } else if (ending instanceof Redirect redirect) {
            return redirect.then();
        } else if (ending instanceof HangUp || ending instanceof Reject) {
            return null;
        }
        throw new AssertionError(ending);
    }

    /** What a machine waits for. */
    public enum Phase {
        /** The application's next flow. */
        ASKED,
        /** The call to be answered. */
        ANSWERING,
        /** A step to be over. */
        STEP,
        /** The ending's result. */
        ENDING,
        /** The end of the call, which was asked for. */
        FINISHING,
        /** Nothing; the call is over. */
        OVER
    }
}
