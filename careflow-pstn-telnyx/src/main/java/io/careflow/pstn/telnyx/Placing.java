package io.careflow.pstn.telnyx;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.careflow.pstn.CommandId;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.control.Call;
import io.careflow.pstn.call.control.CallRequest;
import io.careflow.pstn.error.Conflict;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.Failure;
import io.careflow.pstn.error.ProviderUnavailable;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.error.Throttled;
import io.careflow.pstn.http.Fields;
import io.careflow.pstn.http.HttpCall;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Places calls, each command once, whichever node it is given to: the command is kept in the flow store before anything is sent,
 * and a lost answer is found by what we gave the leg. Thread-safe.
 */
final class Placing {
    /** As long as our transport may need for all its attempts. */
    private static final Duration SENDING = Duration.ofSeconds(47);

    private static final Duration WAITING = Duration.ofMillis(200);
    private static final int MOST_WAITS = 100;
    private static final int MOST_ATTEMPTS = 3;
    private static final String PLACING = "placing";
    private static final int PAGE = 50;
    private static final int MOST_PAGES = 40;

    private final FlowEngine engine;
    private final TelnyxClient client;

    Placing(FlowEngine engine) {
        this.engine = engine;
        this.client = engine.client();
    }

    Call place(String operation, CallRequest request) {
        String key = key(request.commandId());
        String digest = digest(request);
        Instant now = client.clock().instant();
        boolean[] ours = {false};
        Optional<FlowState> known = engine.step(key, now, () -> first(key, request, digest), turn -> {
            FlowState state = turn.state();
            ours[0] = state.orders == 0;
            if (ours[0]) {
                turn.order(Order.DIAL, null, body(request, turn), new ClientState(key, 0, 0, 0), false);
                state.sender = PLACING;
                state.senderUntil = now.plus(SENDING).toEpochMilli();
            }
            return ours[0];
        });
        FlowState state = known.orElseThrow();
        if (!digest.equals(state.digest)) {
            throw new Conflict(Failure.of(
                    client.id(),
                    operation,
                    Effect.NONE,
                    "command '" + request.commandId() + "' was given before with another request"));
        }
        return ours[0] ? send(operation, key, state, false) : again(operation, key, request);
    }

    /**
     * Sends it, a few times as long as Telnyx knows the command again.
     *
     * @param before whether it may have been carried out before: then no refusal says that it was not
     */
    private Call send(String operation, String key, FlowState state, boolean before) {
        Order order = state.outbox.get(0);
        ObjectNode body = order.body().deepCopy();
        body.put("command_id", order.id());
        HttpCall call = client.with(HttpCall.of(operation, "POST", "calls"), body);
        boolean doubt = before;
        for (int attempt = 1; ; attempt++) {
            try {
                return placed(key, order, client.data(call));
            } catch (PstnException e) {
                doubt |= e.effect() != Effect.NONE;
                Duration pause = e.retryAfter().orElse(WAITING);
                if (attempt == MOST_ATTEMPTS || !mayPass(e) || !isRecognised(order, pause)) {
                    return failed(operation, key, order, doubt, e);
                }
                pause(pause);
            }
        }
    }

    private static boolean mayPass(PstnException e) {
        return e.effect() == Effect.UNKNOWN || e instanceof ProviderUnavailable || e instanceof Throttled;
    }

    private Call failed(String operation, String key, Order order, boolean doubt, PstnException e) {
        Optional<String> told = engine.find(key).map(state -> state.callId);
        if (told.isPresent()) {
            return call(told.get());
        } else if (!doubt) {
            engine.store().forget(client.id(), key);
            throw e;
        }
        return find(order)
                .map(found -> placed(key, order, found))
                .orElseThrow(() -> inDoubt(key, order, e.effect() == Effect.UNKNOWN ? e : doubt(operation, e)));
    }

    private PstnException inDoubt(String key, Order order, PstnException e) {
        Optional<FlowState> unused = engine.step(key, client.clock().instant(), () -> null, turn -> {
            boolean doubtful = turn.state().callId == null && new Happening(turn).doubtful(order);
            return released(turn.state()) || doubtful;
        });
        return e;
    }

    // From now on others may send the call's commands.
    private static boolean released(FlowState state) {
        boolean held = PLACING.equals(state.sender);
        if (held) {
            state.sender = null;
        }
        return held;
    }

    private Call placed(String key, Order order, Fields ids) {
        FlowState state = engine.step(key, client.clock().instant(), () -> null, turn -> {
                    boolean changed = new Happening(turn).sent(order, ids);
                    return released(turn.state()) || changed;
                })
                .orElseThrow();
        return call(state.callId == null ? ids.requireText("call_control_id") : state.callId);
    }

    /** The command was given before: its call, or what became of it. */
    private Call again(String operation, String key, CallRequest request) {
        for (int i = 0; i < MOST_WAITS; i++) {
            Optional<FlowState> known = engine.find(key);
            if (known.isEmpty()) {
                return place(operation, request);
            }
            FlowState state = known.get();
            if (state.callId != null) {
                return call(state.callId);
            } else if (state.isOver()) {
                engine.store().forget(client.id(), key);
                return place(operation, request);
            } else if (state.doubtful || state.senderUntil <= client.clock().millis()) {
                return lookUp(operation, key, state);
            }
            pause(WAITING);
        }
        throw doubt(operation, null);
    }

    private Call lookUp(String operation, String key, FlowState state) {
        Order order = state.outbox.get(0);
        Optional<Fields> found = find(order);
        if (found.isPresent()) {
            return placed(key, order, found.get());
        }
        if (isRecognised(order, Duration.ZERO)) {
            return send(operation, key, state, true);
        }
        throw doubt(operation, null);
    }

    // Whether Telnyx would still know the command again after this pause.
    private boolean isRecognised(Order order, Duration pause) {
        return Instant.ofEpochMilli(order.since())
                .plus(FlowEngine.RECOGNISED)
                .isAfter(client.clock().instant().plus(pause));
    }

    private ProviderUnavailable doubt(String operation, @Nullable PstnException cause) {
        return new ProviderUnavailable(
                Failure.of(
                        client.id(),
                        operation,
                        Effect.UNKNOWN,
                        "the answer to this command was lost, and no call of it is found"),
                cause);
    }

    private void pause(Duration length) {
        try {
            client.settings().sleeper().sleep(length);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while another node places the call", e);
        }
    }

    /** Finds a call by what we gave it, among those that go on. */
    private Optional<Fields> find(Order order) {
        String carried = order.body().path("client_state").asText();
        String after = null;
        for (int page = 0; page < MOST_PAGES; page++) {
            HttpCall list = HttpCall.of(
                            "call.look-up",
                            "GET",
                            "connections",
                            String.valueOf(client.settings().connection()),
                            "active_calls")
                    .query("page[limit]", Integer.toString(PAGE));
            Fields reply;
            try {
                reply = client.send(after == null ? list : list.query("page[after]", after))
                        .fields();
            } catch (PstnException e) {
                return Optional.empty();
            }
            for (Fields call : reply.list("data")) {
                if (call.text("client_state").equals(Optional.of(carried))) {
                    return Optional.of(call);
                }
            }
            after = next(reply);
            if (after == null) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static @Nullable String next(Fields reply) {
        return reply.object("meta")
                .flatMap(meta -> meta.object("cursors"))
                .flatMap(cursors -> cursors.text("after"))
                .orElse(null);
    }

    private Call call(String id) {
        return new Call(new CallRef(client.id(), id), Call.Status.QUEUED, "accepted");
    }

    private FlowState first(String key, CallRequest request, String digest) {
        FlowState state = new FlowState();
        state.key = key;
        state.outbound = true;
        state.digest = digest;
        state.command = request.commandId().value();
        state.tenant = request.tenant().value();
        state.from = request.callerId().e164();
        state.to = request.to().address();
        state.began = client.clock().millis();
        state.ringUntil = state.began + request.ringFor().toMillis();
        state.longest = request.longest() == null ? null : request.longest().toMillis();
        state.onAnswer = engine.desk().json().flows().write(request.onAnswer());
        state.answered = true;
        return state;
    }

    private ObjectNode body(CallRequest request, Turn turn) {
        ObjectNode body = turn.body()
                .put("connection_id", client.settings().connection())
                .put("to", Dials.address(request.to(), engine.desk().sipDomain()))
                .put("from", request.callerId().e164())
                .put("timeout_secs", Dials.seconds(request.ringFor(), Duration.ofSeconds(5)));
        if (request.longest() != null) {
            body.put("time_limit_secs", Dials.seconds(request.longest(), Duration.ofSeconds(30)));
        }
        if (request.detectMachine()) {
            body.put("answering_machine_detection", "premium");
        }
        String webhooks = engine.desk().webhooks();
        if (webhooks != null) {
            body.put("webhook_url", webhooks).put("webhook_url_method", "POST");
        }
        return body;
    }

    static String key(CommandId command) {
        return "p:" + hash(command.value());
    }

    private String digest(CallRequest request) {
        return hash(String.join(
                "|",
                request.tenant().value(),
                request.callerId().e164(),
                request.to().address(),
                request.ringFor().toString(),
                String.valueOf(request.longest()),
                Boolean.toString(request.detectMachine()),
                engine.desk().json().flows().write(request.onAnswer()).toString()));
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
