package io.careflow.pstn.call;

import io.careflow.pstn.ProviderId;
import java.util.Objects;

/**
 * Points at one call (one leg) of one provider.
 *
 * @param provider whose call it is
 * @param id the provider's own id of it
 */
public record CallRef(ProviderId provider, String id) {
    public CallRef {
        Objects.requireNonNull(provider, "provider");
        if (id.isBlank()) {
            throw new IllegalArgumentException("call id is blank; expected the provider's id of the call");
        }
    }

    @Override
    public String toString() {
        return provider + "/" + id;
    }
}
