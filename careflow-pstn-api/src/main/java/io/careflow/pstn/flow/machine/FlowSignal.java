package io.careflow.pstn.flow.machine;

import io.careflow.pstn.flow.CallFlow;

/** What the machine is told. */
public sealed interface FlowSignal {

    /** The application's next flow: the answer to {@link FlowCommand.Ask}, the first one, or a redirection at any time. */
    record NextFlow(CallFlow flow) implements FlowSignal {}

    /** The command is done. */
    record Done(int number) implements FlowSignal {}

    /**
     * The command could not be done.
     *
     * @param reason for people
     */
    record Failed(int number, String reason) implements FlowSignal {}

    /** The ending has its result. */
    record Completed(int number, FlowResult result) implements FlowSignal {}

    /** The call is over. */
    record Gone() implements FlowSignal {}
}
