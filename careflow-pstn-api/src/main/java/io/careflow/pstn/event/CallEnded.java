package io.careflow.pstn.event;

import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.call.ReleasedBy;
import java.time.Instant;

/**
 * The call is over. Always the last event of a call, though it may arrive before others.
 *
 * @param cause why
 * @param releasedBy who ended it
 * @param exact false if the end was not seen but concluded afterwards; then {@link #occurredAt} is the last sign of life
 */
public record CallEnded(
        String id, Instant occurredAt, CallRef call, HangupCause cause, ReleasedBy releasedBy, boolean exact)
        implements CallEvent {}
