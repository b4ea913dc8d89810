package io.careflow.pstn.event;

import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.flow.Continuation;
import java.time.Instant;

/** A voicemail message was taken and the caller is still there. */
public record MessageTaken(String id, Instant occurredAt, CallRef call, Continuation continuation)
        implements FlowEvent {}
