package io.careflow.pstn.number;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.UserInfo;
import java.net.URI;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A number that the account owns, as the carrier tells.
 *
 * @param number the number
 * @param id the carrier's own id of it
 * @param label what people call it; may be empty
 * @param status whether it works
 * @param rawStatus the carrier's word for its status
 * @param features what it can do
 * @param voiceUrl who is asked when a call comes in, or null
 * @param messageUrl who is told of text messages, or null
 * @param trunkId the carrier's id of the trunk that takes its calls, or null
 */
public record NumberAtCarrier(
        PhoneNumber number,
        String id,
        String label,
        Status status,
        String rawStatus,
        Set<NumberFeature> features,
        @Nullable URI voiceUrl,
        @Nullable URI messageUrl,
        @Nullable String trunkId) {
    public NumberAtCarrier {
        Objects.requireNonNull(number, "number");
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(label, "label");
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(rawStatus, "rawStatus");
        features = Set.copyOf(features);
    }

    /** Users and passwords in URLs are not shown. */
    @Override
    public String toString() {
        return UserInfo.hiddenIn("NumberAtCarrier[number=" + number + ", id=" + id + ", label=" + label + ", status="
                + status + ", rawStatus=" + rawStatus + ", features=" + features + ", voiceUrl=" + voiceUrl
                + ", messageUrl=" + messageUrl + ", trunkId=" + trunkId + "]");
    }

    /** Whether a number works. */
    public enum Status {
        /** It does. */
        ACTIVE,
        /** It was ordered and is not there yet. */
        PENDING,
        /** The carrier says something else; see the raw status. */
        OTHER
    }
}
