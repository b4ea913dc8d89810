package io.careflow.pstn.asterisk;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.careflow.pstn.http.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A call to place.
 *
 * @param channelId chosen by us, unique for ever
 * @param endpoint such as {@code PJSIP/1001}
 * @param callerId what the far end is shown, such as {@code "Clinic" <+15551234567>}, or null for the endpoint's own
 * @param timeoutSeconds how long it rings; -1 for ever
 * @param app the application that it enters when answered
 * @param appArgs arguments of StasisStart, separated by commas
 * @param variables channel variables
 * @param originator an existing channel from which it inherits formats and the linked id, or null
 * @param formats codecs such as {@code ulaw,alaw}, or null; not together with an originator
 */
record Origination(
        String channelId,
        String endpoint,
        @Nullable String callerId,
        int timeoutSeconds,
        String app,
        String appArgs,
        Map<String, String> variables,
        @Nullable String originator,
        @Nullable String formats) {

    Origination {
        variables = Map.copyOf(variables);
    }

    ObjectNode body(Json json) {
        ObjectNode body = json.object()
                .put("endpoint", endpoint)
                .put("timeout", timeoutSeconds)
                .put("app", app)
                .put("appArgs", appArgs);
        ObjectNode values = body.putObject("variables");
        variables.forEach(values::put);
        if (callerId != null) {
            body.put("callerId", callerId);
        }
        if (originator != null) {
            body.put("originator", originator);
        }
        if (formats != null) {
            body.put("formats", formats);
        }
        return body;
    }
}
