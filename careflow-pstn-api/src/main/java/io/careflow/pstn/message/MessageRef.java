package io.careflow.pstn.message;

import io.careflow.pstn.ProviderId;
import java.util.Objects;

/**
 * Points at one message of one provider.
 *
 * @param provider whose message it is
 * @param id the provider's own id of it
 */
public record MessageRef(ProviderId provider, String id) {
    public MessageRef {
        Objects.requireNonNull(provider, "provider");
        if (id.isBlank()) {
            throw new IllegalArgumentException("message id is blank; expected the provider's id of the message");
        }
    }

    @Override
    public String toString() {
        return provider + "/" + id;
    }
}
