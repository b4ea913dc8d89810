package io.careflow.pstn.event;

import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.flow.Continuation;
import java.time.Instant;

/** A flow asked for another one. */
public record Redirected(String id, Instant occurredAt, CallRef call, Continuation continuation) implements FlowEvent {}
