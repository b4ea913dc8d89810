package io.careflow.pstn.event;

import io.careflow.pstn.flow.CallFlow;

/**
 * How an application answers: the next flow for an event. Called from many threads, for one call one after another. It may
 * block (a database look-up); other calls go on meanwhile. After a restart the same event may be handed in again, so it
 * must be repeatable. If it throws, the caller hears an apology and the call ends.
 */
@FunctionalInterface
public interface FlowHandler {

    /** The flow that the call runs next. Never null. */
    CallFlow next(FlowEvent event);
}
