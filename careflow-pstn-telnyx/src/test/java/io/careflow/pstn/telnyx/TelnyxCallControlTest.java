package io.careflow.pstn.telnyx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.careflow.pstn.CommandId;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.call.CallNote;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.call.ReleasedBy;
import io.careflow.pstn.call.control.Call;
import io.careflow.pstn.call.control.CallRequest;
import io.careflow.pstn.error.Conflict;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.InvalidRequest;
import io.careflow.pstn.error.NotFound;
import io.careflow.pstn.error.ProviderUnavailable;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.error.UnsupportedFeature;
import io.careflow.pstn.event.CallAnswered;
import io.careflow.pstn.event.CallEnded;
import io.careflow.pstn.event.CallNoted;
import io.careflow.pstn.event.LegAnswered;
import io.careflow.pstn.event.LegDialled;
import io.careflow.pstn.event.LegEnded;
import io.careflow.pstn.event.OutboundCall;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.flow.Continuation;
import io.careflow.pstn.flow.Dial;
import io.careflow.pstn.tck.FakeReply;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Placing and steering calls. */
class TelnyxCallControlTest {
    private static final CallFlow HELLO =
            CallFlow.start().say("Hello.", Locale.ENGLISH).hangUp();
    private static final CommandId COMMAND = new CommandId("order-17");
    private static final CallRequest REQUEST = CallRequest.of(
            COMMAND,
            new PhoneNumber(FlowScene.OUR_NUMBER),
            Destination.number(new PhoneNumber(FlowScene.CALLER)),
            HELLO);
    private static final String LEG = "v3:leg-1";
    private static final CallRef PLACED = new CallRef(FlowScene.TELNYX, LEG);
    private static final CallRef ARRIVED = new CallRef(FlowScene.TELNYX, FlowScene.CALL);

    private final FlowScene scene = new FlowScene();

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    @DisplayName("a call is placed by one POST, and its flow begins once it is answered")
    void place() {
        FlowEngine engine = scene.node();
        Call call = new TelnyxCallControl(engine)
                .place(REQUEST.ringingFor(Duration.ofSeconds(20))
                        .lastingAtMost(Duration.ofMinutes(5))
                        .detectingMachines());
        assertThat(call).isEqualTo(new Call(PLACED, Call.Status.QUEUED, "accepted"));
        JsonNode body = scene.body("calls");
        assertThat(body.path("connection_id").asText()).isEqualTo(FlowScene.APPLICATION);
        assertThat(body.path("to").asText()).isEqualTo(FlowScene.CALLER);
        assertThat(body.path("from").asText()).isEqualTo(FlowScene.OUR_NUMBER);
        assertThat(body.path("timeout_secs").asInt()).isEqualTo(20);
        assertThat(body.path("time_limit_secs").asInt()).isEqualTo(300);
        assertThat(body.path("answering_machine_detection").asText()).isEqualTo("premium");
        assertThat(body.path("command_id").asText()).hasSize(36);
        engine.happened(scene.ofLeg(1, "call.initiated", "direction", "outgoing"));
        engine.happened(scene.ofLeg(1, "call.answered"));
        assertThat(scene.sent()).containsExactly("calls", "speak");
        engine.happened(scene.ofLeg(1, "call.hangup", "hangup_cause", "normal_clearing", "hangup_source", "callee"));
        assertThat(scene.told)
                .extracting(event -> event.getClass().getSimpleName())
                .contains("LegRinging");
        assertThat(scene.told(OutboundCall.class)).hasSize(1);
        assertThat(scene.told(LegDialled.class)).hasSize(1);
        assertThat(scene.told(CallAnswered.class)).hasSize(1);
        assertThat(scene.told(LegAnswered.class)).hasSize(1);
        assertThat(scene.told(LegEnded.class)).hasSize(1);
        assertThat(scene.told(CallEnded.class).get(0).releasedBy()).isEqualTo(ReleasedBy.CALLEE);
    }

    @Test
    @DisplayName("the note of a flow is told once, when the call is placed")
    void note() {
        FlowEngine engine = scene.node();
        CallRequest noted =
                CallRequest.of(COMMAND, REQUEST.callerId(), REQUEST.to(), HELLO.noting(CallNote.NONE.withUser("u1")));
        Call unused = new TelnyxCallControl(engine).place(noted);
        engine.happened(scene.ofLeg(1, "call.answered"));
        assertThat(scene.told(CallNoted.class)).hasSize(1);
    }

    @Test
    @DisplayName("the same command again, also at another node and after Telnyx's minute, is the same call")
    void sameCommand() {
        Call first = new TelnyxCallControl(scene.node()).place(REQUEST);
        scene.passes(Duration.ofMinutes(10));
        assertThat(new TelnyxCallControl(scene.node()).place(REQUEST)).isEqualTo(first);
        assertThat(scene.bodies("/calls")).hasSize(1);
        assertThat(scene.told(OutboundCall.class)).hasSize(1);
    }

    @Test
    @DisplayName("the same command at two nodes at once places one call")
    void twoNodes() throws Exception {
        CountDownLatch told = new CountDownLatch(1);
        scene.telling = event -> told.countDown();
        scene.sleeper = pause -> assertThat(told.await(5, TimeUnit.SECONDS)).isTrue();
        TelnyxCallControl one = new TelnyxCallControl(scene.node());
        TelnyxCallControl two = new TelnyxCallControl(scene.node());
        ExecutorService threads = Executors.newFixedThreadPool(2);
        Future<Call> first = threads.submit(() -> one.place(REQUEST));
        Future<Call> second = threads.submit(() -> two.place(REQUEST));
        assertThat(first.get()).isEqualTo(second.get());
        threads.shutdown();
        assertThat(scene.sent()).containsExactly("calls");
    }

    @Test
    @DisplayName("the same command for another request is a conflict, and nothing rings")
    void otherRequest() {
        TelnyxCallControl calls = new TelnyxCallControl(scene.node());
        Call unused = calls.place(REQUEST);
        assertThatThrownBy(() -> calls.place(REQUEST.ringingFor(Duration.ofSeconds(7))))
                .isInstanceOf(Conflict.class)
                .hasMessageContaining("order-17");
        assertThat(scene.sent()).containsExactly("calls");
    }

    @Test
    @DisplayName("a call that Telnyx refused did not happen: the command may be given again")
    void refused() {
        scene.wire.on(
                "POST",
                "/calls",
                FlowScene.refusal(422, "10016"),
                FakeReply.json(200, "{\"data\":" + FlowScene.leg(1) + "}"));
        TelnyxCallControl calls = new TelnyxCallControl(scene.node());
        assertThatThrownBy(() -> calls.place(REQUEST))
                .isInstanceOf(InvalidRequest.class)
                .extracting(e -> ((PstnException) e).effect())
                .isEqualTo(Effect.NONE);
        assertThat(calls.place(REQUEST).ref()).isEqualTo(PLACED);
        assertThat(scene.told(OutboundCall.class)).hasSize(1);
    }

    @Test
    @DisplayName(
            "a dial whose answer is lost is found among the active calls of the connection, as GET /calls lists none, by its"
                    + " client_state")
    void lostAnswerFound() {
        scene.wire.on("POST", "/calls", FakeReply.lost());
        scene.wire.on("GET", "/connections/*/active_calls", request -> {
            String state = scene.bodies("/calls").get(0).path("client_state").asText();
            return FakeReply.json(
                    200,
                    "{\"data\":[{\"call_control_id\":\"v3:other\",\"client_state\":\"\"},{\"call_control_id\":\"" + LEG
                            + "\",\"client_state\":\"" + state + "\"}],\"meta\":{\"cursors\":{}}}");
        });
        Call call = new TelnyxCallControl(scene.node()).place(REQUEST);
        assertThat(call.ref()).isEqualTo(PLACED);
        assertThat(scene.writes())
                .extracting(
                        request -> scene.tree(request.body()).path("command_id").asText())
                .as("one command, however often it was sent")
                .containsOnly(scene.body("calls").path("command_id").asText());
    }

    @Test
    @DisplayName("a dial in doubt is said to be, and the same command finds its call later by its first event")
    void lostAnswerFoundLater() {
        scene.wire.on("POST", "/calls", FakeReply.lost());
        scene.wire.on("GET", "/connections/*/active_calls", FakeReply.json(200, "{\"data\":[],\"meta\":{}}"));
        FlowEngine engine = scene.node();
        TelnyxCallControl calls = new TelnyxCallControl(engine);
        assertThatThrownBy(() -> calls.place(REQUEST))
                .isInstanceOf(ProviderUnavailable.class)
                .extracting(e -> ((PstnException) e).effect())
                .isEqualTo(Effect.UNKNOWN);
        int tries = scene.sent().size();
        engine.happened(scene.ofLeg(1, "call.initiated", "direction", "outgoing"));
        assertThat(calls.place(REQUEST).ref()).isEqualTo(PLACED);
        assertThat(scene.sent()).hasSize(tries);
    }

    @Test
    @DisplayName("a dial in doubt for longer than Telnyx recognises it is never sent again")
    void doubtStays() {
        scene.wire.on("POST", "/calls", FakeReply.lost());
        scene.wire.on("GET", "/connections/*/active_calls", FakeReply.json(200, "{\"data\":[],\"meta\":{}}"));
        TelnyxCallControl calls = new TelnyxCallControl(scene.node());
        assertThatThrownBy(() -> calls.place(REQUEST)).isInstanceOf(ProviderUnavailable.class);
        scene.passes(Duration.ofMinutes(3));
        int tries = scene.sent().size();
        scene.passes(Duration.ofMinutes(3));
        assertThatThrownBy(() -> calls.place(REQUEST)).isInstanceOf(ProviderUnavailable.class);
        assertThat(scene.sent()).hasSize(tries);
    }

    @Test
    @DisplayName("a placed call rings for exactly as long as it was asked to")
    void ringTime() {
        FlowEngine engine = scene.node();
        Call unused = new TelnyxCallControl(engine).place(REQUEST.ringingFor(Duration.ofSeconds(2)));
        scene.passes(Duration.ofSeconds(3));
        assertThat(scene.sent()).containsExactly("calls", "hangup");
        engine.happened(scene.ofLeg(1, "call.hangup", "hangup_cause", "originator_cancel", "hangup_source", "caller"));
        assertThat(scene.told(CallEnded.class).get(0).cause()).isEqualTo(HangupCause.NO_ANSWER);
    }

    @Test
    @DisplayName("a call is cut at its longest time, also below Telnyx's thirty seconds")
    void longest() {
        FlowEngine engine = scene.node();
        Call unused = new TelnyxCallControl(engine).place(REQUEST.lastingAtMost(Duration.ofSeconds(5)));
        engine.happened(scene.ofLeg(1, "call.answered"));
        scene.passes(Duration.ofSeconds(6));
        assertThat(scene.sent()).endsWith("hangup");
    }

    @Test
    @DisplayName("what Telnyx cannot do is refused before anything rings, and what can be done is named")
    void refusedBefore() {
        TelnyxCallControl calls = new TelnyxCallControl(scene.node());
        refused(calls, REQUEST.lastingAtMost(Duration.ofHours(5)), "PT4H");
        refused(calls, to(Destination.sip("911")), "emergency");
        refused(
                calls,
                with(CallFlow.start()
                        .say("Saluton.", Locale.forLanguageTag("eo"))
                        .hangUp()),
                "'eo'");
        refused(
                calls,
                with(CallFlow.start().play(java.net.URI.create("sound:hello")).hangUp()),
                "sound:");
        refused(
                calls,
                with(CallFlow.start()
                        .dial(Dial.to(List.of(Destination.sip("1001")), Continuation.named("x"))
                                .talkingAtMost(Duration.ofHours(5)))),
                "PT4H");
        assertThat(scene.writes()).isEmpty();
    }

    @Test
    @DisplayName("a flow that Telnyx can do passes the check, without a request")
    void check() {
        new TelnyxCallControl(scene.node()).check(REQUEST);
        assertThat(scene.wire.requests()).isEmpty();
    }

    @Test
    @DisplayName("redirect: what the call does is stopped, and the other flow runs")
    void redirect() {
        FlowEngine engine = scene.answering(HELLO).answered();
        new TelnyxCallControl(engine).redirect(ARRIVED, say("Other."));
        assertThat(scene.sent()).containsExactly("answer", "speak", "playback_stop", "speak");
        assertThat(scene.body("speak").path("payload").asText()).isEqualTo("Other.");
    }

    @Test
    @DisplayName("redirect with a command: given again, it does nothing")
    void redirectOnce() {
        TelnyxCallControl calls = new TelnyxCallControl(scene.answering(HELLO).answered());
        calls.redirect(COMMAND, ARRIVED, say("Other."));
        calls.redirect(COMMAND, ARRIVED, say("Other."));
        assertThat(scene.sent()).containsExactly("answer", "speak", "playback_stop", "speak");
    }

    @Test
    @DisplayName("redirect of a call that is over is not found")
    void redirectOver() {
        FlowEngine engine = scene.answering(HELLO).answered();
        engine.happened(scene.ofCall("call.hangup", "hangup_cause", "normal_clearing", "hangup_source", "caller"));
        TelnyxCallControl calls = new TelnyxCallControl(engine);
        assertThatThrownBy(() -> calls.redirect(ARRIVED, HELLO)).isInstanceOf(NotFound.class);
    }

    @Test
    @DisplayName("redirect while somebody is dialled: the legs are let go")
    void redirectDialling() {
        FlowEngine engine = scene.answering(
                        CallFlow.start().dial(Dial.to(List.of(Destination.sip("1001")), Continuation.named("x"))))
                .node();
        engine.happened(scene.arrives());
        new TelnyxCallControl(engine).redirect(ARRIVED, say("Other."));
        assertThat(scene.sent()).containsExactly("calls", "hangup", "answer");
    }

    @Test
    @DisplayName("join: one is bridged with the other, by one command")
    void join() {
        FlowEngine engine = scene.answering(HELLO).answered();
        Call placed = new TelnyxCallControl(engine).place(REQUEST);
        engine.happened(scene.ofLeg(1, "call.answered"));
        new TelnyxCallControl(engine).join(COMMAND, ARRIVED, placed.ref());
        JsonNode body = scene.body("bridge");
        assertThat(body.path("call_control_id").asText()).isEqualTo(LEG);
        assertThat(body.path("command_id").asText()).isEqualTo("order-17");
        assertThatThrownBy(() -> new TelnyxCallControl(engine).join(ARRIVED, placed.ref()))
                .isInstanceOf(Conflict.class);
    }

    @Test
    @DisplayName("join of a call that is not answered, or with itself, is a conflict")
    void joinRefused() {
        FlowEngine engine = scene.answering(HELLO).answered();
        TelnyxCallControl calls = new TelnyxCallControl(engine);
        Call placed = calls.place(REQUEST);
        assertThatThrownBy(() -> calls.join(ARRIVED, placed.ref())).isInstanceOf(Conflict.class);
        assertThatThrownBy(() -> calls.join(ARRIVED, ARRIVED)).isInstanceOf(Conflict.class);
        assertThat(scene.sent()).doesNotContain("bridge");
    }

    @Test
    @DisplayName("digits are sent into a call; into one that has ended (90018) they are not found")
    void sendDigits() {
        TelnyxCallControl calls = new TelnyxCallControl(scene.node());
        calls.sendDigits(COMMAND, ARRIVED, "1w2");
        assertThat(scene.body("send_dtmf").path("digits").asText()).isEqualTo("1w2");
        assertThat(scene.body("send_dtmf").path("command_id").asText()).isEqualTo("order-17");
        scene.wire.on("POST", "/calls/*/actions/send_dtmf", FlowScene.refusal(422, "90018"));
        assertThatThrownBy(() -> calls.sendDigits(ARRIVED, "1")).isInstanceOf(NotFound.class);
    }

    @Test
    @DisplayName("hang-up of a call that has ended (90018) is no error")
    void hangUpOver() {
        scene.wire.on("POST", "/calls/*/actions/hangup", FlowScene.refusal(422, "90018"));
        TelnyxCallControl unknown = new TelnyxCallControl(scene.node());
        unknown.hangUp(ARRIVED, HangupCause.NORMAL_CLEARING);
        TelnyxCallControl known = new TelnyxCallControl(scene.answering(HELLO).answered());
        known.hangUp(ARRIVED, HangupCause.NORMAL_CLEARING);
        assertThat(scene.sent()).containsExactly("hangup", "answer", "speak", "hangup");
    }

    @Test
    @DisplayName("hang-up: the cause is the application's, and the system ended the call")
    void hangUp() {
        FlowEngine engine = scene.answering(HELLO).answered();
        new TelnyxCallControl(engine).hangUp(ARRIVED, HangupCause.CALL_REJECTED);
        engine.happened(scene.ofCall("call.hangup", "hangup_cause", "normal_clearing", "hangup_source", "callee"));
        CallEnded end = scene.told(CallEnded.class).get(0);
        assertThat(end.cause()).isEqualTo(HangupCause.CALL_REJECTED);
        assertThat(end.releasedBy()).isEqualTo(ReleasedBy.SYSTEM);
    }

    @Test
    @DisplayName("a hang-up that Telnyx refuses is said, and may be repeated")
    void hangUpRefused() {
        scene.wire.on(
                "POST",
                "/calls/*/actions/hangup",
                FlowScene.refusal(403, "10010"),
                FakeReply.json(200, "{\"data\":{\"result\":\"ok\"}}"));
        TelnyxCallControl calls = new TelnyxCallControl(scene.answering(HELLO).answered());
        assertThatThrownBy(() -> calls.hangUp(ARRIVED, HangupCause.NORMAL_CLEARING))
                .isInstanceOf(PstnException.class);
        calls.hangUp(ARRIVED, HangupCause.NORMAL_CLEARING);
        assertThat(scene.sent()).endsWith("hangup", "hangup");
    }

    @Test
    @DisplayName("fetch: alive or not is all that Telnyx says; who does not exist is empty")
    void fetch() {
        scene.wire.on("GET", "/calls/*", FakeReply.json(200, "{\"data\":{\"is_alive\":true}}"));
        TelnyxCallControl calls = new TelnyxCallControl(scene.answering(HELLO).answered());
        assertThat(calls.fetch(ARRIVED).orElseThrow().status()).isEqualTo(Call.Status.ANSWERED);
        assertThat(calls.fetch(PLACED).orElseThrow().status()).isEqualTo(Call.Status.OTHER);
        scene.wire.on("GET", "/calls/*", FakeReply.json(200, "{\"data\":{\"is_alive\":false}}"));
        assertThat(calls.fetch(ARRIVED).orElseThrow().status()).isEqualTo(Call.Status.ENDED);
        scene.wire.on("GET", "/calls/*", FlowScene.refusal(404, "10005"));
        assertThat(calls.fetch(ARRIVED)).isEmpty();
    }

    private void refused(TelnyxCallControl calls, CallRequest request, String named) {
        assertThatThrownBy(() -> calls.check(request))
                .isInstanceOf(UnsupportedFeature.class)
                .hasMessageContaining(named);
        assertThatThrownBy(() -> calls.place(request)).isInstanceOf(UnsupportedFeature.class);
    }

    private static CallRequest to(Destination destination) {
        return CallRequest.of(COMMAND, REQUEST.callerId(), destination, HELLO);
    }

    private static CallRequest with(CallFlow flow) {
        return CallRequest.of(COMMAND, REQUEST.callerId(), REQUEST.to(), flow);
    }

    private static CallFlow say(String text) {
        return CallFlow.start().say(text, Locale.ENGLISH).hangUp();
    }
}
