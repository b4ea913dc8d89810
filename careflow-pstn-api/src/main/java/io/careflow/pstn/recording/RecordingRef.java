package io.careflow.pstn.recording;

import io.careflow.pstn.ProviderId;
import java.util.Objects;

/**
 * Points at one recording of one provider.
 *
 * @param provider whose recording it is
 * @param id the provider's own id of it
 */
public record RecordingRef(ProviderId provider, String id) {
    public RecordingRef {
        Objects.requireNonNull(provider, "provider");
        if (id.isBlank()) {
            throw new IllegalArgumentException("recording id is blank; expected the provider's id of the recording");
        }
    }

    @Override
    public String toString() {
        return provider + "/" + id;
    }
}
