package io.careflow.pstn.trunk;

import io.careflow.pstn.ProviderId;
import java.util.Objects;

/**
 * Points at one trunk of one provider.
 *
 * @param provider whose trunk it is
 * @param id the provider's own id of it
 */
public record TrunkRef(ProviderId provider, String id) {
    public TrunkRef {
        Objects.requireNonNull(provider, "provider");
        if (id.isBlank()) {
            throw new IllegalArgumentException("trunk id is blank; expected the provider's id of the trunk");
        }
    }

    @Override
    public String toString() {
        return provider + "/" + id;
    }
}
