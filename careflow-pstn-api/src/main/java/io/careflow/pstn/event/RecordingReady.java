package io.careflow.pstn.event;

import io.careflow.pstn.call.CallRef;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;

/**
 * A recording is complete and can be fetched.
 *
 * @param kind what was recorded
 * @param location where the provider keeps it; may need the provider's credentials
 * @param length how long it is, in milliseconds
 */
public record RecordingReady(String id, Instant occurredAt, CallRef call, Kind kind, URI location, Duration length)
        implements CallEvent {

    /** What was recorded. */
    public enum Kind {
        /** The conversation. */
        CALL,
        /** A message for an absent user. */
        VOICEMAIL
    }
}
