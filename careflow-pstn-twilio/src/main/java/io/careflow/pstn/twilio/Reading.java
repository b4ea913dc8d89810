package io.careflow.pstn.twilio;

import io.careflow.pstn.event.FlowEvent;
import io.careflow.pstn.event.PstnEvent;
import io.careflow.pstn.flow.Continuation;
import io.careflow.pstn.flow.Ending;
import java.util.List;

/**
 * What a webhook means.
 *
 * @param events what it tells, in order
 * @param next what Twilio wants to know
 */
record Reading(List<PstnEvent> events, Next next) {
    Reading {
        events = List.copyOf(events);
    }

    static Reading of(Next next, PstnEvent... events) {
        return new Reading(List.of(events), next);
    }

    /** What Twilio wants to know. */
    sealed interface Next {
        /** Nothing. */
        record Taken() implements Next {}

        /** TwiML, but there is nothing to do. */
        record Nothing() implements Next {}

        /** The application's next flow. */
        record Ask(FlowEvent event, CallContext call) implements Next {}

        /** The rest of a gather. */
        record Again(GatherMemo gather, CallContext call, Continuation then) implements Next {}

        /** The end of the call, which the application asked for. */
        record End(Ending ending, CallContext call) implements Next {}
    }
}
