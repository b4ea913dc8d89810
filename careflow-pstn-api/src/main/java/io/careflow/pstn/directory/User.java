package io.careflow.pstn.directory;

import io.careflow.pstn.TenantId;
import io.careflow.pstn.call.Destination;
import java.util.List;
import java.util.Objects;

/**
 * A person who can be called.
 *
 * @param id the application's own key
 * @param tenant whose user it is
 * @param careFlowId the id that callers type
 * @param name for people
 * @param endpoints where the user can be reached; all ring at once; may be empty
 * @param voicemail whether callers may leave a message
 */
public record User(
        String id,
        TenantId tenant,
        CareFlowId careFlowId,
        String name,
        List<Destination> endpoints,
        boolean voicemail) {
    public User {
        if (id.isBlank()) {
            throw new IllegalArgumentException("user id is blank");
        }
        Objects.requireNonNull(tenant, "tenant");
        Objects.requireNonNull(careFlowId, "careFlowId");
        Objects.requireNonNull(name, "name");
        endpoints = List.copyOf(endpoints);
    }
}
