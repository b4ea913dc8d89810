package io.careflow.pstn.telnyx;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.careflow.pstn.Secret;
import io.careflow.pstn.call.SipAddress;
import io.careflow.pstn.http.Json;
import io.careflow.pstn.http.MalformedJson;
import io.careflow.pstn.tck.FakeCarrier;
import io.careflow.pstn.tck.FakeReply;
import io.careflow.pstn.tck.SentRequest;
import io.careflow.pstn.tck.SimulatedCaller;
import io.careflow.pstn.tck.SimulatedPhone;
import io.careflow.pstn.tck.VirtualTime;
import io.careflow.pstn.webhook.Webhooks;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Telnyx Call Control in virtual time: an HTTP server that our client talks to, and signed webhooks to the nodes of the
 * application by turns. Where Telnyx's papers are silent it does what is harder for us: a leg that was not answered takes no
 * other command, one that is over takes none at all, one that a phone dialled cannot be rejected as it is not incoming, events
 * carry the client state that the leg has by then, recordings name no call and come late. When webhooks are shuffled, some
 * answers to commands are lost after they were carried out, and the first event of some legs that we dial reaches another node
 * before the dial is answered.
 */
final class SimTelnyx implements AutoCloseable {
    static final String CONNECTION = "1293384261075731499";
    static final String SIP_DOMAIN = "sip.telnyx.com";

    private static final int TRIES = 5;
    private static final Duration AGAIN = Duration.ofSeconds(2);
    private static final int BAD_REQUEST = 400;
    private static final int UNPROCESSABLE = 422;
    private static final int TOO_MANY = 429;

    private final VirtualTime time;
    private final Post post;
    private final FakeCarrier http = new FakeCarrier();
    private final Json json = new Json();
    private final SplittableRandom random;
    private final Map<String, SimulatedPhone> phones = new HashMap<>();
    private final Map<String, SimLeg> legs = new LinkedHashMap<>();
    private final Map<String, SimLeg> dials = new HashMap<>();
    private final List<String> commands = new ArrayList<>();
    private final Set<String> lost = new HashSet<>();
    private List<? extends Webhooks> nodes = List.of();
    private @Nullable Webhooks early;
    private final List<String> failures = new ArrayList<>();
    private final List<SimLeg> placed = new CopyOnWriteArrayList<>();
    private @Nullable SimulatedPhone network;
    private volatile boolean throttled;
    private volatile boolean losing;
    private final Map<String, SipAddress> connections = new ConcurrentHashMap<>();
    private final List<SimRoom> rooms = new CopyOnWriteArrayList<>();
    private int ids;
    private int posts;

    /**
     * A Telnyx without calls.
     *
     * @param seed of what is late, lost or early
     */
    SimTelnyx(VirtualTime time, Post post, long seed) {
        this.time = time;
        this.post = post;
        this.random = new SplittableRandom(seed);
        http.on("*", "**", this::serve);
    }

    URI uri() {
        return http.uri();
    }

    /** The key with which a node comes. */
    static Secret key(int node) {
        return Secret.of("KEY0123456789-" + node);
    }

    /** Who is told. */
    void nodes(List<? extends Webhooks> told) {
        nodes = List.copyOf(told);
    }

    void phone(String address, SimulatedPhone phone) {
        phones.put(address, phone);
    }

    /** From now on no number is reached: all of them behave like this. */
    void disturb(SimulatedPhone outcome) {
        network = outcome;
    }

    /** From now on calls are not placed: the account is over its rate. */
    void throttle() {
        throttled = true;
    }

    /** From now on calls are placed, but the answers are lost; what they dial in their turn is not concerned. */
    void loseAnswers() {
        losing = true;
    }

    /** The calls that were placed, without what they dialled in their turn. */
    List<SimLeg> placed() {
        return placed;
    }

    SimulatedPhone phone(String address) {
        SimulatedPhone disturbed = network;
        if (disturbed != null && address.startsWith("+")) {
            return disturbed;
        }
        return phones.getOrDefault(address.replace("@" + SIP_DOMAIN, ""), SimulatedPhone.notRegistered());
    }

    VirtualTime time() {
        return time;
    }

    /** All legs, in the order in which they began. */
    List<SimLeg> legs() {
        return List.copyOf(legs.values());
    }

    /** What our side answered wrongly. */
    List<String> failures() {
        return failures;
    }

    /** Every command that was carried out or refused, with the status answered. */
    List<String> commands() {
        return commands;
    }

    /** A phone dials over a connection of its own, which parks its calls. */
    SimLeg dials(SipAddress user, SimulatedCaller phone) {
        String connection = Long.toString(2_000_000_000L + connections.size());
        connections.put(connection, user);
        SimLeg leg = call(phone);
        leg.parkedAt(connection);
        return leg;
    }

    /** Whose connection it is. */
    Optional<SipAddress> user(String connection) {
        return Optional.ofNullable(connections.get(connection));
    }

    /** Somebody calls one of our numbers. */
    SimLeg call(SimulatedCaller caller) {
        SimLeg leg = new SimLeg(this, handle(), uuid(), caller.from(), caller.to(), caller);
        legs.put(leg.id(), leg);
        time.after(Duration.ZERO, leg::arrive);
        return leg;
    }

    ObjectNode object() {
        return json.object();
    }

    /** Tells our side: at once, or a little late and twice. */
    void tell(String type, ObjectNode payload) {
        ObjectNode event = json.object()
                .put("record_type", "event")
                .put("event_type", type)
                .put("id", uuid())
                .put("occurred_at", time.now().toString());
        event.set("payload", payload);
        if (post == Post.IN_ORDER) {
            later(Duration.ZERO, event, 1);
        } else if (early != null) {
            Webhooks other = early;
            early = null;
            deliver(other, event, 1);
            later(Duration.ofMillis(random.nextInt(4_000)), event, 2);
        } else {
            int first = random.nextInt(300);
            later(Duration.ofMillis(first), event, 1);
            later(Duration.ofMillis(first + random.nextInt(4_000)), event, 2);
        }
    }

    String uuid() {
        return String.format(Locale.ROOT, "0ccc7b54-4df3-4bca-a65a-%012x", ++ids);
    }

    @Override
    public void close() {
        http.close();
    }

    private String handle() {
        return "v3:MdI91X4l-FEs7Igb_BEOT9M4AigoY08M0WWZFISt1Yw" + ++ids + "==";
    }

    private void later(Duration delay, ObjectNode event, int attempt) {
        VirtualTime.Timer unused = time.after(delay, () -> arrive(event, attempt));
    }

    /** Where nobody is there, or nobody can, Telnyx comes again, a few times. */
    private void arrive(ObjectNode event, int attempt) {
        if (!nodes.isEmpty()) {
            deliver(nodes.get(posts++ % nodes.size()), event, attempt);
        } else if (attempt < TRIES) {
            later(AGAIN, event, attempt + 1);
        }
    }

    private void deliver(Webhooks node, ObjectNode event, int attempt) {
        ObjectNode body = json.object();
        body.set("data", event);
        body.putObject("meta").put("attempt", attempt).put("delivered_to", Signing.URL);
        String text = new String(json.write(body), StandardCharsets.UTF_8);
        int status = node.answer(Signing.request(time.now(), text)).status();
        if (status == 503 && attempt < TRIES) {
            later(AGAIN, event, attempt + 1);
        } else if (status != 204) {
            failures.add("answered " + status + " to " + text);
        }
    }

    private FakeReply serve(SentRequest request) {
        String path = URLDecoder.decode(request.target().replaceFirst("[?].*", ""), StandardCharsets.UTF_8);
        FakeReply reply;
        String body = request.body();
        try {
            JsonNode said = body.isEmpty() ? json.object() : json.read(body);
            early = post == Post.TWICE_AND_SHUFFLED && path.equals("/calls") && random.nextBoolean()
                    ? other(request)
                    : null;
            reply = serve(request.method(), path, said);
            early = null;
            boolean loses = post == Post.TWICE_AND_SHUFFLED
                    && random.nextInt(6) == 0
                    && lost.add(said.path("command_id").asText());
            commands.add(time.now() + " " + path + " " + body + (loses ? " lost" : " ok"));
            boolean placing =
                    path.equals("/calls") && said.path("link_to").asText().isEmpty();
            reply = loses || (losing && placing) ? FakeReply.lost() : reply;
        } catch (Refused refused) {
            commands.add(time.now() + " " + path + " " + body + " refused with " + refused.code);
            reply = FakeReply.json(refused.status, refused.body());
        } catch (MalformedJson e) {
            reply = FakeReply.json(BAD_REQUEST, new Refused(BAD_REQUEST, "10023").body());
        }
        return reply;
    }

    /** Any node but the one that asks. */
    private Webhooks other(SentRequest request) {
        String key = request.headers().stream()
                .filter(header -> header.getKey().equalsIgnoreCase("Authorization"))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow();
        int asking = Integer.parseInt(key.substring(key.lastIndexOf('-') + 1));
        return nodes.get((asking + 1) % nodes.size());
    }

    private FakeReply serve(String method, String path, JsonNode body) {
        String[] parts = path.split("/", -1);
        if (method.equals("POST") && path.equals("/calls")) {
            return dial(body);
        } else if (parts.length == 5 && parts[1].equals("calls") && parts[3].equals("actions")) {
            leg(parts[2]).command(parts[4], body);
            return FakeReply.json(200, "{\"data\":{\"result\":\"ok\"}}");
        } else if (method.equals("GET") && parts.length == 3 && parts[1].equals("calls")) {
            return data(leg(parts[2]).described());
        }
        if (parts[1].equals("conferences")) {
            return conferences(method, parts, body);
        }
        throw new Refused(404, "10005");
    }

    /** A leg that is over leaves its conference. */
    void leaves(SimLeg leg) {
        rooms.forEach(room -> room.leave(leg));
    }

    private FakeReply conferences(String method, String[] parts, JsonNode body) {
        rooms.removeIf(SimRoom::isEmpty);
        if (parts.length == 2 && method.equals("POST")) {
            if (rooms.stream()
                    .anyMatch(room -> room.name().equals(body.path("name").asText()))) {
                throw new Refused(UNPROCESSABLE, "90033");
            }
            SimRoom room = new SimRoom(this, uuid(), body);
            room.enter(leg(body.path("call_control_id").asText()));
            rooms.add(room);
            return data(room.described());
        } else if (parts.length == 2) {
            ObjectNode list = list();
            rooms.forEach(room -> list.withArray("data").add(room.described()));
            return FakeReply.json(200, list.toString());
        }
        SimRoom room = rooms.stream()
                .filter(known -> known.id().equals(parts[2]))
                .findFirst()
                .orElseThrow(() -> new Refused(404, "90019"));
        if (parts.length == 4 && parts[3].equals("participants")) {
            ObjectNode list = list();
            room.participants(list.withArray("data"));
            return FakeReply.json(200, list.toString());
        }
        room.command(parts[4], body);
        return FakeReply.json(200, "{\"data\":{\"result\":\"ok\"}}");
    }

    private ObjectNode list() {
        ObjectNode list = json.object();
        list.putArray("data");
        list.putObject("meta").put("total_pages", 1).put("page_number", 1);
        return list;
    }

    private FakeReply dial(JsonNode body) {
        if (throttled) {
            throw new Refused(TOO_MANY, "10011");
        }
        require(body, "connection_id", "to", "from");
        if (!body.path("connection_id").asText().equals(CONNECTION)) {
            throw new Refused(UNPROCESSABLE, "10015");
        }
        long ring = body.path("timeout_secs").asLong(30);
        long longest = body.path("time_limit_secs").asLong(14_400);
        if (ring < 5 || ring > 600 || longest < 30 || longest > 14_400) {
            throw new Refused(UNPROCESSABLE, "10033");
        }
        String command = body.path("command_id").asText();
        SimLeg known = dials.get(command);
        if (known != null && !command.isEmpty()) {
            return data(known.described());
        }
        SimLeg linked = legs.get(body.path("link_to").asText());
        String session = linked == null ? uuid() : linked.session();
        SimLeg leg = new SimLeg(
                this,
                handle(),
                session,
                body.path("from").asText(),
                body.path("to").asText(),
                null);
        legs.put(leg.id(), leg);
        dials.put(command, leg);
        if (linked == null) {
            placed.add(leg);
        }
        leg.dialled(body, Duration.ofSeconds(ring), Duration.ofSeconds(longest));
        return data(leg.described());
    }

    SimLeg leg(String id) {
        SimLeg leg = legs.get(id);
        if (leg == null) {
            throw new Refused(404, "90015");
        }
        return leg;
    }

    static void require(JsonNode body, String... names) {
        for (String name : names) {
            if (body.path(name).asText().isBlank()) {
                throw new Refused(UNPROCESSABLE, "10004");
            }
        }
    }

    private FakeReply data(ObjectNode data) {
        ObjectNode whole = json.object();
        whole.set("data", data);
        return FakeReply.json(200, whole.toString());
    }

    /** What Telnyx answers to a command that it does not carry out. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final int status;
        private final String code;

        Refused(int status, String code) {
            super(code);
            this.status = status;
            this.code = code;
        }

        static Refused call(String code) {
            return new Refused(UNPROCESSABLE, code);
        }

        String body() {
            return "{\"errors\":[{\"code\":\"" + code + "\",\"title\":\"refused\"}]}";
        }
    }

    /** How webhooks travel. */
    enum Post {
        IN_ORDER,
        TWICE_AND_SHUFFLED
    }
}
