package io.careflow.pstn.telnyx;

import com.fasterxml.jackson.databind.JsonNode;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.error.ProtocolError;
import io.careflow.pstn.http.Fields;
import io.careflow.pstn.http.Json;
import io.careflow.pstn.http.MalformedJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

/** Takes a webhook out of its envelope. Thread-safe. */
final class HookReader {
    private static final String OPERATION = "webhook";

    private final ProviderId provider;
    private final Json json = new Json();

    HookReader(ProviderId provider) {
        this.provider = provider;
    }

    /**
     * The webhook.
     *
     * @param body trusted already
     * @param arrived stands in where it does not say when it happened
     * @throws Unreadable if it is none of version 2
     */
    Hook read(byte[] body, Instant arrived) throws Unreadable {
        JsonNode tree;
        try {
            tree = json.read(body);
        } catch (MalformedJson e) {
            throw new Unreadable("the body is " + e.getMessage());
        }
        if (!tree.isObject()) {
            throw new Unreadable(
                    body.length == 0
                            ? "there is no body; is the webhook sent with POST?"
                            : "the body is not a JSON object");
        }
        try {
            return hook(Fields.of(provider, OPERATION, tree), new String(body, StandardCharsets.UTF_8), arrived);
        } catch (ProtocolError e) {
            throw new Unreadable("a field of its envelope is missing or cannot be read");
        }
    }

    private Hook hook(Fields envelope, String raw, Instant arrived) throws Unreadable {
        Optional<Fields> data = envelope.object("data");
        if (data.isEmpty()) {
            refuseOthers(envelope);
        }
        Fields event = data.orElse(envelope);
        Fields payload = event.object("payload").orElseGet(() -> Fields.of(provider, OPERATION, json.object()));
        String type = event.requireText("event_type");
        Instant at = event.instant("occurred_at")
                .or(() -> payload.instant("occurred_at"))
                .orElse(arrived);
        int attempt = envelope.object("meta")
                .map(meta -> meta.integer("attempt").orElse(1))
                .orElse(1);
        String id = event.text("id").orElseGet(() -> madeUp(type, payload));
        return new Hook(type, id, at.truncatedTo(ChronoUnit.MILLIS), payload, attempt, raw);
    }

    /** Without {@code data} only a few events of version 2 come, such as {@code conference.floor.changed}. */
    private static void refuseOthers(Fields envelope) throws Unreadable {
        if (envelope.has("webhook_id") || envelope.has("created_at")) {
            throw new Unreadable("it is of version 1; set webhook_api_version to \"2\" where it comes from:"
                    + " connection, call-control application or messaging profile");
        } else if (!envelope.has("event_type")) {
            throw new Unreadable("it is no event: there is neither data nor event_type");
        }
    }

    /** The same for every delivery, which {@code meta} alone tells apart. */
    private String madeUp(String type, Fields payload) {
        byte[] said = (type + json.tree(payload.node())).getBytes(StandardCharsets.UTF_8);
        return UUID.nameUUIDFromBytes(said).toString();
    }

    /** A trusted body that is no event of version 2. Quotes nothing of it. */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        Unreadable(String explanation) {
            super(explanation);
        }

        /** For the log. */
        String explanation() {
            return String.valueOf(getMessage());
        }
    }
}
