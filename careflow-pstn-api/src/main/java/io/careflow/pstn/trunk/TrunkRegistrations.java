package io.careflow.pstn.trunk;

import io.careflow.pstn.Capability;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Who is registered at a trunk now, as its registrar tells. Thread-safe. */
public interface TrunkRegistrations extends Capability {

    /**
     * The registrations that hold. A trunk that proves itself by its address registers nowhere, and has none.
     *
     * @return empty if nobody is registered
     * @throws io.careflow.pstn.error.NotFound if the trunk does not exist
     */
    List<Registration> registrations(TrunkRef trunk);

    /**
     * One registration (RFC 3261 section 10).
     *
     * @param server the carrier's server that took it
     * @param address the IP address that it came from, which is where calls go
     * @param port 0 if it is not told
     * @param transport how SIP travels; null if it is not told or none that we know
     * @param rawTransport the carrier's word for it
     * @param nextDue when the next REGISTER is due; null if it is not told
     */
    record Registration(
            String server,
            String address,
            int port,
            @Nullable SipTransport transport,
            String rawTransport,
            @Nullable Instant nextDue) {
        public Registration {
            Objects.requireNonNull(server, "server");
            Objects.requireNonNull(address, "address");
            if (port < 0 || port > 65_535) {
                throw new IllegalArgumentException("port of a registration is " + port + "; allowed are 0 to 65535");
            }
            Objects.requireNonNull(rawTransport, "rawTransport");
        }
    }
}
