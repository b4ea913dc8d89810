package io.careflow.pstn.flow.machine;

import io.careflow.pstn.flow.Continuation;
import io.careflow.pstn.flow.Ending;
import io.careflow.pstn.flow.Step;

/**
 * One thing the machine wants done with the call. Every command has a number; the signal that answers it repeats the
 * number, so that answers which come late or twice are recognised.
 */
public sealed interface FlowCommand {

    /** The command's number, growing within one call. */
    int number();

    /** Answer the call. Reply with {@link FlowSignal.Done} or {@link FlowSignal.Failed}. */
    record Answer(int number) implements FlowCommand {}

    /** Do a step. Reply with {@link FlowSignal.Done} or {@link FlowSignal.Failed} when it is over. */
    record Perform(int number, Step step) implements FlowCommand {}

    /**
     * Do an ending that has a result: gather, dial, voicemail, conference, queue. Reply with {@link FlowSignal.Completed} or
     * {@link FlowSignal.Failed}.
     */
    record Begin(int number, Ending ending) implements FlowCommand {}

    /** End the call: hang up or reject. No reply but, in time, {@link FlowSignal.Gone}. */
    record Finish(int number, Ending ending) implements FlowCommand {}

    /** Ask the application for the next flow. Reply with {@link FlowSignal.NextFlow} of this number. */
    record Ask(int number, Continuation continuation, FlowResult result) implements FlowCommand {}

    /** Stop whatever the command of this number started; its own reply will be ignored. No reply. */
    record Stop(int number) implements FlowCommand {}
}
