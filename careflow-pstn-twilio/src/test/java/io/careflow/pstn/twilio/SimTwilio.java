package io.careflow.pstn.twilio;

import io.careflow.pstn.tck.SimulatedCaller;
import io.careflow.pstn.tck.SimulatedPhone;
import io.careflow.pstn.tck.VirtualTime;
import io.careflow.pstn.webhook.WebhookReply;
import io.careflow.pstn.webhook.WebhookRequest;
import io.careflow.pstn.webhook.Webhooks;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Twilio, as far as calls see it, in virtual time: runs the TwiML that our webhooks answer with, and posts what happens, signed.
 * Where Twilio's papers are silent it does what is harder for us: legs that are given up end as no-answer, a dial's action is
 * asked for although the caller has gone, times of callbacks are whole seconds.
 */
final class SimTwilio {
    static final String TOKEN = "12345";
    static final String BASE = "https://phone.example.org/twilio";
    static final String SIP_DOMAIN = "acme.sip.twilio.com";
    static final Duration PROMPT = Duration.ofSeconds(2);

    private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss Z", Locale.US)
            .withZone(ZoneOffset.UTC);

    private final VirtualTime time;
    private volatile List<? extends Webhooks> nodes;
    private final Post post;
    private final Map<String, SimulatedPhone> phones = new HashMap<>();
    private final SplittableRandom random = new SplittableRandom(7);
    private final List<String> documents = new ArrayList<>();
    private @Nullable SimulatedPhone network;
    private final List<SimRoom> rooms = new CopyOnWriteArrayList<>();
    private int sids;
    private int posts;

    SimTwilio(VirtualTime time, List<? extends Webhooks> nodes, Post post) {
        this.time = time;
        this.nodes = nodes;
        this.post = post;
    }

    void phone(String address, SimulatedPhone phone) {
        phones.put(address, phone);
    }

    /** From now on no number is reached: all of them behave like this. */
    void disturb(SimulatedPhone outcome) {
        network = outcome;
    }

    SimulatedPhone phone(String address) {
        SimulatedPhone disturbed = network;
        return disturbed != null && address.startsWith("+")
                ? disturbed
                : phones.getOrDefault(address.replaceFirst("^client:", "sip:"), SimulatedPhone.notRegistered());
    }

    /** From now on other nodes of the application answer. */
    void answeredBy(List<? extends Webhooks> others) {
        nodes = others;
    }

    VirtualTime time() {
        return time;
    }

    /** Every document that our side answered with. */
    List<String> documents() {
        return documents;
    }

    SimCall call(SimulatedCaller caller) {
        SimCall call = new SimCall(this, sid("CA"), caller);
        time.after(Duration.ZERO, call::arrive);
        return call;
    }

    /** The conference of this name; begins if there is none. */
    SimRoom room(String name) {
        rooms.removeIf(room -> room.calls().isEmpty());
        return rooms.stream()
                .filter(room -> room.name().equals(name))
                .findFirst()
                .orElseGet(() -> {
                    SimRoom room = new SimRoom(sid("CF"), name);
                    rooms.add(room);
                    return room;
                });
    }

    /** Conferences in which somebody is. */
    List<SimRoom> rooms() {
        return rooms.stream().filter(room -> !room.calls().isEmpty()).toList();
    }

    /** Somebody is called, by the form of a request. It happens as soon as time passes. */
    SimCall place(Map<String, String> form) {
        SimCall call = new SimCall(this, sid("CA"), form);
        time.after(Duration.ZERO, call::arrive);
        return call;
    }

    synchronized String sid(String prefix) {
        return prefix + String.format(Locale.ROOT, "%032x", ++sids);
    }

    static String timestamp(Instant at) {
        return TIMESTAMP.format(at);
    }

    /** Asks for TwiML. */
    String fetch(String url, Map<String, String> fields) {
        WebhookRequest request = signed(url, fields);
        WebhookReply reply = node().answer(request);
        if (post == Post.TWICE_AND_SHUFFLED) {
            reply = node().answer(request);
        }
        if (reply.status() != 200) {
            throw new AssertionError("answered " + reply.status() + " to " + url + " " + fields);
        }
        documents.add(reply.body());
        return reply.body();
    }

    /** Tells what happened: at once, or some time later and twice. */
    void tell(String url, Map<String, String> fields) {
        WebhookRequest request = signed(url, fields);
        for (int i = 0; i < (post == Post.TWICE_AND_SHUFFLED ? 2 : 1); i++) {
            Duration delay = post == Post.IN_ORDER ? Duration.ZERO : Duration.ofMillis(random.nextInt(4_000));
            time.after(delay, () -> {
                int status = node().answer(request).status();
                if (status != 204) {
                    throw new AssertionError("answered " + status + " to " + url + " " + fields);
                }
            });
        }
    }

    private Webhooks node() {
        return nodes.get(posts++ % nodes.size());
    }

    private WebhookRequest signed(String url, Map<String, String> fields) {
        String called = url.replaceFirst("#.*", "");
        String body = Signing.form(fields);
        return new WebhookRequest(
                "POST",
                called,
                List.of(
                        Map.entry("Content-Type", "application/x-www-form-urlencoded; charset=utf-8"),
                        Map.entry("I-Twilio-Idempotency-Token", "token-" + posts + "-" + random.nextInt(1_000_000)),
                        Map.entry("X-Twilio-Signature", Signing.sign(TOKEN, called, new TreeMap<>(fields)))),
                body.getBytes(StandardCharsets.UTF_8));
    }

    /** How webhooks travel. */
    enum Post {
        IN_ORDER,
        TWICE_AND_SHUFFLED
    }
}
