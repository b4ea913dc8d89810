package io.careflow.pstn.directory;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.TenantId;
import java.util.Optional;

/**
 * Looks people and numbers up. Thread-safe; may block. A failure of the store behind it is thrown as an unchecked exception
 * of the implementation, never answered with "not found".
 */
public interface Directory {

    /** The active number, or empty if it is not one of ours. */
    Optional<Did> did(PhoneNumber number);

    /** The user of this id within a tenant. */
    Optional<User> user(TenantId tenant, CareFlowId id);
}
