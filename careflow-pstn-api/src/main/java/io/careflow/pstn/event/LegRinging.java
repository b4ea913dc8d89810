package io.careflow.pstn.event;

import io.careflow.pstn.call.CallRef;
import java.time.Instant;

/** A dialled leg rings (SIP 180) or sends early media (183). */
public record LegRinging(String id, Instant occurredAt, CallRef call, String leg) implements CallEvent {}
