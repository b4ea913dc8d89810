package io.careflow.pstn.event;

import io.careflow.pstn.call.CallRef;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * A {@link io.careflow.pstn.flow.Notice} was played to its end, inside the recording.
 *
 * @param wording the application's id of what was said
 * @param offset where in the recording it began, in milliseconds, pauses of the recording left out
 */
public record NoticePlayed(String id, Instant occurredAt, CallRef call, String wording, Duration offset)
        implements CallEvent {
    public NoticePlayed {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(occurredAt, "occurredAt");
        Objects.requireNonNull(call, "call");
        Objects.requireNonNull(wording, "wording");
        if (offset.isNegative()) {
            throw new IllegalArgumentException("offset is " + offset + "; allowed are PT0S and more");
        }
    }
}
