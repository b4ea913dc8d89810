package io.careflow.pstn.telnyx;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.careflow.pstn.flow.Prompt;
import io.careflow.pstn.tck.CallerAtWork;
import io.careflow.pstn.tck.SimulatedCaller;
import io.careflow.pstn.tck.SimulatedPhone;
import io.careflow.pstn.tck.VirtualTime;
import io.careflow.pstn.telnyx.SimTelnyx.Refused;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One leg at the simulated Telnyx: takes commands, tells what happens. */
final class SimLeg implements CallerAtWork.Line {
    /** How long Telnyx listens before it says who answered. */
    private static final Duration LISTENS = Duration.ofSeconds(3);

    private final SimTelnyx telnyx;
    private final String id;
    private final String uuid;
    private final String session;
    private final String from;
    private final String to;
    private final @Nullable CallerAtWork caller;
    private final SimSounds sounds;
    private final Set<String> done = new HashSet<>();
    private final Instant began;
    private String connection = SimTelnyx.CONNECTION;
    private boolean dialled;
    private String clientState = "";
    private @Nullable Instant answered;
    private @Nullable Instant ended;
    private @Nullable SimLeg partner;
    private @Nullable SimTape tape;
    private Instant speakingUntil;
    private boolean parks;
    private boolean listens;
    private VirtualTime.Timer timer = () -> {};
    private VirtualTime.Timer limit = () -> {};

    SimLeg(SimTelnyx telnyx, String id, String session, String from, String to, @Nullable SimulatedCaller caller) {
        this.telnyx = telnyx;
        this.id = id;
        this.uuid = telnyx.uuid();
        this.session = session;
        this.from = from;
        this.to = to;
        this.began = telnyx.time().now();
        this.speakingUntil = began;
        this.sounds = new SimSounds(this);
        this.caller = caller == null ? null : new CallerAtWork(telnyx.time(), this, caller);
    }

    String id() {
        return id;
    }

    String session() {
        return session;
    }

    String to() {
        return to;
    }

    SimTelnyx telnyx() {
        return telnyx;
    }

    boolean isOver() {
        return ended != null;
    }

    List<Prompt> heard() {
        return sounds.heard();
    }

    Instant speakingUntil() {
        return speakingUntil;
    }

    VirtualTime.Timer after(Duration delay, Runnable action) {
        return telnyx.time().after(delay, () -> {
            if (ended == null) {
                action.run();
            }
        });
    }

    /** It is dialled by a phone of this connection. */
    void parkedAt(String value) {
        connection = value;
        dialled = true;
    }

    /** A call that somebody makes to us. */
    void arrive() {
        if (caller != null) {
            caller.begin();
        }
        tell(
                "call.initiated",
                whole().put("direction", dialled ? "outgoing" : "incoming").put("state", "parked"));
    }

    /** A leg that we dial. */
    void dialled(JsonNode order, Duration ring, Duration longest) {
        listens = order.path("answering_machine_detection").asText().equals("premium");
        clientState(order);
        tell("call.initiated", whole().put("direction", "outgoing").put("state", "bridging"));
        SimulatedPhone phone = telnyx.phone(to);
        limit = after(ring, () -> end("timeout", "unknown", "unspecified"));
        switch (phone.reaction()) {
            case FAILS -> timer = after(Duration.ZERO, () -> fails(phone));
            case DECLINES -> timer = after(phone.after(), () -> fails(phone));
            case ANSWERS -> timer = after(phone.after(), () -> picksUp(phone, longest));
            case RINGS -> timer = () -> {};
        }
    }

    /** What a GET says. */
    ObjectNode described() {
        return telnyx.object()
                .put("record_type", "call")
                .put("call_control_id", id)
                .put("call_leg_id", uuid)
                .put("call_session_id", session)
                .put("is_alive", answered != null && ended == null)
                .put("client_state", clientState);
    }

    /** Carries a command out, once. */
    void command(String action, JsonNode body) {
        if (ended != null) {
            throw Refused.call("90018");
        }
        String command = body.path("command_id").asText();
        if (!command.isEmpty() && done.contains(command)) {
            return;
        }
        if (!Set.of("answer", "reject", "hangup", "client_state_update").contains(action) && answered == null) {
            throw Refused.call("90034");
        }
        carryOut(action, body);
        clientState(body);
        done.add(command);
    }

    private void carryOut(String action, JsonNode body) {
        switch (action) {
            case "answer" -> answer();
            case "reject" -> reject(body);
            case "hangup" -> later(this::hangUp);
            case "client_state_update" -> SimTelnyx.require(body, "client_state");
            case "bridge" -> bridge(body);
            case "record_start" -> record(body);
            case "record_stop" -> stopRecording();
            case "send_dtmf" -> SimTelnyx.require(body, "digits");
            case "transcription_start", "transcription_stop" -> {
                // Nobody speaks clearly enough in these stories.
            }
            default -> sounds.command(action, body);
        }
    }

    @Override
    public void key(char key) {
        if (answered != null && ended == null) {
            tell("call.dtmf.received", whole().put("digit", String.valueOf(key)));
            sounds.key(key);
        }
    }

    @Override
    public void speaking(Instant until) {
        speakingUntil = until;
        if (tape != null) {
            tape.speaking();
        }
    }

    @Override
    public void personHangsUp() {
        String source = caller == null ? "callee" : "caller";
        end(answered == null ? "originator_cancel" : "normal_clearing", source, answered == null ? "487" : "200");
    }

    @Override
    public boolean isTalking() {
        return partner != null;
    }

    void requireAnswered() {
        if (ended != null) {
            throw Refused.call("90018");
        } else if (answered == null) {
            throw Refused.call("90034");
        }
    }

    /** What every event of this leg says. */
    ObjectNode common() {
        ObjectNode payload = telnyx.object()
                .put("call_control_id", id)
                .put("call_leg_id", uuid)
                .put("call_session_id", session)
                .put("connection_id", connection);
        return clientState.isEmpty() ? payload.putNull("client_state") : payload.put("client_state", clientState);
    }

    void tell(String type, ObjectNode payload) {
        telnyx.tell(type, payload);
    }

    private ObjectNode whole() {
        return common().put("from", from).put("to", to).put("start_time", began.toString());
    }

    private void clientState(JsonNode body) {
        String given = body.path("client_state").asText();
        if (!given.isEmpty()) {
            try {
                byte[] unused = Base64.getDecoder().decode(given);
            } catch (IllegalArgumentException e) {
                throw Refused.call("90017");
            }
            clientState = given;
        }
    }

    private void answer() {
        if (caller == null) {
            throw Refused.call("90102");
        }
        if (answered == null) {
            answered = telnyx.time().now();
            later(() -> tell("call.answered", whole().put("state", "answered")));
        }
    }

    private void reject(JsonNode body) {
        String cause = body.path("cause").asText();
        if (!Set.of("CALL_REJECTED", "USER_BUSY").contains(cause)) {
            throw Refused.call("10032");
        }
        if (answered != null || caller == null || dialled) {
            throw Refused.call("10015");
        }
        boolean busy = cause.equals("USER_BUSY");
        later(() -> end(busy ? "user_busy" : "call_rejected", "callee", busy ? "486" : "603"));
    }

    private void hangUp() {
        boolean talked = answered != null;
        String source = caller == null || dialled ? "caller" : "callee";
        end(talked ? "normal_clearing" : "originator_cancel", source, talked ? "200" : "487");
    }

    private void picksUp(SimulatedPhone phone, Duration longest) {
        answered = telnyx.time().now();
        limit.cancel();
        tell("call.answered", whole().put("state", "answered"));
        if (listens) {
            VirtualTime.Timer unused = after(LISTENS, () -> detected(phone));
        }
        limit = after(longest, () -> end("time_limit", "unknown", "200"));
        if (phone.hangsUpAfter() != null) {
            timer = after(phone.hangsUpAfter(), this::personHangsUp);
        }
    }

    /** In the background, while the call goes on. */
    private void detected(SimulatedPhone phone) {
        tell(
                "call.machine.premium.detection.ended",
                whole().put("result", phone.machine() ? "machine" : "human_residence"));
    }

    private void fails(SimulatedPhone phone) {
        Integer sip = phone.cause().sipStatus();
        switch (phone.cause().q850()) {
            case 17 -> end("user_busy", "callee", "486");
            case 20 -> end("not_found", "unknown", "480");
            case 21 -> end("call_rejected", "callee", sip == null ? "603" : sip.toString());
            case 38 -> end("unspecified", "unknown", "502");
            default -> end("not_found", "unknown", "404");
        }
    }

    private void bridge(JsonNode body) {
        SimTelnyx.require(body, "call_control_id");
        SimLeg other = telnyx.leg(body.path("call_control_id").asText());
        if (other.ended != null) {
            throw Refused.call("90018");
        } else if (other.answered == null) {
            throw Refused.call("90034");
        } else if (body.path("prevent_double_bridge").asBoolean() && other.partner != null) {
            throw Refused.call("90044");
        }
        parks = body.path("park_after_unbridge").asText().equals("self");
        partner = other;
        other.partner = this;
        later(() -> tell("call.bridged", whole()));
        other.later(() -> other.tell("call.bridged", other.whole()));
        for (SimLeg each : List.of(this, other)) {
            if (each.caller != null) {
                each.caller.talking();
            }
        }
    }

    private void record(JsonNode body) {
        SimTelnyx.require(body, "format", "channels");
        if (tape == null) {
            tape = new SimTape(this, body, () -> tape = null);
        }
    }

    private void stopRecording() {
        if (tape != null) {
            tape.stop();
        }
    }

    private void later(Runnable action) {
        VirtualTime.Timer unused = after(Duration.ZERO, action);
    }

    private void end(String cause, String source, String sip) {
        if (ended != null) {
            return;
        }
        ended = telnyx.time().now();
        timer.cancel();
        limit.cancel();
        if (caller != null) {
            caller.gone();
        }
        sounds.gone();
        SimLeg other = partner;
        partner = null;
        stopRecording();
        telnyx.leaves(this);
        tell(
                "call.hangup",
                whole().put("hangup_cause", cause)
                        .put("hangup_source", source)
                        .put("sip_hangup_cause", sip)
                        .put("end_time", ended.toString())
                        .putNull("call_quality_stats"));
        ObjectNode cost = common().put("status", "success").put("total_cost", "0.0051");
        cost.putArray("cost_parts")
                .addObject()
                .put("call_part", "call-control")
                .put("cost", "5.1E-3")
                .put("currency", "USD");
        VirtualTime.Timer unused = telnyx.time().after(Duration.ofSeconds(2), () -> tell("call.cost", cost));
        if (other != null) {
            other.left();
        }
    }

    /** The other one hung up. */
    private void left() {
        partner = null;
        if (parks) {
            parks = false;
        } else {
            String source = caller == null ? "caller" : "callee";
            end("normal_clearing", source, "200");
        }
    }
}
