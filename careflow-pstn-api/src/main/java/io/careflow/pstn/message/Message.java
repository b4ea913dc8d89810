package io.careflow.pstn.message;

import io.careflow.pstn.money.Money;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A message as its provider sees it at one moment.
 *
 * @param ref which message
 * @param from who sent it: a number or a name
 * @param to who gets it
 * @param status what became of it
 * @param rawStatus the provider's word for it
 * @param segments parts that are billed, or null if the provider does not know yet
 * @param price what it costs in all, or null if the provider has not rated it yet
 * @param errorCode the provider's code of the failure, or null
 * @param sentAt when it left, or null
 */
public record Message(
        MessageRef ref,
        String from,
        String to,
        Status status,
        String rawStatus,
        @Nullable Integer segments,
        @Nullable Money price,
        @Nullable String errorCode,
        @Nullable Instant sentAt) {
    public Message {
        Objects.requireNonNull(ref, "ref");
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(rawStatus, "rawStatus");
        if (segments != null && segments < 0) {
            throw new IllegalArgumentException("segments are " + segments + "; allowed are 0 and more, or null");
        }
    }

    /** What became of a message. */
    public enum Status {
        /** Taken by the provider. */
        QUEUED,
        /** Handed to the network; some networks never tell more. */
        SENT,
        /** The recipient's phone has it. */
        DELIVERED,
        /** The network could not deliver it. */
        UNDELIVERED,
        /** It never left the provider. */
        FAILED,
        /** It came to us. */
        RECEIVED,
        /** The provider says something we do not know; see the raw status. */
        OTHER
    }
}
