package io.careflow.pstn.event;

import io.careflow.pstn.call.CallRef;
import java.time.Instant;

/**
 * A recording that was asked for does not exist.
 *
 * @param raw the provider's word for why
 */
public record RecordingFailed(String id, Instant occurredAt, CallRef call, String raw) implements CallEvent {}
