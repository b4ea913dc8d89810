package io.careflow.pstn.event;

import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.flow.Continuation;
import io.careflow.pstn.flow.GatheredInput;
import java.time.Instant;

/** A gather is over. */
public record InputGathered(String id, Instant occurredAt, CallRef call, Continuation continuation, GatheredInput input)
        implements FlowEvent {}
