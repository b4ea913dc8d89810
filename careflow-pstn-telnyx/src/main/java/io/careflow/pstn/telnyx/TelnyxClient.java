package io.careflow.pstn.telnyx;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.careflow.pstn.ProviderHealth;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.error.NotFound;
import io.careflow.pstn.http.Fields;
import io.careflow.pstn.http.HttpCall;
import io.careflow.pstn.http.HttpReply;
import io.careflow.pstn.http.HttpTransport;
import io.careflow.pstn.http.Json;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Telnyx's REST API v2: JSON wrapped in {@code data}, lists in pages. Every failure is a {@link
 * io.careflow.pstn.error.PstnException}; see {@link TelnyxErrors}. Thread-safe.
 */
final class TelnyxClient implements AutoCloseable {
    private static final String JSON = "application/json";
    private static final int MOST_READINGS = 4;

    /** So many pages without anything new are those of a server that knows no pages. */
    private static final int MOST_KNOWN = 5;

    private final TelnyxSettings settings;
    private final HttpTransport transport;
    private final MediaLinks media;
    private final Json json = new Json();

    TelnyxClient(TelnyxSettings settings, HttpTransport transport, MediaLinks media) {
        this.settings = settings;
        this.transport = transport;
        this.media = media;
    }

    ProviderId id() {
        return settings.id();
    }

    Clock clock() {
        return settings.clock();
    }

    TelnyxSettings settings() {
        return settings;
    }

    ProviderHealth.State health() {
        return transport.health();
    }

    /** An empty JSON object to be filled. */
    ObjectNode object() {
        return json.object();
    }

    /** The call with this JSON as its body. */
    HttpCall with(HttpCall call, ObjectNode body) {
        return call.body(JSON, json.write(body));
    }

    HttpReply send(HttpCall call) {
        return transport.send(call);
    }

    /** Sends, and reads the object inside {@code data}. */
    Fields data(HttpCall call) {
        return transport.send(call).fields().requireObject("data");
    }

    /**
     * As {@link #data}, for the few answers that come without {@code data} around them: those to {@code POST /verified_numbers},
     * {@code POST /requirement_groups} and {@code POST /recordings/actions/delete}. One that is wrapped all the same is
     * unwrapped.
     */
    Fields unwrapped(HttpCall call) {
        Fields answer = transport.send(call).fields();
        return answer.object("data").orElse(answer);
    }

    /** As {@link #data}; empty if Telnyx does not know the thing. */
    Optional<Fields> find(HttpCall call) {
        try {
            return Optional.of(data(call));
        } catch (NotFound e) {
            return Optional.empty();
        }
    }

    /** The conference of this name that goes on, if there is one. */
    Optional<Fields> conference(String name) {
        HttpCall list = HttpCall.of("conference.find", "GET", "conferences")
                .query("filter[name]", name)
                .query("filter[status]", "in_progress");
        return all(list, 250).stream()
                .filter(found -> found.text("name").equals(Optional.of(name)))
                .filter(found -> !found.text("status").equals(Optional.of("completed")))
                .findFirst();
    }

    /** Links to media, which are opened without our key. */
    MediaLinks media() {
        return media;
    }

    /** All elements of a list, of every page; see {@link #pages}. */
    List<Fields> all(HttpCall list, int size) {
        List<Fields> all = new ArrayList<>();
        pages(list, size, all::add);
        return all;
    }

    /**
     * Reads a list page by page, each element once, going by its {@code id}. Pages are numbered, so an element that appears or
     * vanishes meanwhile moves others to another page: where that shows, the list is read anew, a few times, and if it never
     * holds still, whatever was seen is given.
     *
     * @param list the GET without its page
     * @param size of a page; at most 250, at most 50 for detail records
     */
    void pages(HttpCall list, int size, Consumer<Fields> each) {
        Map<String, Fields> seen = new LinkedHashMap<>();
        for (int reading = 0; reading < MOST_READINGS; reading++) {
            Map<String, Fields> found = new LinkedHashMap<>();
            boolean still = readAll(list, size, found);
            if (still) {
                found.values().forEach(each);
                return;
            }
            seen.putAll(found);
        }
        seen.values().forEach(each);
    }

    /** Whether nothing changed meanwhile. */
    private boolean readAll(HttpCall list, int size, Map<String, Fields> found) {
        boolean still = true;
        long total = -1;
        int known = 0;
        for (int number = 1; ; number++) {
            Fields page = transport
                    .send(list.query("page[number]", Integer.toString(number))
                            .query("page[size]", Integer.toString(size)))
                    .fields();
            List<Fields> elements = page.list("data");
            int before = found.size();
            for (Fields element : elements) {
                // Verified numbers have no id.
                String id = element.text("id").orElseGet(() -> element.node().toString());
                still &= found.putIfAbsent(id, element) == null;
            }
            Optional<Fields> meta = page.object("meta");
            long now = meta.map(fields -> fields.longInteger("total_results").orElse(-1))
                    .orElse(-1L);
            still &= number == 1 || now == total;
            total = now;
            long last = meta.map(fields -> fields.longInteger("total_pages").orElse(1))
                    .orElse(1L);
            known = found.size() > before ? 0 : known + 1;
            if (number >= last || elements.isEmpty() || known == MOST_KNOWN) {
                return still;
            }
        }
    }

    /** The application's own place for webhooks, if it was told. */
    Optional<URI> webhookUrl() {
        return Optional.ofNullable(settings.publicUrl());
    }

    @Override
    public void close() {
        transport.close();
        media.close();
    }
}
