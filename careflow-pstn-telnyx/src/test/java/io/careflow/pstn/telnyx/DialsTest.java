package io.careflow.pstn.telnyx;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.call.Disposition;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.call.ReleasedBy;
import io.careflow.pstn.event.CallAnswered;
import io.careflow.pstn.event.CallEnded;
import io.careflow.pstn.event.DialEnded;
import io.careflow.pstn.event.LegAnswered;
import io.careflow.pstn.event.LegDialled;
import io.careflow.pstn.event.LegEnded;
import io.careflow.pstn.event.LegRinging;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.flow.Continuation;
import io.careflow.pstn.flow.Dial;
import io.careflow.pstn.tck.FakeReply;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Ringing somebody, as commands and events. */
class DialsTest {
    private static final Dial DESK = Dial.to(List.of(Destination.sip("sip:1001")), Continuation.named("rung"));
    private static final Dial TWO = Dial.to(
            List.of(Destination.sip("sip:1001"), Destination.number(new PhoneNumber("+18195550177"))),
            Continuation.named("rung"));

    private final FlowScene scene = new FlowScene();

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    @DisplayName("a leg is dialled with our application, the caller's number and a link to the call")
    void wire() {
        ringing(DESK.ringingFor(Duration.ofSeconds(3)).talkingAtMost(Duration.ofSeconds(20)));
        JsonNode body = scene.bodies("/calls").get(0);
        assertThat(body.path("connection_id").asText()).isEqualTo(FlowScene.APPLICATION);
        assertThat(body.path("to").asText()).isEqualTo("sip:1001@sip.telnyx.com");
        assertThat(body.path("from").asText()).isEqualTo(FlowScene.CALLER);
        assertThat(body.path("link_to").asText()).isEqualTo(FlowScene.CALL);
        assertThat(body.path("timeout_secs").asInt())
                .as("Telnyx rings for 5 at least")
                .isEqualTo(5);
        assertThat(body.path("time_limit_secs").asInt())
                .as("and limits to 30 at least")
                .isEqualTo(30);
        assertThat(FlowScene.decoded(body)).isEqualTo("cf1|" + FlowScene.CALL + "|1|1|0");
    }

    @Test
    @DisplayName("the number that the flow says is shown")
    void callerId() {
        ringing(DESK.showing(new PhoneNumber("+18195550111")));
        assertThat(scene.bodies("/calls").get(0).path("from").asText()).isEqualTo("+18195550111");
    }

    @Test
    @DisplayName(
            "a caller who was not answered yet is answered when the phone is, then both are bridged and the caller stays")
    void answeredThenBridged() {
        FlowEngine engine = ringing(DESK);
        engine.happened(scene.ofLeg(1, "call.initiated"));
        scene.passes(Duration.ofSeconds(2));
        engine.happened(scene.ofLeg(1, "call.answered"));
        assertThat(scene.sent()).containsExactly("calls", "answer");
        engine.happened(scene.ofCall("call.answered"));
        assertThat(scene.sent()).containsExactly("calls", "answer", "bridge");
        JsonNode bridge = scene.body("bridge");
        assertThat(bridge.path("call_control_id").asText()).isEqualTo("v3:leg-1");
        assertThat(bridge.path("park_after_unbridge").asText()).isEqualTo("self");
        assertThat(bridge.path("prevent_double_bridge").asBoolean()).isTrue();
        assertThat(scene.told(CallAnswered.class)).hasSize(1);
        assertThat(Duration.between(
                        scene.told(LegRinging.class).get(0).occurredAt(),
                        scene.told(LegAnswered.class).get(0).occurredAt()))
                .isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    @DisplayName("a caller who was answered before hears ringing until somebody answers")
    void ringback() {
        FlowEngine engine = scene.answering(
                        CallFlow.start().say("Wait.", Locale.ENGLISH).dial(DESK))
                .answered();
        engine.happened(scene.ofCall("call.speak.ended"));
        JsonNode tone = scene.body("playback_start");
        assertThat(tone.path("loop").asText()).isEqualTo("infinity");
        assertThat(tone.path("audio_type").asText()).isEqualTo("wav");
        assertThat(java.util.Base64.getDecoder()
                        .decode(tone.path("playback_content").asText()))
                .as("six seconds of 8000 bytes")
                .hasSize(44 + 48_000)
                .startsWith('R', 'I', 'F', 'F');
        assertThat(tone.has(Sender.RINGBACK)).isFalse();
        engine.happened(scene.ofLeg(1, "call.answered"));
        assertThat(scene.sent()).endsWith("calls", "playback_stop", "bridge");
    }

    @Test
    @DisplayName("the callee hangs up: the flow goes on, and the call was ended by them")
    void calleeHangsUp() {
        FlowEngine engine = talking();
        engine.happened(scene.ofLeg(
                1,
                "call.hangup",
                "hangup_cause",
                "normal_clearing",
                "hangup_source",
                "callee",
                "sip_hangup_cause",
                "200"));
        DialEnded over = scene.told(DialEnded.class).get(0);
        assertThat(over.result()).isEqualTo(Disposition.ANSWERED);
        assertThat(scene.sent()).endsWith("hangup");
        engine.happened(scene.ofCall("call.hangup", "hangup_cause", "normal_clearing", "hangup_source", "callee"));
        assertThat(scene.told(CallEnded.class).get(0).releasedBy()).isEqualTo(ReleasedBy.CALLEE);
    }

    @Test
    @DisplayName("the caller hangs up: whichever end comes first, no dial ended and the caller released the call")
    void callerHangsUp() {
        FlowEngine engine = talking();
        engine.happened(scene.ofLeg(
                1,
                "call.hangup",
                "hangup_cause",
                "normal_clearing",
                "hangup_source",
                "caller",
                "sip_hangup_cause",
                "200"));
        engine.happened(scene.ofCall("call.hangup", "hangup_cause", "normal_clearing", "hangup_source", "caller"));
        assertThat(scene.told(DialEnded.class)).isEmpty();
        assertThat(scene.told(LegEnded.class)).hasSize(1);
        assertThat(scene.told(CallEnded.class).get(0).releasedBy()).isEqualTo(ReleasedBy.CALLER);
    }

    @Test
    @DisplayName("a leg that ended for a reason unknown, while the call goes on: the flow goes on a moment later")
    void legEndsWithoutSource() {
        FlowEngine engine = talking();
        engine.happened(scene.ofLeg(1, "call.hangup", "hangup_cause", "normal_clearing", "hangup_source", "unknown"));
        assertThat(scene.told(DialEnded.class)).isEmpty();
        scene.passes(Duration.ofSeconds(2));
        assertThat(scene.told(DialEnded.class)).hasSize(1);
    }

    @Test
    @DisplayName("of two legs the first that answers wins, the other is let go")
    void firstWins() {
        FlowEngine engine = ringing(TWO);
        engine.happened(scene.ofLeg(2, "call.answered"));
        engine.happened(scene.ofLeg(1, "call.answered"));
        engine.happened(scene.ofCall("call.answered"));
        assertThat(scene.body("bridge").path("call_control_id").asText()).isEqualTo("v3:leg-2");
        assertThat(hungUp()).containsExactly("v3:leg-1");
        assertThat(scene.told(LegAnswered.class)).hasSize(1);
        assertThat(scene.told(LegEnded.class).get(0).cause()).isEqualTo(HangupCause.ANSWERED_ELSEWHERE);
    }

    @Test
    @DisplayName("all legs fail: a person who was reached decides, not a phone that was not")
    void allFail() {
        FlowEngine engine = ringing(TWO);
        engine.happened(scene.ofLeg(1, "call.hangup", "hangup_cause", "not_found", "sip_hangup_cause", "480"));
        assertThat(scene.told(DialEnded.class)).isEmpty();
        engine.happened(scene.ofLeg(2, "call.hangup", "hangup_cause", "user_busy", "sip_hangup_cause", "486"));
        assertThat(scene.told(DialEnded.class).get(0).result()).isEqualTo(Disposition.BUSY);
        assertThat(scene.told(LegEnded.class))
                .extracting(leg -> leg.cause().q850())
                .containsExactly(20, 17);
    }

    @Test
    @DisplayName("nobody answers: the ring time is ours to the second, also below Telnyx's five")
    void ringTime() {
        ringing(DESK.ringingFor(Duration.ofSeconds(2)));
        scene.passes(Duration.ofMillis(1900));
        assertThat(hungUp()).isEmpty();
        scene.passes(Duration.ofMillis(200));
        assertThat(hungUp()).contains("v3:leg-1");
        assertThat(scene.told(DialEnded.class).get(0).cause()).isEqualTo(HangupCause.NO_ANSWER);
    }

    @Test
    @DisplayName("a talk is cut at its limit, also below Telnyx's thirty seconds")
    void talkLimit() {
        FlowEngine engine = ringing(DESK.talkingAtMost(Duration.ofSeconds(10)));
        engine.happened(scene.ofLeg(1, "call.answered"));
        engine.happened(scene.ofCall("call.answered"));
        scene.passes(Duration.ofSeconds(11));
        assertThat(hungUp()).contains("v3:leg-1");
        assertThat(scene.told(DialEnded.class).get(0).cause()).isEqualTo(HangupCause.TIMER_EXPIRED);
        assertThat(scene.told(DialEnded.class).get(0).result()).isEqualTo(Disposition.ANSWERED);
    }

    @Test
    @DisplayName("a leg that Telnyx refuses to dial has failed; the others ring on")
    void refused() {
        scene.wire.on(
                "POST",
                "/calls",
                FlowScene.refusal(422, "10016"),
                FakeReply.json(200, "{\"data\":" + FlowScene.leg(2) + "}"));
        ringing(TWO);
        assertThat(scene.told(LegEnded.class)).hasSize(1);
        assertThat(scene.told(DialEnded.class)).isEmpty();
    }

    @Test
    @DisplayName("no leg could be dialled: the dial has failed and the flow goes on")
    void allRefused() {
        scene.wire.on("POST", "/calls", FlowScene.refusal(403, "90042"));
        ringing(TWO);
        assertThat(scene.told(DialEnded.class).get(0).result()).isEqualTo(Disposition.FAILED);
    }

    @Test
    @DisplayName("the caller hangs up before Telnyx said which leg it dials: the leg is let go as soon as it is known")
    void goneBeforeTheLegIsKnown() {
        scene.wire.on("POST", "/calls", FakeReply.lost());
        FlowEngine engine = ringing(DESK);
        engine.happened(scene.ofCall("call.hangup", "hangup_cause", "originator_cancel", "hangup_source", "caller"));
        assertThat(hungUp()).isEmpty();
        engine.happened(scene.ofLeg(1, "call.initiated"));
        assertThat(hungUp()).containsExactly("v3:leg-1");
        assertThat(scene.told(LegDialled.class)).hasSize(1);
        assertThat(scene.told(LegEnded.class)).hasSize(1);
    }

    private FlowEngine ringing(Dial dial) {
        FlowEngine engine = scene.answering(CallFlow.start().dial(dial)).node();
        engine.happened(scene.arrives());
        return engine;
    }

    private FlowEngine talking() {
        FlowEngine engine = ringing(DESK);
        engine.happened(scene.ofLeg(1, "call.initiated"));
        engine.happened(scene.ofLeg(1, "call.answered"));
        engine.happened(scene.ofCall("call.answered"));
        return engine;
    }

    private List<String> hungUp() {
        return scene.writes().stream()
                .map(FlowScene::path)
                .filter(path -> path.endsWith("/hangup"))
                .map(path -> path.split("/", -1)[2])
                .filter(call -> !call.equals(FlowScene.CALL))
                .toList();
    }
}
