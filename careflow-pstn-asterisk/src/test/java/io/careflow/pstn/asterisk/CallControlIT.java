package io.careflow.pstn.asterisk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.Option;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.call.Direction;
import io.careflow.pstn.call.Disposition;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.call.ReleasedBy;
import io.careflow.pstn.call.control.Call;
import io.careflow.pstn.call.control.CallControl;
import io.careflow.pstn.call.control.CallRequest;
import io.careflow.pstn.cdr.Cdr;
import io.careflow.pstn.error.Conflict;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.NotFound;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.error.UnsupportedFeature;
import io.careflow.pstn.event.LegAnswered;
import io.careflow.pstn.event.RecordingReady;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.flow.Continuation;
import io.careflow.pstn.flow.Dial;
import io.careflow.pstn.flow.Enqueue;
import io.careflow.pstn.lab.Carrier;
import io.careflow.pstn.lab.LiveCall;
import io.careflow.pstn.lab.PhoneScript;
import io.careflow.pstn.lab.RtpProbe;
import io.careflow.pstn.lab.SipCaller;
import io.careflow.pstn.lab.SipPhone;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Call control over a real Asterisk")
class CallControlIT extends RealCalls {
    private static final PhoneNumber CLINIC = new PhoneNumber("+15551234567");
    private static final PhoneNumber PATIENT = new PhoneNumber("+14165550100");
    private static final Duration WHILE = Duration.ofSeconds(10);

    private CallControl calls;

    @BeforeEach
    void application() {
        calls = rig.start().require(CallControl.class);
    }

    @Test
    @DisplayName("a call over the trunk shows the caller ID, runs its flow and has a record")
    void placesOverTheTrunk() {
        try (RtpProbe ear = RtpProbe.open(rig.server, 440);
                Carrier carrier = Carrier.start(rig.server, PhoneScript.answer(Duration.ofMillis(300)), ear)) {
            Call call = calls.place(
                    request("c1", Destination.number(PATIENT), tone("welcome").hangUp()));

            Cdr cdr = rig.cdr();
            assertThat(carrier.awaitCall(1, WHILE).fromNumber()).isEqualTo(CLINIC.e164());
            assertThat(carrier.awaitCall(1, WHILE).calledNumber()).isEqualTo(PATIENT.e164());
            assertThat(ear.awaitTone(hertz("welcome"), WHILE)).isTrue();
            assertThat(cdr.call()).isEqualTo(call.ref());
            assertThat(cdr.direction()).isEqualTo(Direction.OUTBOUND);
            assertThat(cdr.disposition()).isEqualTo(Disposition.ANSWERED);
            assertThat(cdr.releasedBy()).isEqualTo(ReleasedBy.SYSTEM);
            assertThat(cdr.times().ringMillis()).isBetween(200L, 3000L);
            assertThat(cdr.times().talkMillis()).isBetween(300L, 6000L);
        }
    }

    @Test
    @DisplayName("the callee who hangs up first is named in the record")
    void calleeHangsUp() {
        try (Carrier carrier = Carrier.start(
                rig.server, PhoneScript.answer(Duration.ofMillis(100)).hangUpAfter(Duration.ofMillis(400)))) {
            calls.place(request("c2", Destination.number(PATIENT), pause(20)));
            Cdr cdr = rig.cdr();
            assertThat(carrier.calls()).hasSize(1);
            assertThat(cdr.disposition()).isEqualTo(Disposition.ANSWERED);
            assertThat(cdr.releasedBy()).isEqualTo(ReleasedBy.CALLEE);
        }
    }

    @Test
    @DisplayName("a busy callee is a record with Q.850 cause 17")
    void busy() {
        try (Carrier carrier = Carrier.start(rig.server, PhoneScript.busy(Duration.ofMillis(100)))) {
            calls.place(request("c3", Destination.number(PATIENT), pause(1)));
            Cdr cdr = rig.cdr();
            assertThat(carrier.calls()).hasSize(1);
            assertThat(cdr.disposition()).isEqualTo(Disposition.BUSY);
            assertThat(cdr.cause().q850()).isEqualTo(17);
        }
    }

    @Test
    @DisplayName("nobody answers within the ring time")
    void noAnswer() {
        Carrier carrier = scene.keep(Carrier.start(rig.server, PhoneScript.ring()));
        calls.place(request("c4", Destination.number(PATIENT), pause(1)).ringingFor(Duration.ofSeconds(1)));
        Cdr cdr = rig.cdr();
        assertThat(cdr.disposition()).isEqualTo(Disposition.NO_ANSWER);
        assertThat(carrier.calls()).hasSize(1);
    }

    @Test
    @DisplayName("a user who is not registered is refused with effect NONE, and has a record")
    void notRegistered() {
        scene.expectError("Could not create dialog");
        scene.expectError("Failed to create outgoing session");
        assertThatThrownBy(() -> calls.place(request("c5", Destination.sip("sip:1009"), pause(1))))
                .isInstanceOfSatisfying(
                        PstnException.class, e -> assertThat(e.effect()).isEqualTo(Effect.NONE));
        assertThat(rig.cdr().disposition()).isEqualTo(Disposition.FAILED);
    }

    @Test
    @DisplayName("the same command twice places one call")
    void sameCommandTwice() {
        try (Carrier carrier = Carrier.start(rig.server, PhoneScript.answer(Duration.ofMillis(100)))) {
            CallRequest request = request("c6", Destination.number(PATIENT), pause(2));
            Call first = calls.place(request);
            Call second = calls.place(request);
            assertThat(second.ref()).isEqualTo(first.ref());
            rig.cdr();
            assertThat(carrier.calls()).hasSize(1);
        }
    }

    @Test
    @DisplayName("a flow or option that Asterisk cannot honour is refused before anything rings")
    void refusesBeforeRinging() {
        try (Carrier carrier = Carrier.start(rig.server, PhoneScript.answer(Duration.ZERO))) {
            CallFlow queue = CallFlow.start().end(new Enqueue("line", Continuation.named("left")));
            assertThatThrownBy(() -> calls.place(request("c7", Destination.number(PATIENT), queue)))
                    .isInstanceOf(UnsupportedFeature.class)
                    .hasMessageContaining("enqueue")
                    .hasMessageContaining("dial");
            CallRequest odd = request("c8", Destination.number(PATIENT), pause(1))
                    .with(new Option<>("vendor.thing", String.class), "x");
            assertThatThrownBy(() -> calls.place(odd))
                    .isInstanceOf(UnsupportedFeature.class)
                    .hasMessageContaining("vendor.thing");
            assertThat(rig.server.channels()).isZero();
            assertThat(carrier.calls()).isEmpty();
        }
    }

    @Test
    @DisplayName("hanging up a ringing call ends it, twice is no error")
    void hangsUp() {
        Carrier carrier = scene.keep(Carrier.start(rig.server, PhoneScript.ring()));
        Call call = calls.place(request("c9", Destination.number(PATIENT), pause(1)));
        carrier.awaitCall(1, WHILE);
        await().untilAsserted(() ->
                assertThat(calls.fetch(call.ref())).map(Call::status).hasValue(Call.Status.RINGING));
        calls.hangUp(call.ref(), HangupCause.NORMAL_CLEARING);
        calls.hangUp(call.ref(), HangupCause.NORMAL_CLEARING);
        assertThat(rig.cdr().releasedBy()).isEqualTo(ReleasedBy.SYSTEM);
        assertThat(calls.fetch(call.ref())).isEmpty();
    }

    @Test
    @DisplayName("a conversation can be redirected to another flow; the person it talked with is let go")
    void redirectsATalkingCall() {
        try (RtpProbe ear = RtpProbe.open(rig.server, 440);
                SipPhone phone = SipPhone.register(rig.server, "1001", PhoneScript.answer(Duration.ofMillis(100)));
                LiveCall caller =
                        SipCaller.on(rig.server).to(Rig.PERSONAL).media(ear).dial()) {
            CallRef ref = talking();
            calls.redirect(ref, tone("goodbye").hangUp());
            assertThat(ear.awaitTone(hertz("goodbye"), WHILE)).isTrue();
            Cdr cdr = rig.cdr();
            assertThat(cdr.disposition()).isEqualTo(Disposition.ANSWERED);
            assertThat(cdr.releasedBy()).isEqualTo(ReleasedBy.SYSTEM);
            assertThat(phone.calls()).hasSize(1);
            assertThat(caller.result().answered()).isTrue();
        }
    }

    @Test
    @DisplayName("a redirection that Asterisk cannot honour leaves the conversation undisturbed")
    void refusesToRedirect() {
        try (SipPhone phone = SipPhone.register(rig.server, "1001", PhoneScript.answer(Duration.ofMillis(100)));
                LiveCall caller = SipCaller.on(rig.server).to(Rig.PERSONAL).dial()) {
            CallRef ref = talking();
            CallFlow queue = CallFlow.start().end(new Enqueue("line", Continuation.named("left")));
            assertThatThrownBy(() -> calls.redirect(ref, queue)).isInstanceOf(UnsupportedFeature.class);
            assertThatThrownBy(() -> calls.sendDigits(ref, "1"))
                    .isInstanceOf(Conflict.class)
                    .hasMessageContaining("talking");
            assertThat(rig.server.channels()).isEqualTo(2);
            caller.hangUp();
            assertThat(rig.cdr().releasedBy()).isEqualTo(ReleasedBy.CALLER);
            assertThat(phone.calls()).hasSize(1);
        }
    }

    @Test
    @DisplayName("two calls are joined, hear each other, and end together")
    void joins() {
        try (RtpProbe one = RtpProbe.open(rig.server, 440);
                RtpProbe other = RtpProbe.open(rig.server, 1000);
                SipPhone first = SipPhone.register(rig.server, "1001", PhoneScript.answer(Duration.ZERO), one);
                SipPhone second = SipPhone.register(rig.server, "1002", PhoneScript.answer(Duration.ZERO), other)) {
            CallRef a = calls.place(request("c10", Destination.sip("sip:1001"), pause(30)))
                    .ref();
            CallRef b = calls.place(request("c11", Destination.sip("sip:1002"), pause(30)))
                    .ref();
            await().until(() ->
                    rig.events.stream().filter(LegAnswered.class::isInstance).count() == 2);
            calls.join(a, b);
            assertThat(one.awaitTone(1000, WHILE)).isTrue();
            assertThat(other.awaitTone(440, WHILE)).isTrue();
            first.hangUp();
            assertThat(List.of(rig.cdr().disposition(), rig.cdr().disposition()))
                    .containsOnly(Disposition.ANSWERED);
            assertThat(second.awaitEnd(1, WHILE).result().answered()).isTrue();
        }
    }

    @Test
    @DisplayName("a call that is over cannot be steered")
    void refusesCallsThatAreOver() {
        CallRef gone = new CallRef(new ProviderId("asterisk"), "gone");
        assertThatThrownBy(() -> calls.redirect(gone, pause(1))).isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> calls.sendDigits(gone, "1")).isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> calls.join(gone, new CallRef(gone.provider(), "gone-too")))
                .isInstanceOf(NotFound.class);
        assertThat(calls.fetch(gone)).isEmpty();
        calls.hangUp(gone, HangupCause.NORMAL_CLEARING);
    }

    @Test
    @DisplayName("a call placed to a user can dial on, over the trunk, and the recording holds both voices")
    void dialsOnAndRecords() throws Exception {
        try (RtpProbe here = RtpProbe.open(rig.server, 440);
                RtpProbe there = RtpProbe.open(rig.server, 1000);
                SipPhone phone = SipPhone.register(rig.server, "1001", PhoneScript.answer(Duration.ZERO), here);
                Carrier carrier = Carrier.start(
                        rig.server,
                        PhoneScript.answer(Duration.ofMillis(200)).hangUpAfter(Duration.ofSeconds(2)),
                        there)) {
            CallFlow callback = CallFlow.start()
                    .startRecording()
                    .dial(Dial.to(List.of(Destination.number(PATIENT)), Continuation.named("rung"))
                            .showing(CLINIC));
            calls.place(request("c12", Destination.sip("sip:1001"), callback));
            assertThat(carrier.awaitCall(1, WHILE).fromNumber()).isEqualTo(CLINIC.e164());
            assertThat(here.awaitTone(1000, WHILE)).isTrue();
            assertThat(there.awaitTone(440, WHILE)).isTrue();
            Cdr cdr = rig.cdr();
            assertThat(cdr.recording()).isNotNull();
            assertThat(phone.calls()).hasSize(1);
            RecordingReady ready = (RecordingReady) rig.events.stream()
                    .filter(RecordingReady.class::isInstance)
                    .findFirst()
                    .orElseThrow();
            String name = List.of(ready.location().getPath().split("/")).get(4);
            assertThat(Files.size(rig.server.recordingDirectory().resolve(name + ".wav")))
                    .isGreaterThan(16_000);
        }
    }

    private CallRef talking() {
        await().until(() -> rig.events.stream().anyMatch(LegAnswered.class::isInstance));
        return rig.events.get(0).call();
    }

    private static CallRequest request(String command, Destination to, CallFlow flow) {
        return CallRequest.of(new CommandId(command), CLINIC, to, flow);
    }

    private static double hertz(String prompt) {
        return Objects.requireNonNull(Rig.prompts().get(prompt));
    }

    private static CallFlow.Draft tone(String name) {
        return CallFlow.start().play(URI.create("sound:" + name));
    }

    private static CallFlow pause(int seconds) {
        return CallFlow.start().pause(Duration.ofSeconds(seconds)).hangUp();
    }
}
