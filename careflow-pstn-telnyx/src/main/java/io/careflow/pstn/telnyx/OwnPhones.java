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
    private final Function<String, Optional<SipAddress>> connections;

    /**
     * What the application says.
     *
     * @param placing the call-control application that places calls, which is nobody's phone; null if there is none
     * @param connections by id
     */
    OwnPhones(@Nullable String placing, Function<String, Optional<SipAddress>> connections) {
        this.placing = placing;
        this.connections = connections;
    }

    /** Nobody's phone is known. */
    static OwnPhones none() {
        return new OwnPhones(null, connection -> Optional.empty());
    }

    /** The user whose phone dials with this {@code call.initiated}; empty for whatever else begins. */
    Optional<SipAddress> dialling(Fields payload) {
        return payload.text("direction").orElse("").equals("outgoing") && isParked(payload)
                ? user(payload)
                : Optional.empty();
    }

    /** Whether Telnyx itself connects a call to a phone of ours: nobody has to answer it. */
    boolean isCalled(Fields payload) {
        return payload.text("direction").orElse("").equals("incoming")
                && payload.text("state").orElse("").equals("bridging")
                && user(payload).isPresent();
    }

    private static boolean isParked(Fields payload) {
        return payload.text("state").orElse("").equals("parked");
    }

    private Optional<SipAddress> user(Fields payload) {
        return payload.text("connection_id").filter(id -> !id.equals(placing)).flatMap(this::known);
    }

    private Optional<SipAddress> known(String connection) {
        try {
            return connections.apply(connection);
        } catch (RuntimeException e) {
            LOG.warn("nobody can tell whose phone dials, so that it is a stranger's", e);
            return Optional.empty();
        }
    }
}
