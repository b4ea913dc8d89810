package io.careflow.pstn.telnyx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.call.control.CallRequest;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.event.CallAnswered;
import io.careflow.pstn.event.CallEnded;
import io.careflow.pstn.event.DialEnded;
import io.careflow.pstn.event.InboundCall;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.flow.Continuation;
import io.careflow.pstn.flow.Dial;
import io.careflow.pstn.flow.DialWarning;
import io.careflow.pstn.flow.Say;
import io.careflow.pstn.tck.FakeReply;
import io.careflow.pstn.tck.SentRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What goes wrong at the worst moment: nobody is called twice, no call hangs, and one call's trouble is no other's. */
class FlowFaultsTest {
    private static final CallFlow HELLO =
            CallFlow.start().say("Hello.", Locale.ENGLISH).hangUp();
    private static final CallRequest REQUEST = CallRequest.of(
            new CommandId("order-17"),
            new PhoneNumber(FlowScene.OUR_NUMBER),
            Destination.number(new PhoneNumber(FlowScene.CALLER)),
            HELLO);
    private static final Destination DESK = Destination.sip("sip:1001");
    private static final Destination MOBILE = Destination.number(new PhoneNumber("+18195550177"));
    private static final FakeReply OK = FakeReply.json(200, "{\"data\":{\"result\":\"ok\"}}");
    private static final FakeReply NO_CALLS = FakeReply.json(200, "{\"data\":[],\"meta\":{}}");

    private final FlowScene scene = new FlowScene();

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    @DisplayName(
            "the first event of a placed call comes before the answer to the dial: its flow begins as soon as it is answered")
    void firstEventBeforeTheAnswer() {
        FlowEngine engine = scene.node();
        scene.wire.on("POST", "/calls", request -> {
            engine.happened(initiated(request));
            return FakeReply.json(200, "{\"data\":" + FlowScene.leg(1) + "}");
        });
        new TelnyxCallControl(engine).place(REQUEST);
        engine.happened(scene.ofLeg(1, "call.answered"));
        assertThat(scene.sent()).containsExactly("calls", "speak");
    }

    @Test
    @DisplayName(
            "a dial over chosen trunks, with a label or with a warning is refused on every way before anything rings")
    void dialsThatCannotBe() {
        Dial dial = Dial.to(List.of(MOBILE), Continuation.named("rung"));
        DialWarning soon = new DialWarning(Duration.ofSeconds(30), new Say("Soon over.", Locale.ENGLISH));
        Map<String, Dial> refused = Map.of(
                Dial.OVER, dial.over(List.of("first", "second")),
                Dial.LABEL, dial.labelled("destination"),
                Dial.WARNING, dial.talkingAtMost(Duration.ofMinutes(5)).warning(soon));
        TelnyxCallControl calls = new TelnyxCallControl(scene.node());
        CallRef call = new CallRef(FlowScene.TELNYX, "v3:one");
        refused.forEach((name, part) -> {
            CallFlow flow = CallFlow.start().dial(part);
            CallRequest request = CallRequest.of(new CommandId(name), REQUEST.callerId(), REQUEST.to(), flow);
            assertThatThrownBy(() -> calls.check(request)).hasMessageContaining(name);
            assertThatThrownBy(() -> calls.place(request)).hasMessageContaining(name);
            assertThatThrownBy(() -> calls.redirect(call, flow)).hasMessageContaining(name);
        });
        assertThat(scene.sent()).isEmpty();
    }

    @Test
    @DisplayName("a handler's answer with a dial over chosen trunks calls nobody: the caller hears the apology")
    void dialsOfAHandlerThatCannotBe() {
        Dial over = Dial.to(List.of(MOBILE), Continuation.named("rung")).over(List.of("first"));
        scene.answering(CallFlow.start().dial(over)).node().happened(scene.arrives());
        assertThat(scene.sent()).isNotEmpty().doesNotContain("calls");
    }

    @Test
    @DisplayName("a dial whose answers are lost is never sent after Telnyx's minute, however long its attempts take")
    void neverAfterTheMinute() {
        List<Instant> sent = new ArrayList<>();
        scene.sleeper = pause -> scene.passes(Duration.ofSeconds(15));
        scene.wire.on("GET", "/connections/*/active_calls", NO_CALLS);
        scene.wire.on("POST", "/calls", request -> {
            sent.add(scene.time.now());
            return FakeReply.lost();
        });
        TelnyxCallControl calls = new TelnyxCallControl(scene.node());
        for (int i = 0; i < 6; i++) {
            assertThatThrownBy(() -> calls.place(REQUEST)).isInstanceOf(PstnException.class);
            scene.passes(Duration.ofSeconds(7));
        }
        scene.passes(Duration.ofMinutes(3));
        assertThat(sent).hasSizeGreaterThan(1);
        assertThat(Duration.between(sent.get(0), sent.get(sent.size() - 1))).isLessThan(Duration.ofSeconds(55));
    }

    @Test
    @DisplayName("a command of some age gets one attempt at a time, as three may last beyond Telnyx's minute")
    void oneAttemptAtATime() {
        List<Instant> sent = new ArrayList<>();
        scene.sleeper = pause -> {};
        scene.wire.on("POST", "/calls/*/actions/answer", request -> {
            sent.add(scene.time.now());
            return FakeReply.lost();
        });
        scene.answering(HELLO).node().happened(scene.arrives());
        scene.passes(Duration.ofMinutes(3));
        Instant old = sent.get(0).plusSeconds(4);
        assertThat(sent).filteredOn(at -> at.isAfter(old)).hasSizeGreaterThan(3).doesNotHaveDuplicates();
        assertThat(Duration.between(sent.get(0), sent.get(sent.size() - 1))).isLessThan(Duration.ofSeconds(55));
    }

    @Test
    @DisplayName("a dial that is refused after its first answer was lost is in doubt: nobody may place it elsewhere")
    void refusedAfterDoubt() {
        scene.wire.on("GET", "/connections/*/active_calls", NO_CALLS);
        scene.wire.on("POST", "/calls", FakeReply.lost(), FlowScene.refusal(422, "10015"));
        FlowEngine engine = scene.node();
        TelnyxCallControl calls = new TelnyxCallControl(engine);
        assertThatThrownBy(() -> calls.place(REQUEST))
                .extracting(e -> ((PstnException) e).effect())
                .isEqualTo(Effect.UNKNOWN);
        engine.happened(scene.ofLeg(1, "call.initiated", "direction", "outgoing"));
        engine.happened(scene.ofLeg(1, "call.answered"));
        assertThat(calls.place(REQUEST).ref().id()).isEqualTo("v3:leg-1");
        assertThat(scene.sent()).as("it has its flow").endsWith("speak");
    }

    @Test
    @DisplayName("rows that this version cannot read do not keep the calls of a dead node from going on")
    void unreadable() {
        Instant early = scene.time.now().minusSeconds(60);
        scene.store.save(FlowScene.TELNYX, "no-json", 0, "{", early);
        scene.store.save(
                FlowScene.TELNYX,
                "newer",
                0,
                "{\"key\":\"newer\",\"callId\":\"newer\",\"phase\":\"DANCING\",\"prompting\":{\"number\":1,\"until\":1}}",
                early.plusSeconds(1));
        scene.answering(CallFlow.start().pause(Duration.ofSeconds(3)).reject(io.careflow.pstn.flow.Reject.Reason.BUSY));
        FlowEngine dying = scene.node();
        dying.happened(scene.arrives());
        dying.close();
        FlowEngine other = scene.node();
        scene.passes(Duration.ofSeconds(20));
        assertThat(scene.sent()).containsExactly("reject");
        assertThat(scene.store.due(FlowScene.TELNYX, scene.time.now(), 10))
                .as("put off")
                .isEmpty();
        assertThat(scene.store.find(FlowScene.TELNYX, "newer"))
                .as("another version reads it")
                .isPresent();
        assertThat(other).isNotSameAs(dying);
    }

    @Test
    @DisplayName("a call that Telnyx answered but did not say so cannot be rejected any more: it is hung up")
    void rejectTooLate() {
        scene.wire.on("POST", "/calls/*/actions/reject", FlowScene.refusal(422, "10015"));
        FlowEngine engine = scene.answering(CallFlow.start().dial(Dial.to(List.of(DESK), Continuation.named("rung"))))
                .node();
        engine.happened(scene.arrives());
        engine.happened(scene.ofLeg(1, "call.answered"));
        engine.happened(scene.ofLeg(1, "call.hangup", "hangup_cause", "normal_clearing", "hangup_source", "callee"));
        assertThat(scene.sent()).endsWith("answer", "reject", "hangup");
    }

    @Test
    @DisplayName("hang-up of a call that Telnyx answered but did not say so succeeds")
    void hangUpOfJustAnswered() {
        scene.wire.on("POST", "/calls/*/actions/reject", FlowScene.refusal(422, "10015"));
        FlowEngine engine = scene.answering(HELLO).node();
        engine.happened(scene.arrives());
        new TelnyxCallControl(engine)
                .hangUp(new CallRef(FlowScene.TELNYX, FlowScene.CALL), HangupCause.NORMAL_CLEARING);
        assertThat(scene.sent()).containsExactly("answer", "reject", "hangup");
    }

    @Test
    @DisplayName("a hang-up is sent until Telnyx takes it, as nobody else ends the call")
    void hangUpLater() {
        scene.wire.on("POST", "/calls/*/actions/hangup", FakeReply.lost());
        FlowEngine engine = scene.answering(HELLO).answered();
        engine.happened(scene.ofCall("call.speak.ended"));
        scene.passes(Duration.ofMinutes(3));
        int tries = scene.sent().size();
        scene.wire.on("POST", "/calls/*/actions/hangup", OK);
        scene.passes(Duration.ofMinutes(1));
        assertThat(scene.sent()).endsWith("hangup").hasSizeGreaterThan(tries);
        assertThat(engine.find(FlowScene.CALL).orElseThrow().outbox).isEmpty();
    }

    @Test
    @DisplayName("a hang-up that Telnyx refuses although the call is alive is tried again")
    void hangUpRefused() {
        scene.wire.on("POST", "/calls/*/actions/hangup", FlowScene.refusal(403, "10010"), OK);
        scene.wire.on("GET", "/calls/*", FakeReply.json(200, "{\"data\":{\"is_alive\":true}}"));
        FlowEngine engine = scene.answering(HELLO).answered();
        engine.happened(scene.ofCall("call.speak.ended"));
        scene.passes(Duration.ofMinutes(1));
        assertThat(scene.sent()).endsWith("hangup", "hangup");
    }

    @Test
    @DisplayName("a command behind one that stays in doubt is still sent when that is given up")
    void behindADoubtfulOne() {
        scene.sleeper = pause -> scene.passes(Duration.ofSeconds(1));
        scene.wire.on(
                "POST",
                "/calls",
                request -> request.body().contains("sip:1001")
                        ? FakeReply.lost()
                        : FakeReply.json(200, "{\"data\":" + FlowScene.leg(2) + "}"));
        Dial dial = Dial.to(List.of(DESK, MOBILE), Continuation.named("rung")).ringingFor(Duration.ofMinutes(3));
        scene.answering(CallFlow.start().dial(dial)).node().happened(scene.arrives());
        scene.passes(Duration.ofMinutes(2));
        assertThat(scene.bodies("/calls"))
                .extracting(body -> body.path("to").asText())
                .endsWith("+18195550177");
        assertThat(scene.told(DialEnded.class)).isEmpty();
    }

    @Test
    @DisplayName("a listener that fails costs neither the other events nor the call")
    void listenerFails() {
        scene.telling = event -> {
            throw new IllegalStateException("records cannot be kept");
        };
        scene.answering(HELLO).answered();
        assertThat(scene.sent()).containsExactly("answer", "speak");
        assertThat(scene.told(InboundCall.class)).hasSize(1);
        assertThat(scene.told(CallAnswered.class)).hasSize(1);
    }

    @Test
    @DisplayName("a node that dies after it kept the end of a call and before it told it: another tells the whole call")
    void diesBeforeTelling() {
        FlowEngine dying = scene.answering(HELLO).answered();
        Hook end = scene.ofCall("call.hangup", "hangup_cause", "normal_clearing", "hangup_source", "caller");
        scene.telling = event -> {
            throw new Died();
        };
        assertThatThrownBy(() -> dying.happened(end)).isInstanceOf(Died.class);
        dying.close();
        scene.telling = event -> {};
        scene.told.clear();
        FlowEngine other = scene.node();
        other.happened(end);
        scene.passes(Duration.ofSeconds(30));
        assertThat(scene.told).hasExactlyElementsOfTypes(InboundCall.class, CallAnswered.class, CallEnded.class);
    }

    @Test
    @DisplayName("an end that was told is not told again")
    void toldOnce() {
        FlowEngine engine = scene.answering(HELLO).answered();
        engine.happened(scene.ofCall("call.hangup", "hangup_cause", "normal_clearing", "hangup_source", "caller"));
        FlowEngine other = scene.node();
        scene.passes(Duration.ofMinutes(20));
        assertThat(scene.told(CallEnded.class)).hasSize(1);
        assertThat(scene.told(InboundCall.class)).hasSize(1);
        assertThat(scene.store.find(FlowScene.TELNYX, FlowScene.CALL)).isEmpty();
        assertThat(other).isNotSameAs(engine);
    }

    @Test
    @DisplayName("a placed call that stays in doubt is forgotten after a day")
    void doubtIsForgotten() {
        scene.wire.on("GET", "/connections/*/active_calls", NO_CALLS);
        scene.wire.on("POST", "/calls", FakeReply.lost());
        scene.sleeper = pause -> {};
        TelnyxCallControl calls = new TelnyxCallControl(scene.node());
        assertThatThrownBy(() -> calls.place(REQUEST)).isInstanceOf(PstnException.class);
        String key = Placing.key(REQUEST.commandId());
        scene.passes(Duration.ofHours(23));
        assertThat(scene.store.find(FlowScene.TELNYX, key)).isPresent();
        scene.passes(Duration.ofHours(2));
        assertThat(scene.store.find(FlowScene.TELNYX, key)).isEmpty();
    }

    @Test
    @DisplayName("a room that ends while it is entered is made again")
    void roomEnds() {
        FakeReply there = FakeReply.json(
                200,
                "{\"data\":[{\"id\":\"r1\",\"name\":\"team\",\"status\":\"in_progress\"}],\"meta\":{\"total_pages\":1}}");
        FakeReply nothing = FakeReply.json(200, "{\"data\":[],\"meta\":{\"total_pages\":1}}");
        scene.wire.on("GET", "/conferences", there, nothing);
        scene.wire.on("POST", "/conferences/*/actions/join", FlowScene.refusal(422, "90019"));
        scene.wire.on("POST", "/conferences", FakeReply.json(200, "{\"data\":{\"id\":\"r2\"}}"));
        scene.answering(CallFlow.start().end(new io.careflow.pstn.flow.Conference("team", Continuation.named("left"))))
                .answered();
        assertThat(scene.sent()).containsExactly("answer", "join", "conferences");
    }

    @Test
    @DisplayName("a redirect given again does nothing, however much happened meanwhile")
    void redirectMuchLater() {
        FlowEngine engine = scene.answering(HELLO).answered();
        TelnyxCallControl calls = new TelnyxCallControl(engine);
        CallRef call = new CallRef(FlowScene.TELNYX, FlowScene.CALL);
        CallFlow other = CallFlow.start().say("Other.", Locale.ENGLISH).hangUp();
        calls.redirect(REQUEST.commandId(), call, other);
        for (int i = 0; i < 120; i++) {
            engine.happened(scene.ofCall("call.dtmf.received", "digit", "1"));
        }
        calls.redirect(REQUEST.commandId(), call, other);
        assertThat(scene.sent()).containsExactly("answer", "speak", "playback_stop", "speak");
    }

    @Test
    @DisplayName("calls that wait for Telnyx do not keep the timers of others from ringing")
    void alarmsInTime() throws InterruptedException {
        CountDownLatch blocked = new CountDownLatch(1);
        CountDownLatch rung = new CountDownLatch(1);
        try (SystemAlarm alarm = new SystemAlarm(Clock.systemUTC())) {
            for (int i = 0; i < 8; i++) {
                alarm.at(Instant.EPOCH, () -> {
                    try {
                        blocked.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
            }
            alarm.at(Instant.EPOCH, rung::countDown);
            assertThat(rung.await(5, TimeUnit.SECONDS)).isTrue();
            blocked.countDown();
        }
    }

    @Test
    @DisplayName("an arrival that is told late: whom it dials still rings for the whole time")
    void lateArrival() {
        Hook arrival = scene.arrives();
        scene.passes(Duration.ofSeconds(25));
        Dial dial = Dial.to(List.of(DESK), Continuation.named("rung")).ringingFor(Duration.ofSeconds(20));
        scene.answering(CallFlow.start().dial(dial)).node().happened(arrival);
        scene.passes(Duration.ofSeconds(19));
        assertThat(scene.sent()).containsExactly("calls");
        assertThat(scene.told(DialEnded.class)).isEmpty();
        scene.passes(Duration.ofSeconds(2));
        assertThat(scene.told(DialEnded.class)).hasSize(1);
    }

    @Test
    @DisplayName(
            "an arrival that is told minutes late is answered like any other: no command is too old before it was sent")
    void muchTooLateArrival() {
        Hook arrival = scene.arrives();
        scene.passes(Duration.ofMinutes(2));
        scene.answering(HELLO).node().happened(arrival);
        assertThat(scene.sent()).containsExactly("answer");
    }

    @Test
    @DisplayName("what happens in the future by our clock is answered now")
    void clockBehind() {
        Hook arrival = scene.arrives();
        Hook ahead = new Hook(
                arrival.type(),
                arrival.id(),
                arrival.occurredAt().plusSeconds(2),
                arrival.payload(),
                arrival.attempt(),
                arrival.raw());
        scene.answering(HELLO).node().happened(ahead);
        assertThat(scene.sent()).containsExactly("answer");
    }

    /** As if the process were gone. */
    private static final class Died extends Error {
        private static final long serialVersionUID = 1L;
    }

    private Hook initiated(SentRequest request) {
        String state = scene.tree(request.body()).path("client_state").asText();
        return scene.hook("call.initiated", "v3:leg-1", state, "direction", "outgoing");
    }
}
