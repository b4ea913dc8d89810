package io.careflow.pstn.telnyx;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.Failure;
import io.careflow.pstn.error.ProviderUnavailable;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.http.Fields;
import io.careflow.pstn.http.HttpCall;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes to the resources that make up one number, one after the other; each is sent once, and only if there is something to
 * change. Where a later one fails, the failure says what was changed already. Used by one thread.
 */
final class NumberWrites {
    private final TelnyxClient client;
    private final String operation;
    private final String id;
    private final List<String> done = new ArrayList<>();

    /**
     * Nothing written yet.
     *
     * @param id Telnyx's id of the number
     * @param before what was done before these writes, for people; null for nothing
     */
    NumberWrites(TelnyxClient client, String operation, String id, @Nullable String before) {
        this.client = client;
        this.operation = operation;
        this.id = id;
        if (before != null) {
            done.add(before);
        }
    }

    /** The number's own fields; empty bodies are not sent. Returns what Telnyx then says of it, or null. */
    @Nullable
    Fields number(ObjectNode body) {
        return body.isEmpty()
                ? null
                : written(
                        "its connection and label were changed",
                        HttpCall.of(operation, "PATCH", "phone_numbers", id),
                        body);
    }

    /** Its settings of calls. */
    void voice(ObjectNode body) {
        if (!body.isEmpty()) {
            Object unused = written("its settings of calls were changed", at("voice"), body);
        }
    }

    /** Its settings of messages. */
    void messaging(ObjectNode body) {
        if (!body.isEmpty()) {
            Object unused = written("its settings of messages were changed", at("messaging"), body);
        }
    }

    /** Its address for emergency services, which is provisioned later. */
    void emergency(ObjectNode body) {
        if (!body.isEmpty()) {
            HttpCall call = HttpCall.of(operation, "POST", "phone_numbers", id, "actions", "enable_emergency");
            Object unused = written("its address for emergency services was handed in", call, body);
        }
    }

    private HttpCall at(String part) {
        return HttpCall.of(operation, "PATCH", "phone_numbers", id, part);
    }

    private Fields written(String what, HttpCall call, ObjectNode body) {
        try {
            Fields answer = client.data(client.with(call, body));
            done.add(what);
            return answer;
        } catch (PstnException e) {
            throw done.isEmpty() ? e : halfway(e);
        }
    }

    private PstnException halfway(PstnException e) {
        Failure facts = e.failure();
        return new ProviderUnavailable(
                new Failure(
                        facts.provider(),
                        operation,
                        Effect.UNKNOWN,
                        facts.reason() + "; before, " + String.join(", ", done),
                        facts.code(),
                        facts.httpStatus(),
                        facts.requestId(),
                        facts.retryAfter()),
                e);
    }
}
