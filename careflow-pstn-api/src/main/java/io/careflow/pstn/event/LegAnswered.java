package io.careflow.pstn.event;

import io.careflow.pstn.call.CallRef;
import java.time.Instant;

/** A dialled leg answered; they talk from here on. */
public record LegAnswered(String id, Instant occurredAt, CallRef call, String leg) implements CallEvent {}
