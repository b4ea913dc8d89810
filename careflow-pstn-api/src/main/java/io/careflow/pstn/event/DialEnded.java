package io.careflow.pstn.event;

import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.Disposition;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.flow.Continuation;
import java.time.Instant;

/**
 * A dial is over and the caller is still there: nobody answered, or the callee hung up.
 *
 * @param result ANSWERED, BUSY, NO_ANSWER, REJECTED, NOT_REGISTERED or FAILED
 * @param cause the cause of the decisive leg
 */
public record DialEnded(
        String id, Instant occurredAt, CallRef call, Continuation continuation, Disposition result, HangupCause cause)
        implements FlowEvent {}
