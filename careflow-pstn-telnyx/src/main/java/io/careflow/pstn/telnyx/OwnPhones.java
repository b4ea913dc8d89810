package io.careflow.pstn.telnyx;

import io.careflow.pstn.call.SipAddress;
import io.careflow.pstn.http.Fields;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whose phone it is that dials, by the connection whose credentials Telnyx checked; everything in doubt is a stranger's. Thread-safe if
 * its function is.
 *
 * <p>A connection with {@code call_parking_enabled} parks what its phones dial: they hear ringback, and {@code call.initiated} says
 * {@code outgoing}, {@code parked} and the {@code connection_id} (Telnyx's specification, {@code CredentialOutbound} and {@code
 * CallInitiated}; <a href="https://developers.telnyx.com/docs/voice/webrtc/use-cases/outbound-dialer">outbound dialer</a>). What a
 * phone may choose itself, its number, headers and client state, proves nothing.
 */
final class OwnPhones {
    private static final Logger LOG = LoggerFactory.getLogger(OwnPhones.class);

    private final @Nullable String placing;
    private final @Nullable Function<String, Optional<SipAddress>> connections;

    /**
     * What the application says.
     *
     * @param placing the call-control application that places calls, which is nobody's phone; null if there is none
     * @param connections by id; null if parked calls are no matter of ours
     */
    OwnPhones(@Nullable String placing, @Nullable Function<String, Optional<SipAddress>> connections) {
        this.placing = placing;
        this.connections = connections;
    }

    /** Parked calls are no matter of ours. */
    static OwnPhones none() {
        return new OwnPhones(null, null);
    }

    /** Whether a phone dials with this {@code call.initiated}, of a user of ours or not. */
    boolean isDialling(Fields payload) {
        return connections != null
                && payload.text("direction").orElse("").equals("outgoing")
                && payload.text("state").orElse("").equals("parked")
                && connection(payload).isPresent();
    }

    /** Whose phone {@link #isDialling}; empty if it is nobody's. */
    Optional<SipAddress> user(Fields payload) {
        return connection(payload).flatMap(this::known);
    }

    /** Whether Telnyx itself connects a call to a phone of ours: nobody has to answer it. */
    boolean isCalled(Fields payload) {
        return payload.text("direction").orElse("").equals("incoming")
                && payload.text("state").orElse("").equals("bridging")
                && user(payload).isPresent();
    }

    private Optional<String> connection(Fields payload) {
        return payload.text("connection_id").filter(id -> !id.isEmpty() && !id.equals(placing));
    }

    private Optional<SipAddress> known(String connection) {
        try {
            return connections == null ? Optional.empty() : connections.apply(connection);
        } catch (RuntimeException e) {
            LOG.warn("nobody can tell whose phone dials, so that it is a stranger's", e);
            return Optional.empty();
        }
    }
}
