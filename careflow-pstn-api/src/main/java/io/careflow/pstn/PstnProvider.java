package io.careflow.pstn;

import io.careflow.pstn.error.UnsupportedCapability;
import java.util.Optional;

/**
 * SPI root: one configured account at a carrier, or one PBX. Implementations are thread-safe. New methods are only ever
 * added as defaults.
 */
public interface PstnProvider extends AutoCloseable {

    /** The id under which the application knows this provider. */
    ProviderId id();

    /**
     * Looks a capability up, without I/O.
     *
     * @param capability the capability's interface
     * @return the capability, or empty if this provider does not have it
     */
    <T extends Capability> Optional<T> find(Class<T> capability);

    /**
     * Like {@link #find}, for callers that cannot go on without it.
     *
     * @throws UnsupportedCapability naming provider and capability; nothing was done
     */
    default <T extends Capability> T require(Class<T> capability) {
        return find(capability).orElseThrow(() -> new UnsupportedCapability(id(), capability));
    }

    /** Releases connections and threads. Idempotent; never throws. Calls in progress go on where the carrier lets them. */
    @Override
    void close();
}
