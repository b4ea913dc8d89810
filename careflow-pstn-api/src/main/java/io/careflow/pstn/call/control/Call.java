package io.careflow.pstn.call.control;

import io.careflow.pstn.call.CallRef;
import java.util.Objects;

/**
 * A call as its provider sees it at one moment.
 *
 * @param ref which call
 * @param status what it is doing, in our words
 * @param rawStatus the provider's own word, kept because providers invent new ones
 */
public record Call(CallRef ref, Status status, String rawStatus) {
    public Call {
        Objects.requireNonNull(ref, "ref");
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(rawStatus, "rawStatus");
    }

    /** What a call is doing. */
    public enum Status {
        /** Taken by the provider, not ringing yet. */
        QUEUED,
        /** Ringing. */
        RINGING,
        /** Answered. */
        ANSWERED,
        /** Over. */
        ENDED,
        /** The provider says something we do not know; see the raw status. */
        OTHER
    }
}
