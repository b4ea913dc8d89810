package io.careflow.pstn.telnyx;

import com.fasterxml.jackson.databind.JsonNode;
import io.careflow.pstn.tck.FakeReply;
import io.careflow.pstn.tck.Operation;
import io.careflow.pstn.tck.Samples;
import io.careflow.pstn.tck.SentRequest;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An account at Telnyx as it stands while one operation is done with the samples of the conformance kit: what its requests find, and
 * what they are answered when all is well.
 */
final class FakeTelnyx {
    static final String NUMBER_ID = "2934567890123456789";
    static final String APPLICATION = "2812345678901234999";
    static final String CONFERENCE_ID = "c0nf0000-0000-4000-8000-000000000001";

    private static final List<String> LISTS_BELOW = List.of("/phone_numbers/messaging");
    private static final Pattern THING = Pattern.compile("/[a-z_]+/[^/]+(/.*)?");

    private final Operation operation;
    private final Samples samples;
    private final boolean done;
    private final UnaryOperator<Sample> twist;
    private final URI base;
    private volatile boolean written;
    private volatile String state = "";

    /**
     * An account.
     *
     * @param done whether what the operation makes is there, once its first write came
     * @param twist what is odd about everything that the account holds
     * @param base where it is itself
     */
    FakeTelnyx(Operation operation, Samples samples, boolean done, UnaryOperator<Sample> twist, URI base) {
        this.operation = operation;
        this.samples = samples;
        this.done = done;
        this.twist = twist;
        this.base = base;
    }

    FakeReply reply(SentRequest request) {
        String path = path(request);
        return switch (request.method()) {
            case "GET" -> read(path, request);
            case "POST" -> made(path, request);
            case "PATCH" -> changed(path, request);
            default -> thing(200, Sample.of("number.json").with("status", "deleted"));
        };
    }

    /** The first write comes, whatever is answered. */
    void isWritten(SentRequest request) {
        String carried = body(request).path("client_state").asText("");
        if (path(request).equals("/calls") && !carried.isEmpty()) {
            state = carried;
        }
        written = true;
    }

    /** The same account without anything in it. */
    static FakeReply unknown(SentRequest request) {
        String path = path(request);
        boolean list = request.method().equals("GET")
                && (LISTS_BELOW.contains(path) || !THING.matcher(path).matches());
        return list ? page(1, 0) : error(404, 10005);
    }

    static FakeReply error(int status, int code) {
        return FakeReply.json(
                        status,
                        "{\"errors\":[{\"code\":\"" + code + "\",\"title\":\"Telnyx says no\","
                                + "\"detail\":\"It has its reasons.\"}]}")
                .header("x-request-id", WireMockTelnyx.REQUEST_ID);
    }

    /** One page of a list that has so many elements on pages of two. */
    static FakeReply page(int number, int total, Sample... elements) {
        return FakeReply.json(200, list(number, total, elements));
    }

    static String path(SentRequest request) {
        return URI.create(request.target()).getPath();
    }

    static int pageNumber(SentRequest request) {
        return Integer.parseInt(parameter(request, "page[number]", "1"));
    }

    /** What the call that was placed carries. */
    String carried() {
        return state;
    }

    private FakeReply read(String path, SentRequest request) {
        return switch (path) {
            case "/balance" ->
                thing(
                        200,
                        Sample.of("balance.json")
                                .with(
                                        "data.available_credit",
                                        samples.balance().amount().toPlainString()));
            case "/available_phone_numbers" -> all(Sample.of("available.json"));
            case "/requirements" -> all(Sample.of("requirement.json"));
            case "/number_orders" -> isDone() ? all(order(request)) : all();
            case "/number_reservations" -> isDone() ? all(reservation(request)) : all();
            case "/phone_numbers" -> operation == Operation.NUMBER_ORDER && !isDone() ? all() : all(number());
            case "/phone_numbers/messaging" -> all(Sample.of("messaging.json"));
            case "/verified_numbers" -> all(verified(samples.callerId().e164()));
            case "/fqdn_connections" -> all(connection(samples.trunkId()));
            case "/fqdns" -> all(server());
            case "/outbound_voice_profiles" ->
                operation != Operation.TRUNK_CREATE || isDone() ? all(profile(request)) : all();
            case "/connections/" + APPLICATION + "/active_calls" -> isDone() ? all(call()) : all();
            case "/conferences" -> all(Sample.of("conference.json").with("name", samples.room()));
            case "/conferences/" + CONFERENCE_ID + "/participants" ->
                all(Sample.of("participant.json").with("call_control_id", samples.callId()));
            case "/recordings" -> all(recording());
            case "/detail_records" ->
                parameter(request, "filter[record_type]", "").equals("recording") ? all() : all(record());
            case "/media/recording.wav" -> FakeReply.of(200, "audio/wav", samples.recordingBytes());
            // No other kinds of connections, and none that has the name of what is to be made.
            case "/ip_connections", "/credential_connections", "/connections", "/ips" -> all();
            default -> oneThing(path, request);
        };
    }

    private FakeReply oneThing(String path, SentRequest request) {
        String trunk = "/" + samples.trunkId();
        if (path.equals("/connections" + trunk) || path.equals("/fqdn_connections" + trunk)) {
            return thing(200, connection(samples.trunkId()));
        }
        return switch (path.replaceFirst("^/([a-z_]+)/[^/]+", "$1")) {
            case "number_orders" -> thing(200, order(request));
            case "number_reservations" -> thing(200, reservation(request));
            case "phone_numbers/messaging" -> thing(200, Sample.of("messaging.json"));
            case "outbound_voice_profiles" -> thing(200, profile(request));
            case "calls" -> thing(200, call().with("is_alive", true));
            case "messages" -> thing(200, message().with("to.0.status", "delivered"));
            case "recordings" -> thing(200, recording());
            default -> error(404, 10005);
        };
    }

    private FakeReply made(String path, SentRequest request) {
        return switch (path) {
            case "/number_orders" -> thing(200, order(request));
            case "/number_reservations" -> thing(200, reservation(request));
            case "/verified_numbers" ->
                FakeReply.json(
                        200,
                        twist.apply(verified(samples.callerId().e164()).with("verification_method", "sms"))
                                .toString());
            case "/outbound_voice_profiles" -> thing(200, profile(request));
            case "/fqdn_connections" ->
                thing(
                        201,
                        connection(samples.trunkId())
                                .with("user_name", body(request).path("user_name"))
                                .with("password", body(request).path("password")));
            case "/fqdns" -> thing(201, server());
            case "/messages" -> thing(200, message());
            case "/calls" -> thing(200, call());
            default -> done(path, request);
        };
    }

    private FakeReply done(String path, SentRequest request) {
        return switch (path.replaceFirst("^/([a-z_]+)/[^/]+", "$1")) {
            case "number_reservations/actions/extend" -> thing(200, reservation(request));
            case "verified_numbers/actions/verify" ->
                thing(200, verified(samples.callerId().e164()));
            default ->
                path.matches("/(calls|conferences)/[^/]+/actions/[a-z_]+")
                        ? thing(200, Sample.json("{\"result\":\"ok\"}"))
                        : error(404, 10005);
        };
    }

    private FakeReply changed(String path, SentRequest request) {
        if (path.startsWith("/fqdn_connections/")) {
            return thing(200, connection(samples.trunkId()));
        }
        if (path.startsWith("/outbound_voice_profiles/")) {
            return thing(200, profile(request));
        }
        Sample number = number();
        JsonNode connection = body(request).path("connection_id");
        return thing(200, connection.isMissingNode() ? number : number.with("connection_id", connection));
    }

    static Sample number(String e164, String id) {
        return Sample.of("number.json").with("phone_number", e164).with("id", id);
    }

    static Sample verified(String e164) {
        return Sample.of("verified.json").with("phone_number", e164);
    }

    static Sample connection(String id) {
        return Sample.of("connection.json").with("id", id);
    }

    private boolean isDone() {
        return done && written;
    }

    private Sample number() {
        Sample number =
                number((operation == Operation.NUMBER_ORDER ? samples.available() : samples.owned()).e164(), NUMBER_ID);
        return operation == Operation.TRUNK_ATTACH ? number.with("connection_id", null) : number;
    }

    private Sample order(SentRequest request) {
        return Sample.of("order.json")
                .with("status", "success")
                .with("phone_numbers.0.phone_number", samples.available().e164())
                .with("customer_reference", reference(request));
    }

    private Sample reservation(SentRequest request) {
        return Sample.of("reservation.json")
                .with("id", samples.reservationId())
                .with("phone_numbers.0.phone_number", samples.available().e164())
                .with("customer_reference", reference(request));
    }

    private Sample profile(SentRequest request) {
        String name = body(request).path("name").asText("");
        String asked = parameter(request, "filter[name][contains]", "careflow-trunk-conformance");
        return Sample.of("profile.json").with("name", name.isEmpty() ? asked : name);
    }

    // Telnyx echoes what it was given for the leg.
    private Sample call() {
        return Sample.of("call.json").with("call_control_id", samples.callId()).with("client_state", state);
    }

    private Sample message() {
        return Sample.of("message.json").with("id", samples.messageId());
    }

    private Sample recording() {
        return Sample.of("recording.json")
                .with("id", samples.recordingId())
                .with("call_control_id", samples.callId())
                .with("download_urls.wav", base + "/media/recording.wav?signature=once");
    }

    private Sample record() {
        return record(samples.callId());
    }

    static Sample record(String call) {
        return Sample.of("record.json")
                .with("id", "record of " + call)
                .with("call_control_id", call)
                .with("telnyx_leg_id", "leg of " + call);
    }

    private Sample server() {
        return Sample.of("fqdn.json").with("connection_id", samples.trunkId());
    }

    // What was sent is what is found.
    private static @Nullable String reference(SentRequest request) {
        String sent = body(request).path("customer_reference").asText("");
        return sent.isEmpty() ? parameter(request, "filter[customer_reference]", "") : sent;
    }

    private static JsonNode body(SentRequest request) {
        return WireMockTelnyx.tree(request.body().isEmpty() ? "{}" : request.body());
    }

    private static String parameter(SentRequest request, String name, String otherwise) {
        String query = URI.create(request.target()).getRawQuery();
        if (query == null) {
            return otherwise;
        }
        Matcher value = Pattern.compile("(?:^|&)" + Pattern.quote(name) + "=([^&]*)")
                .matcher(URLDecoder.decode(query, StandardCharsets.UTF_8));
        return value.find() ? value.group(1) : otherwise;
    }

    private FakeReply thing(int status, Sample thing) {
        Sample inside = thing.has("data") ? thing : Sample.empty().with("data", twist.apply(thing));
        return FakeReply.json(status, twist.apply(inside).toString()).header("x-request-id", WireMockTelnyx.REQUEST_ID);
    }

    private FakeReply all(Sample... elements) {
        Sample[] twisted = Arrays.stream(elements).map(twist).toArray(Sample[]::new);
        return FakeReply.json(
                200,
                twist.apply(Sample.json(list(1, elements.length, twisted)).without("status"))
                        .toString());
    }

    private static String list(int number, int total, Sample... elements) {
        return "{\"data\":["
                + String.join(",", Arrays.stream(elements).map(Sample::toString).toList())
                + "],\"meta\":{\"page_number\":" + number + ",\"page_size\":2,\"total_pages\":" + (total + 1) / 2
                + ",\"total_results\":" + total + "}}";
    }
}
