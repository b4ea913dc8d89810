package io.careflow.pstn.tck;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.Party;
import io.careflow.pstn.event.InboundCall;
import io.careflow.pstn.event.MessageReceived;
import io.careflow.pstn.event.MessageStatusChanged;
import io.careflow.pstn.event.PstnEvent;
import io.careflow.pstn.event.Unrecognized;
import io.careflow.pstn.message.Message;
import io.careflow.pstn.message.MessageRef;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** How the in-memory carrier writes an event down: an HTML form in UTF-8 with {@code type}, {@code id}, {@code at} and more. */
final class WebhookForm {
    private static final String INBOUND = "call.inbound";
    private static final String RECEIVED = "message.received";
    private static final String STATUS = "message.status";

    private WebhookForm() {}

    /** Writes an event, or says which events can be written. */
    static String write(PstnEvent event) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("id", event.id());
        fields.put("at", event.occurredAt().toString());
        if (event instanceof InboundCall call) {
            fields.put("type", INBOUND);
            fields.put("call", call.call().id());
            fields.put("from", call.from().address());
            fields.put("to", call.to().address());
        } else if (event instanceof MessageReceived message) {
            fields.put("type", RECEIVED);
            fields.put("message", message.message().id());
            fields.put("from", message.from());
            fields.put("to", message.to());
            fields.put("text", message.text());
        } else if (event instanceof MessageStatusChanged changed) {
            fields.put("type", STATUS);
            fields.put("message", changed.message().id());
            fields.put("status", changed.rawStatus());
            fields.put("error", Objects.requireNonNullElse(changed.errorCode(), ""));
        } else if (event instanceof Unrecognized strange) {
            fields.put("type", strange.type());
        } else {
            throw new IllegalArgumentException(
                    "the in-memory carrier tells no " + event.getClass().getSimpleName()
                            + " by webhook; it tells InboundCall, MessageReceived, MessageStatusChanged and Unrecognized");
        }
        return fields.entrySet().stream()
                .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    /**
     * Reads an event.
     *
     * @throws RuntimeException if the text is no such form
     */
    static PstnEvent read(ProviderId provider, String body) {
        Map<String, String> fields = Arrays.stream(body.split("&", -1))
                .map(field -> field.split("=", 2))
                .collect(Collectors.toMap(field -> decode(field[0]), field -> decode(field[1])));
        String id = need(fields, "id");
        Instant at = Instant.parse(need(fields, "at"));
        String type = need(fields, "type");
        return switch (type) {
            case INBOUND ->
                new InboundCall(
                        id,
                        at,
                        new CallRef(provider, need(fields, "call")),
                        Party.of(need(fields, "from")),
                        Party.of(need(fields, "to")));
            case RECEIVED ->
                new MessageReceived(
                        id,
                        at,
                        new MessageRef(provider, need(fields, "message")),
                        need(fields, "from"),
                        need(fields, "to"),
                        need(fields, "text"),
                        List.of());
            case STATUS ->
                new MessageStatusChanged(
                        id,
                        at,
                        new MessageRef(provider, need(fields, "message")),
                        status(need(fields, "status")),
                        need(fields, "status"),
                        need(fields, "error").isEmpty() ? null : fields.get("error"));
            default -> new Unrecognized(id, at, type, body);
        };
    }

    private static Message.Status status(String raw) {
        return Arrays.stream(Message.Status.values())
                .filter(status -> status.name().equalsIgnoreCase(raw))
                .findFirst()
                .orElse(Message.Status.OTHER);
    }

    private static String need(Map<String, String> fields, String name) {
        String value = fields.get(name);
        if (value == null) {
            throw new IllegalArgumentException("field '" + name + "' is missing");
        }
        return value;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
