package io.careflow.pstn.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.careflow.pstn.error.ProtocolError;
import io.careflow.pstn.error.PstnException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import okhttp3.Headers;

/** A whole answer: a success, or an error status that the call declared to be an answer. Thread-safe. */
public final class HttpReply {
    private final EffectRule rule;
    private final String operation;
    private final int status;
    private final Headers headers;
    private final byte[] body;
    private final Json json;

    HttpReply(EffectRule rule, String operation, int status, Headers headers, byte[] body, Json json) {
        this.rule = rule;
        this.operation = operation;
        this.status = status;
        this.headers = headers;
        this.body = body;
        this.json = json;
    }

    /** The operation's name, as the call had it. */
    public String operation() {
        return operation;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** Whether the status is 2xx. */
    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /** The last header of this name, whatever its case. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** The body as UTF-8. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** The body as it came. The array is not copied. */
    public byte[] bytes() {
        return body;
    }

    /**
     * The body as JSON; the missing node if it is empty.
     *
     * @throws ProtocolError if it is something else; whether the operation took place is then unknown
     */
    public JsonNode json() {
        try {
            return json.read(body);
        } catch (MalformedJson e) {
            throw rule.bodyLost(operation, status, String.valueOf(e.getMessage()), null);
        }
    }

    /** The failure that this answer would have been, had the call not declared its status an answer. */
    public PstnException asFailure() {
        return rule.refused(operation, status, Refusal.byStatus(), null, null);
    }

    /**
     * The body's JSON object, to be read field by field.
     *
     * @throws ProtocolError if the body is no JSON object
     */
    public Fields fields() {
        JsonNode node = json();
        if (!node.isObject()) {
            throw rule.bodyLost(operation, status, "the answer is no JSON object", null);
        }
        return new Fields(rule, operation, "", node);
    }

    /** Operation, status and size only. */
    @Override
    public String toString() {
        return "HttpReply[" + operation + ", " + status + ", " + body.length + " bytes]";
    }
}
