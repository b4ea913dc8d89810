package io.careflow.pstn.event;

import io.careflow.pstn.call.CallRef;
import java.time.Instant;

/** The call itself was answered (by our script, or by the person we placed it to): from here on the carrier bills. */
public record CallAnswered(String id, Instant occurredAt, CallRef call) implements CallEvent {}
