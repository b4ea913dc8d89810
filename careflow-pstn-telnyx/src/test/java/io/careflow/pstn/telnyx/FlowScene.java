package io.careflow.pstn.telnyx;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.Secret;
import io.careflow.pstn.call.SipAddress;
import io.careflow.pstn.event.FlowEvent;
import io.careflow.pstn.event.InboundCall;
import io.careflow.pstn.event.PstnEvent;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.flow.FlowStore;
import io.careflow.pstn.flow.MemoryFlowStore;
import io.careflow.pstn.http.Fields;
import io.careflow.pstn.http.Limits;
import io.careflow.pstn.http.Sleeper;
import io.careflow.pstn.tck.FakeCarrier;
import io.careflow.pstn.tck.FakeReply;
import io.careflow.pstn.tck.SentRequest;
import io.careflow.pstn.tck.VirtualTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Nodes of an application that share a flow store, a Telnyx that takes every command, and webhooks by hand. */
final class FlowScene implements AutoCloseable {
    static final ProviderId TELNYX = new ProviderId("telnyx");
    static final String CALL = "v3:MdI91X4lWFEs7IgbBEOT9M4AigoY08M0WWZFISt1Yw2axZ_IiE4pqg";
    static final String OUR_NUMBER = "+18195550100";
    static final String CALLER = "+14165550142";
    static final String APPLICATION = "1293384261075731499";

    private static final Instant START = Instant.parse("2026-01-05T12:00:00Z");

    final FakeCarrier wire = new FakeCarrier();
    final VirtualTime time = VirtualTime.startingAt(START);
    final List<PstnEvent> told = Collections.synchronizedList(new ArrayList<>());
    final List<FlowEvent> asked = Collections.synchronizedList(new ArrayList<>());
    FlowStore store = new MemoryFlowStore();
    Sleeper sleeper = time::run;

    Consumer<PstnEvent> telling = event -> {};

    private final ObjectMapper json = new ObjectMapper();
    private final AtomicInteger ids = new AtomicInteger();
    private final AtomicInteger dials = new AtomicInteger();
    private final List<AutoCloseable> closing = new ArrayList<>();
    private @Nullable Function<String, Optional<SipAddress>> phones;
    private Function<FlowEvent, CallFlow> application =
            event -> CallFlow.start().hangUp();

    FlowScene() {
        takesEverything();
    }

    void takesEverything() {
        wire.on("*", "**", FakeReply.json(200, "{\"data\":{\"result\":\"ok\"}}"));
        wire.on("GET", "/conferences", FakeReply.json(200, "{\"data\":[],\"meta\":{\"total_pages\":1}}"));
        wire.on("POST", "/calls", request -> FakeReply.json(200, "{\"data\":" + leg(dials.incrementAndGet()) + "}"));
    }

    static String leg(int number) {
        return "{\"call_control_id\":\"v3:leg-" + number + "\",\"call_leg_id\":\"uuid-" + number
                + "\",\"call_session_id\":\"session\",\"is_alive\":false}";
    }

    /** What the application answers. */
    FlowScene answering(Function<FlowEvent, CallFlow> value) {
        application = value;
        return this;
    }

    FlowScene answering(CallFlow first) {
        return answering(
                event -> event instanceof InboundCall ? first : CallFlow.start().hangUp());
    }

    /** Whose phones dial. */
    FlowScene phones(Function<String, Optional<SipAddress>> value) {
        phones = value;
        return this;
    }

    /** One more node, or one that was started anew. */
    FlowEngine node() {
        TelnyxBuilder builder = TelnyxProvider.with(Secret.of("KEY0123456789"));
        if (phones != null) {
            builder.diallingConnections(phones);
        }
        TelnyxClient client = builder.baseUrl(wire.uri())
                .connection(APPLICATION)
                .answeredBy(event -> {
                    asked.add(event);
                    return application.apply(event);
                })
                .telling(event -> {
                    told.add(event);
                    telling.accept(event);
                })
                .keepingFlowsIn(store)
                .limits(Limits.none())
                .clock(time.clock())
                .sleeper(pause -> sleeper.sleep(pause))
                .client();
        FlowEngine engine = new FlowEngine(client, FlowDesk.of(client.settings()), new VirtualAlarm(time)).start();
        closing.add(engine);
        closing.add(client);
        return engine;
    }

    // --- webhooks ---

    /** A call arrives. */
    Hook arrives() {
        return hook("call.initiated", CALL, null, "direction", "incoming", "from", CALLER, "to", OUR_NUMBER);
    }

    /** An event of the call, with what the last command gave it. */
    Hook ofCall(String type, String... fields) {
        return hook(type, CALL, lastState(CALL), fields);
    }

    Hook ofLeg(int number, String type, String... fields) {
        String handle = "v3:leg-" + number;
        List<JsonNode> bodies = bodies("/calls");
        return hook(type, handle, bodies.get(number - 1).path("client_state").asText(), fields);
    }

    Hook hook(String type, @Nullable String call, @Nullable String state, String... fields) {
        ObjectNode payload = json.createObjectNode();
        if (call != null) {
            payload.put("call_control_id", call)
                    .put("call_leg_id", "uuid-of-" + call)
                    .put("call_session_id", "session");
        }
        payload.put("client_state", state);
        for (int i = 0; i < fields.length; i += 2) {
            payload.put(fields[i], fields[i + 1]);
        }
        return hook(type, payload);
    }

    Hook hook(String type, ObjectNode payload) {
        return new Hook(
                type,
                "hook-" + ids.incrementAndGet(),
                time.now(),
                Fields.of(TELNYX, type, payload),
                1,
                payload.toString());
    }

    ObjectNode object() {
        return json.createObjectNode();
    }

    // --- what was sent ---

    /** Commands in their order: the last part of the path. */
    List<String> sent() {
        return writes().stream().map(request -> last(path(request))).toList();
    }

    /** The body of the last command of this kind. */
    JsonNode body(String kind) {
        List<SentRequest> all = writes().stream()
                .filter(request -> last(path(request)).equals(kind))
                .toList();
        if (all.isEmpty()) {
            throw new AssertionError("no " + kind + " among " + sent());
        }
        return tree(all.get(all.size() - 1).body());
    }

    List<JsonNode> bodies(String path) {
        return writes().stream()
                .filter(request -> path(request).equals(path))
                .map(request -> tree(request.body()))
                .toList();
    }

    List<SentRequest> writes() {
        return wire.requests().stream().filter(SentRequest::write).toList();
    }

    static String path(SentRequest request) {
        return URLDecoder.decode(request.target().replaceFirst("[?].*", ""), StandardCharsets.UTF_8);
    }

    private static String last(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private @Nullable String lastState(String call) {
        String state = null;
        for (SentRequest request : writes()) {
            if (path(request).startsWith("/calls/" + call + "/")) {
                state = tree(request.body()).path("client_state").asText();
            }
        }
        return state;
    }

    static String decoded(JsonNode body) {
        return new String(Base64.getDecoder().decode(body.path("client_state").asText()), StandardCharsets.UTF_8);
    }

    JsonNode tree(String text) {
        try {
            return json.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // --- what came of it ---

    <T extends PstnEvent> List<T> told(Class<T> type) {
        return told.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** Answered, and at its first step. */
    FlowEngine answered() {
        FlowEngine engine = node();
        engine.happened(arrives());
        engine.happened(ofCall("call.answered"));
        return engine;
    }

    void passes(Duration span) {
        time.run(span);
    }

    static FakeReply refusal(int status, String code) {
        return FakeReply.json(status, "{\"errors\":[{\"code\":\"" + code + "\",\"title\":\"Telnyx says no\"}]}");
    }

    @Override
    public void close() {
        for (AutoCloseable each : closing) {
            try {
                each.close();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
        wire.close();
    }
}
