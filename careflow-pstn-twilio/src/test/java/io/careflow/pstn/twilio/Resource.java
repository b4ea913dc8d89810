package io.careflow.pstn.twilio;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.careflow.pstn.http.Json;
import io.careflow.pstn.http.MalformedJson;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A resource as Twilio writes it: a file of {@code src/test/resources/twilio} with changes. */
final class Resource {
    static final String CALL = "CA000000000000000000000000000000a1";
    static final String OTHER_CALL = "CA000000000000000000000000000000a2";
    static final String MESSAGE = "SM000000000000000000000000000000b1";
    static final String RECORDING = "RE000000000000000000000000000000c1";
    static final String CONFERENCE = "CF000000000000000000000000000000d1";

    private static final Json JSON = new Json();

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

    static Resource number() {
        return of("number.json");
    }

    static Resource of(String file) {
        try {
            return new Resource((ObjectNode) JSON.read(WireMockTwilio.text(file)));
        } catch (MalformedJson e) {
            throw new IllegalArgumentException(file, e);
        }
    }

    Resource with(String name, @Nullable String value) {
        ObjectNode copy = node.deepCopy();
        copy.put(name, value);
        return new Resource(copy);
    }

    /** The same with fields that are documented nowhere. */
    Resource withMore() {
        ObjectNode copy = node.deepCopy();
        copy.put("x_text", "new").put("x_number", 7).putNull("x_none");
        copy.putObject("x_object").putArray("x_list").add(1).addNull();
        return new Resource(copy);
    }

    boolean has(String name) {
        return node.hasNonNull(name);
    }

    /** A page of a list, without a next one. */
    static ResponseDefinitionBuilder page(String key, Resource... elements) {
        return page(key, null, elements);
    }

    /** A page of a list with the link to the next one. */
    static ResponseDefinitionBuilder page(String key, @Nullable String next, Resource... elements) {
        return WireMockTwilio.json(200, list(key, next, Arrays.asList(elements)).toString());
    }

    /** As {@link #page(String, String, Resource...)}, the page alone. A link with a host is written as the newer products do. */
    static Resource list(String key, @Nullable String next, List<Resource> elements) {
        ObjectNode page = JSON.object();
        ArrayNode list = page.putArray(key);
        for (Resource element : elements) {
            list.add(element.node);
        }
        page.put("page", 0)
                .put("page_size", 50)
                .put("start", 0)
                .put("end", Math.max(0, elements.size() - 1))
                .put("uri", "/2010-04-01/list.json");
        if (next != null && next.startsWith("https:")) {
            page.putObject("meta").put("next_page_url", next).put("key", key);
        } else {
            page.put("next_page_uri", next);
        }
        return new Resource(page);
    }

    ResponseDefinitionBuilder answer(int status) {
        return WireMockTwilio.json(status, toString());
    }

    @Override
    public String toString() {
        return node.toString();
    }
}
