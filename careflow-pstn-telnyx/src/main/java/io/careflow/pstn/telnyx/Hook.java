package io.careflow.pstn.telnyx;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.http.Fields;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * One trusted webhook of version 2, taken out of its envelope. Immutable.
 *
 * @param type such as {@code call.hangup}
 * @param id the same for every delivery of one event
 * @param occurredAt by Telnyx's clock, in milliseconds
 * @param payload what the event says
 * @param attempt which delivery this is, from 1
 * @param raw the body as it arrived
 */
record Hook(String type, String id, Instant occurredAt, Fields payload, int attempt, String raw) {

    /** Handle of the leg; some events of recordings and conferences have none. */
    Optional<String> callControlId() {
        return payload.text("call_control_id");
    }

    /** UUID of the leg. */
    Optional<String> legId() {
        return payload.text("call_leg_id");
    }

    /** UUID that legs of one conversation share. */
    Optional<String> sessionId() {
        return payload.text("call_session_id");
    }

    /** What we gave the leg, decoded; empty where there is none or it is none of ours to read. */
    Optional<String> clientState() {
        return payload.text("client_state").flatMap(Hook::decoded);
    }

    /** The same without what {@link #clientState} says. */
    Hook withoutClientState(ProviderId provider) {
        ObjectNode rest = payload.node().deepCopy();
        return new Hook(type, id, occurredAt, Fields.of(provider, type, rest.without("client_state")), attempt, raw);
    }

    private static Optional<String> decoded(String base64) {
        try {
            return Optional.of(new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Neither numbers nor texts. */
    @Override
    public String toString() {
        return "Hook[" + type + " " + id + " of " + occurredAt + ", attempt " + attempt + "]";
    }
}
