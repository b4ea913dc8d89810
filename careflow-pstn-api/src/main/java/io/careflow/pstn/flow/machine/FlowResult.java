package io.careflow.pstn.flow.machine;

import io.careflow.pstn.call.Disposition;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.flow.GatheredInput;

/** What came out of an ending that hands back to the application. */
public sealed interface FlowResult {

    /** Of a gather. */
    record Input(GatheredInput input) implements FlowResult {}

    /**
     * Of a dial that is over while the caller is still there.
     *
     * @param disposition how it ended
     * @param cause why, of the decisive leg
     */
    record Dialled(Disposition disposition, HangupCause cause) implements FlowResult {}

    /** Of an ending that has nothing to tell but that it is over: redirect, voicemail, conference, queue. */
    record Over() implements FlowResult {}
}
