package io.careflow.pstn;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How a provider is doing, as far as the last requests tell. Known without I/O. Thread-safe. */
public interface ProviderHealth extends Capability {

    /** The state now. */
    State state();

    /**
     * The state of one provider at one moment.
     *
     * @param availability whether requests are sent
     * @param reason for people: why not; holds no secrets
     * @param since since when it is so
     * @param freeRequests how many more requests may run at this moment, or null if that is not limited
     */
    record State(
            Availability availability,
            String reason,
            Instant since,
            @Nullable Integer freeRequests) {
        public State {
            Objects.requireNonNull(availability, "availability");
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(since, "since");
            if (freeRequests != null && freeRequests < 0) {
                throw new IllegalArgumentException(
                        "free requests are " + freeRequests + "; allowed are 0 and more, or null");
            }
        }
    }

    /** Whether requests are sent to a provider. */
    enum Availability {
        /** They are. */
        AVAILABLE,
        /** It failed too often; a few requests are let through to see whether it is back. */
        PROBING,
        /** It failed too often; requests are refused at once, with effect NONE. */
        UNAVAILABLE
    }
}
