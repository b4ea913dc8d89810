package io.careflow.pstn.recording;

import io.careflow.pstn.call.CallRef;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A recording as its provider sees it at one moment.
 *
 * @param ref which recording
 * @param call the call it belongs to, or null if it is of a conference
 * @param status whether it can be fetched
 * @param rawStatus the provider's word for it
 * @param startedAt when it began, or null if the provider does not say
 * @param length how long it is, in milliseconds; null until it is known
 * @param channels 1 or 2, where 2 keeps both sides apart; 0 if the provider does not say
 */
public record Recording(
        RecordingRef ref,
        @Nullable CallRef call,
        Status status,
        String rawStatus,
        @Nullable Instant startedAt,
        @Nullable Duration length,
        int channels) {
    public Recording {
        Objects.requireNonNull(ref, "ref");
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(rawStatus, "rawStatus");
        if (length != null && length.isNegative()) {
            throw new IllegalArgumentException("length is " + length + "; allowed are PT0S and more, or null");
        }
        if (channels < 0 || channels > 2) {
            throw new IllegalArgumentException("channels are " + channels + "; allowed are 1 and 2, or 0 if unknown");
        }
    }

    /** Whether a recording can be fetched. */
    public enum Status {
        /** It goes on, or rests. */
        RUNNING,
        /** It is over and not ready yet. */
        PROCESSING,
        /** It can be fetched. */
        READY,
        /** There is none: nothing was said, it failed, or it was deleted. */
        ABSENT,
        /** The provider says something we do not know; see the raw status. */
        OTHER
    }
}
