package io.careflow.pstn.event;

import io.careflow.pstn.call.CallNote;
import io.careflow.pstn.call.CallRef;
import java.time.Instant;

/** The application found something out about the call that its CDR shall say. */
public record CallNoted(String id, Instant occurredAt, CallRef call, CallNote note) implements CallEvent {}
