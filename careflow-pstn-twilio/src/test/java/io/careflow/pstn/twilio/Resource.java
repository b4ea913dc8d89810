package io.careflow.pstn.twilio;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import org.jspecify.annotations.Nullable;

/** A resource as Twilio writes it: a file of {@code src/test/resources/twilio} with changes. */
final class Resource {
    static final String CALL = "CA000000000000000000000000000000a1";
    static final String OTHER_CALL = "CA000000000000000000000000000000a2";
    static final String MESSAGE = "SM000000000000000000000000000000b1";
    static final String RECORDING = "RE000000000000000000000000000000c1";
    static final String CONFERENCE = "CF000000000000000000000000000000d1";

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final ObjectNode node;

    private Resource(ObjectNode node) {
        this.node = node;
    }

    static Resource call() {
        return of("call.json");
    }

    static Resource call(String sid, String status) {
        return call().with("sid", sid).with("status", status);
    }

    static Resource message() {
        return of("message.json");
    }

    static Resource recording() {
        return of("recording.json");
    }

    static Resource conference() {
        return of("conference.json");
    }

    static Resource participant() {
        return of("participant.json");
    }

    static Resource of(String file) {
        try {
            return new Resource((ObjectNode) MAPPER.readTree(WireMockTwilio.text(file)));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(file, e);
        }
    }

    Resource with(String name, @Nullable String value) {
        ObjectNode copy = node.deepCopy();
        copy.put(name, value);
        return new Resource(copy);
    }

    ObjectNode node() {
        return node.deepCopy();
    }

    /** A page of a list, without a next one. */
    static ResponseDefinitionBuilder page(String key, Resource... elements) {
        return page(key, null, elements);
    }

    /** A page of a list with the link to the next one. */
    static ResponseDefinitionBuilder page(String key, @Nullable String next, Resource... elements) {
        ObjectNode page = MAPPER.createObjectNode();
        ArrayNode list = page.putArray(key);
        for (Resource element : elements) {
            list.add(element.node);
        }
        page.put("page", 0)
                .put("page_size", 50)
                .put("start", 0)
                .put("end", Math.max(0, elements.length - 1))
                .put("next_page_uri", next)
                .put("uri", "/2010-04-01/list.json");
        return WireMockTwilio.json(200, page.toString());
    }

    ResponseDefinitionBuilder answer(int status) {
        return WireMockTwilio.json(status, toString());
    }

    @Override
    public String toString() {
        return node.toString();
    }
}
