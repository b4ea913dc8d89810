package io.careflow.pstn.flow.machine;

import io.careflow.pstn.flow.CallFlow;
import org.jspecify.annotations.Nullable;

/** What the machine is told. */
public sealed interface FlowSignal {

    /**
     * The application's next flow: the answer to {@link FlowCommand.Ask}, the first one, or a redirection at any time.
     *
     * @param number of the question that it answers, and it is ignored once something else happened to the call; null for a
     *     redirection, which is followed whatever the call does
     */
    record NextFlow(CallFlow flow, @Nullable Integer number) implements FlowSignal {
        /** A redirection, or the first flow. */
        public NextFlow(CallFlow flow) {
            this(flow, null);
        }
    }

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
