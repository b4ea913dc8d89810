package io.careflow.pstn.twilio;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.Secret;
import io.careflow.pstn.call.SipAddress;
import io.careflow.pstn.event.CallEvent;
import io.careflow.pstn.event.FlowHandler;
import io.careflow.pstn.tck.FakeCarrier;
import io.careflow.pstn.tck.FakeReply;
import io.careflow.pstn.tck.SentRequest;
import io.careflow.pstn.tck.VirtualTime;
import io.careflow.pstn.webhook.Webhooks;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An account of the simulated Twilio with its REST API on the loopback: calls that are placed there ring in virtual time, and what
 * becomes of them is posted to the application's webhooks.
 */
final class SimAccount implements AutoCloseable {
    private static final String CALLS = WireMockTwilio.V2010 + "/Calls.json";
    private static final String CALL = WireMockTwilio.V2010 + "/Calls/*";
    private static final String ROOMS = WireMockTwilio.V2010 + "/Conferences.json";
    private static final String ROOM = WireMockTwilio.V2010 + "/Conferences/*";
    private static final String SEATS = WireMockTwilio.V2010 + "/Conferences/*/Participants.json";
    private static final String SEAT = WireMockTwilio.V2010 + "/Conferences/*/Participants/*";

    private final ProviderId id;
    private final VirtualTime time;
    private final FakeCarrier wire = new FakeCarrier();
    private final SimTwilio twilio;
    private final List<SimCall> calls = new CopyOnWriteArrayList<>();
    private volatile Loss loss = Loss.NOTHING;
    private volatile boolean throttled;
    private boolean clients;
    private @Nullable TwilioProvider provider;

    SimAccount(String id, VirtualTime time) {
        this.id = new ProviderId(id);
        this.time = time;
        this.twilio = new SimTwilio(time, List.of(), SimTwilio.Post.IN_ORDER);
        wire.on("POST", CALLS, this::place).on("GET", CALLS, this::list);
        wire.on("GET", CALL, this::fetch).on("POST", CALL, this::update);
        wire.on("GET", ROOMS, this::rooms).on("POST", ROOM, this::close);
        wire.on("GET", SEATS, this::seats).on("GET", SEAT, this::seat).on("POST", SEAT, this::mute);
    }

    ProviderId id() {
        return id;
    }

    /** Users have browsers instead of SIP phones. */
    void usersAreClients() {
        clients = true;
    }

    /** An application with this handler begins, or another one takes its place. */
    void answeredBy(FlowHandler handler, Consumer<CallEvent> events) {
        TwilioProvider earlier = provider;
        TwilioBuilder builder = TwilioProvider.at(WireMockTwilio.ACCOUNT, Secret.of(SimTwilio.TOKEN))
                .id(id.value())
                .baseUrl(wire.uri())
                .publicUrl(URI.create(SimTwilio.BASE))
                .diallingClients("To", identity -> Optional.of(new SipAddress(identity, null)))
                .answeredBy(handler)
                .telling(event -> {
                    if (event instanceof CallEvent of) {
                        events.accept(of);
                    }
                })
                .clock(time.clock())
                .sleeper(pause -> {});
        TwilioProvider made = (clients ? builder.usersAreClients() : builder.sipDomain(SimTwilio.SIP_DOMAIN)).build();
        twilio.answeredBy(List.of(made.require(Webhooks.class)));
        provider = made;
        if (earlier != null) {
            earlier.close();
        }
    }

    TwilioProvider provider() {
        return java.util.Objects.requireNonNull(provider, "the stage has not started");
    }

    SimTwilio twilio() {
        return twilio;
    }

    List<SimCall> calls() {
        return calls;
    }

    /** The next call is placed, but the answer is lost; of how much else the answer is lost is said here. */
    void loseNext(Loss value) {
        loss = value;
    }

    /** From now on requests that place calls are refused: the account is over its rate. */
    void throttle() {
        throttled = true;
    }

    @Override
    public void close() {
        if (provider != null) {
            provider.close();
        }
        wire.close();
    }

    private FakeReply place(SentRequest request) {
        if (throttled) {
            return FakeAccount.error(429, 20429);
        }
        SimCall call = twilio.place(form(request.body()));
        calls.add(call);
        if (loss != Loss.NOTHING) {
            loss = loss == Loss.ANSWER ? Loss.NOTHING : loss;
            return FakeReply.lost();
        }
        return FakeReply.json(201, resource(call).toString());
    }

    private FakeReply list(SentRequest request) {
        if (loss == Loss.ANSWER_AND_LIST) {
            return FakeAccount.error(503, 20503);
        }
        Map<String, String> query = form(request.target().replaceFirst("[^?]*[?]?", ""));
        return FakeReply.json(
                200,
                Resource.list(
                                "calls",
                                null,
                                calls.stream()
                                        .filter(call -> call.to().equals(query.getOrDefault("To", call.to())))
                                        .filter(call -> call.from().equals(query.getOrDefault("From", call.from())))
                                        .map(this::resource)
                                        .toList())
                        .toString());
    }

    private FakeReply fetch(SentRequest request) {
        return call(request)
                .map(call -> FakeReply.json(200, resource(call).toString()))
                .orElseGet(() -> FakeAccount.error(404, 20404));
    }

    /** Ends a call, or sends it elsewhere. */
    private FakeReply update(SentRequest request) {
        Optional<SimCall> known = call(request);
        Map<String, String> form = form(request.body());
        String status = form.getOrDefault("Status", "");
        if (known.isEmpty()) {
            return FakeAccount.error(404, 20404);
        }
        SimCall call = known.get();
        boolean answered = call.status().equals("in-progress");
        String twiml = form.get("Twiml");
        if (twiml != null && answered) {
            VirtualTime.Timer unused = time.after(java.time.Duration.ZERO, () -> call.redirect(twiml));
            return FakeReply.json(200, resource(call).toString());
        }
        if (call.isOver() || answered != status.equals("completed")) {
            return FakeAccount.error(400, 21220);
        }
        VirtualTime.Timer unused = time.after(java.time.Duration.ZERO, () -> call.end(status, null));
        return FakeReply.json(200, resource(call).with("status", status).toString());
    }

    private FakeReply rooms(SentRequest request) {
        Map<String, String> query = form(request.target().replaceFirst("[^?]*[?]?", ""));
        boolean begun = query.getOrDefault("Status", "in-progress").equals("in-progress");
        return FakeReply.json(
                200,
                Resource.list(
                                "conferences",
                                null,
                                twilio.rooms().stream()
                                        .filter(room -> begun
                                                && room.name().equals(query.getOrDefault("FriendlyName", room.name())))
                                        .map(room -> Resource.conference()
                                                .with("sid", room.sid())
                                                .with("friendly_name", room.name()))
                                        .toList())
                        .toString());
    }

    private FakeReply close(SentRequest request) {
        Optional<SimRoom> room = room(request);
        room.ifPresent(open -> {
            VirtualTime.Timer unused = time.after(java.time.Duration.ZERO, open::close);
        });
        return room.isEmpty()
                ? FakeAccount.error(404, 20404)
                : FakeReply.json(
                        200, Resource.conference().with("status", "completed").toString());
    }

    private FakeReply seats(SentRequest request) {
        return room(request)
                .map(room -> FakeReply.json(
                        200,
                        Resource.list(
                                        "participants",
                                        null,
                                        room.calls().stream()
                                                .map(call -> seat(room, call))
                                                .toList())
                                .toString()))
                .orElseGet(() -> FakeAccount.error(404, 20404));
    }

    private FakeReply seat(SentRequest request) {
        return seated(request, (room, call) -> {});
    }

    private FakeReply mute(SentRequest request) {
        boolean muted = form(request.body()).getOrDefault("Muted", "").equals("true");
        return seated(request, (room, call) -> room.mute(call, muted));
    }

    private FakeReply seated(SentRequest request, java.util.function.BiConsumer<SimRoom, SimCall> action) {
        Optional<SimRoom> room = room(request);
        Optional<SimCall> call = call(request)
                .filter(known -> room.isPresent() && room.get().calls().contains(known));
        if (call.isEmpty()) {
            return FakeAccount.error(404, 20404);
        }
        action.accept(room.orElseThrow(), call.get());
        return FakeReply.json(200, seat(room.orElseThrow(), call.get()).toString());
    }

    private static Resource seat(SimRoom room, SimCall call) {
        return Resource.participant()
                .with("call_sid", call.sid())
                .with("conference_sid", room.sid())
                .with("muted", Boolean.toString(room.isMuted(call)));
    }

    private Optional<SimRoom> room(SentRequest request) {
        return twilio.rooms().stream()
                .filter(room -> request.target().contains(room.sid()))
                .findFirst();
    }

    private Optional<SimCall> call(SentRequest request) {
        String sid = request.target().replaceFirst(".*/", "").replaceFirst("[.]json.*", "");
        return calls.stream().filter(call -> call.sid().equals(sid)).findFirst();
    }

    private Resource resource(SimCall call) {
        return Resource.call(call.sid(), call.status())
                .with("to", call.to())
                .with("from", call.from())
                .with("date_created", SimTwilio.timestamp(call.began()));
    }

    private static Map<String, String> form(String body) {
        Map<String, String> fields = new TreeMap<>();
        for (String pair : body.split("&", -1)) {
            String[] parts = pair.split("=", 2);
            if (parts.length == 2) {
                fields.merge(decoded(parts[0]), decoded(parts[1]), (one, other) -> one + " " + other);
            }
        }
        return fields;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** What is lost of the answers to a call that is placed. */
    enum Loss {
        NOTHING,
        ANSWER,
        /** The list of calls in which it could be looked up fails too. */
        ANSWER_AND_LIST
    }
}
