package io.careflow.pstn.event;

import io.careflow.pstn.call.CallRef;
import java.time.Instant;

/**
 * The call began to ring somebody.
 *
 * @param leg the provider's id of that leg, unique within the call
 * @param destination whom, as text
 */
public record LegDialled(String id, Instant occurredAt, CallRef call, String leg, String destination)
        implements CallEvent {}
