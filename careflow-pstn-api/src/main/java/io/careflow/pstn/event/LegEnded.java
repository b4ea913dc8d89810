package io.careflow.pstn.event;

import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.HangupCause;
import java.time.Instant;

/** A dialled leg is over, answered or not. */
public record LegEnded(String id, Instant occurredAt, CallRef call, String leg, HangupCause cause)
        implements CallEvent {}
