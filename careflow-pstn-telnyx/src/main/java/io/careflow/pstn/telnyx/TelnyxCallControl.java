package io.careflow.pstn.telnyx;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.careflow.pstn.CommandId;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.call.control.Call;
import io.careflow.pstn.call.control.CallControl;
import io.careflow.pstn.call.control.CallRequest;
import io.careflow.pstn.error.Conflict;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.Failure;
import io.careflow.pstn.error.NotFound;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.error.UnsupportedFeature;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.flow.FlowSupport;
import io.careflow.pstn.flow.SendDigits;
import io.careflow.pstn.http.Fields;
import io.careflow.pstn.http.HttpCall;
import io.careflow.pstn.http.Reads;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Calls over Telnyx's Call Control (https://developers.telnyx.com/docs/voice/programmable-voice). Every command carries a {@code
 * command_id}, which Telnyx knows again for 60 seconds. Thread-safe.
 */
final class TelnyxCallControl implements CallControl {
    private static final Set<CallRequest.Feature> FEATURES =
            EnumSet.of(CallRequest.Feature.LONGEST, CallRequest.Feature.MACHINE_DETECTION);
    private static final String PLACE = "call.place";
    private static final String REDIRECT = "call.redirect";
    private static final String JOIN = "call.join";
    private static final String SEND_DIGITS = "call.send-digits";
    private static final String HANG_UP = "call.hang-up";

    private final FlowEngine engine;
    private final TelnyxClient client;
    private final Placing placing;
    private final boolean heard;

    /** Calls whose webhooks somebody takes. */
    TelnyxCallControl(FlowEngine engine) {
        this(engine, true);
    }

    /** @param heard whether somebody takes the webhooks of calls that are placed, so that their flows run */
    TelnyxCallControl(FlowEngine engine, boolean heard) {
        this.engine = engine;
        this.heard = heard;
        this.client = engine.client();
        this.placing = new Placing(engine);
    }

    @Override
    public FlowSupport flows() {
        return engine.desk().checks().support();
    }

    @Override
    public void check(CallRequest request) {
        FlowChecks checks = engine.desk().checks();
        CallFlow unused = checks.require(request.onAnswer());
        request.requireOnly(client.id(), FEATURES, options());
        checks.require(PLACE, request.to());
        if (request.longest() != null) {
            checks.requireLength(PLACE, request.longest());
        }
        if (client.settings().connection() == null) {
            throw new UnsupportedFeature(
                    client.id(), PLACE, "placing calls without an application", List.of("calls of connection(...)"));
        }
        if (!heard) {
            throw new UnsupportedFeature(
                    client.id(),
                    PLACE,
                    "placing calls whose webhooks nobody takes, so that their flow never runs",
                    List.of("calls of a provider with publicKey(...)", "a flow store shared with one"));
        }
    }

    @Override
    public Call place(CallRequest request) {
        return place(PLACE, request);
    }

    Call place(String operation, CallRequest request) {
        check(request);
        return placing.place(operation, request);
    }

    @Override
    public void redirect(CallRef call, CallFlow flow) {
        redirect(call, flow, null);
    }

    @Override
    public void redirect(CommandId command, CallRef call, CallFlow flow) {
        redirect(call, flow, command);
    }

    private void redirect(CallRef call, CallFlow flow, @Nullable CommandId command) {
        CallFlow checked = engine.desk().checks().require(flow);
        String key = engine.keyOf(call.id());
        Instant now = client.clock().instant();
        if (engine.find(key).isEmpty()) {
            Reads.before(REDIRECT, () -> requireAlive(REDIRECT, call));
        }
        engine.told(REDIRECT, key, now, () -> adopted(call, now), turn -> {
            FlowState state = turn.state();
            if (state.isOver()) {
                throw over(REDIRECT, call);
            }
            if (command != null && !state.isNewCommand(command.value())) {
                return false;
            }
            if (state.outbound && state.answeredAt == null) {
                state.onAnswer = engine.desk().json().flows().write(checked);
                return true;
            }
            turn.performing().stop();
            turn.runner().redirect(checked, now);
            return true;
        });
    }

    // A call whose beginning we did not see: one that was there before us.
    private FlowState adopted(CallRef call, Instant now) {
        FlowState state = new FlowState();
        state.key = call.id();
        state.callId = call.id();
        state.began = now.toEpochMilli();
        state.answeredAt = now.toEpochMilli();
        state.answered = true;
        return state;
    }

    private boolean requireAlive(String operation, CallRef call) {
        Fields fields = client.data(HttpCall.of(operation, "GET", "calls", call.id()));
        if (!fields.bool("is_alive").orElse(false)) {
            throw over(operation, call);
        }
        return true;
    }

    @Override
    public void join(CallRef one, CallRef other) {
        join(one, other, random());
    }

    @Override
    public void join(CommandId command, CallRef one, CallRef other) {
        join(one, other, command.value());
    }

    private void join(CallRef one, CallRef other, String command) {
        if (one.equals(other)) {
            throw conflict(JOIN, "call " + one + " cannot be joined with itself");
        }
        requireAlone(one);
        requireAlone(other);
        ObjectNode body = client.object()
                .put("call_control_id", other.id())
                .put("prevent_double_bridge", true)
                .put("command_id", command);
        act(JOIN, one, "bridge", body);
        joined(one, other);
        joined(other, one);
    }

    private void joined(CallRef call, CallRef other) {
        Optional<FlowState> unused =
                engine.step(engine.keyOf(call.id()), client.clock().instant(), () -> null, turn -> {
                    turn.stays().joined(other.id());
                    return true;
                });
    }

    private void requireAlone(CallRef call) {
        Optional<FlowState> known = engine.find(engine.keyOf(call.id()));
        if (known.isEmpty()) {
            return;
        }
        FlowState state = known.get();
        if (state.isOver()) {
            throw over(JOIN, call);
        } else if (state.answeredAt == null) {
            throw conflict(JOIN, "call " + call + " is not answered");
        }
        boolean joined = state.staying != null && !state.staying.kind.equals(Stays.QUEUE);
        boolean talking = state.dialling != null && state.dialling.winner != 0;
        if (joined || talking) {
            throw conflict(JOIN, "call " + call + " is talking with somebody already");
        }
    }

    @Override
    public void sendDigits(CallRef call, String digits) {
        sendDigits(call, digits, random());
    }

    @Override
    public void sendDigits(CommandId command, CallRef call, String digits) {
        sendDigits(call, digits, command.value());
    }

    private void sendDigits(CallRef call, String digits, String command) {
        SendDigits checked = new SendDigits(digits);
        act(
                SEND_DIGITS,
                call,
                "send_dtmf",
                client.object().put("digits", checked.digits()).put("command_id", command));
    }

    @Override
    public void hangUp(CallRef call, HangupCause cause) {
        end(HANG_UP, call, cause);
    }

    void end(String operation, CallRef call, HangupCause cause) {
        String key = engine.keyOf(call.id());
        Optional<FlowState> known = engine.find(key);
        if (known.isPresent()) {
            engine.told(operation, key, client.clock().instant(), () -> null, turn -> {
                boolean first = turn.state().ending == null && !turn.state().isOver();
                turn.state().calleeLeft = false;
                turn.performing().hangUp(turn.state().number, cause);
                return first;
            });
            return;
        }
        try {
            act(operation, call, "hangup", client.object().put("command_id", random()));
        } catch (NotFound e) {
            // It is over already.
        }
    }

    @Override
    public Optional<Call> fetch(CallRef call) {
        return client.find(HttpCall.of("call.fetch", "GET", "calls", call.id())).map(fields -> {
            boolean alive = fields.bool("is_alive").orElse(false);
            String raw = alive ? "alive" : "ended";
            return new Call(call, alive ? status(call) : Call.Status.ENDED, raw);
        });
    }

    // Telnyx says only whether the call is alive.
    private Call.Status status(CallRef call) {
        return engine.find(engine.keyOf(call.id()))
                .map(state -> state.answeredAt == null ? Call.Status.RINGING : Call.Status.ANSWERED)
                .orElse(Call.Status.OTHER);
    }

    private void act(String operation, CallRef call, String action, ObjectNode body) {
        HttpCall post = HttpCall.of(operation, "POST", "calls", call.id(), "actions", action);
        try {
            Fields unused = client.data(client.with(post, body).idempotent());
        } catch (PstnException e) {
            throw Sender.isGone(e) && !(e instanceof NotFound) ? new NotFound(e.failure(), e) : e;
        }
    }

    private String random() {
        return new UUID(
                        client.settings().random().nextLong(),
                        client.settings().random().nextLong())
                .toString();
    }

    private NotFound over(String operation, CallRef call) {
        return new NotFound(Failure.of(client.id(), operation, Effect.NONE, "call " + call + " is over"));
    }

    private Conflict conflict(String operation, String reason) {
        return new Conflict(Failure.of(client.id(), operation, Effect.NONE, reason));
    }
}
