package io.careflow.pstn.asterisk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.call.control.CallControl;
import io.careflow.pstn.call.control.CallRequest;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.UnsupportedFeature;
import io.careflow.pstn.event.CallAnswered;
import io.careflow.pstn.event.LegRinging;
import io.careflow.pstn.event.MachineDetected;
import io.careflow.pstn.event.MachineDetected.AnsweredBy;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.flow.Continuation;
import io.careflow.pstn.flow.Dial;
import io.careflow.pstn.lab.PhoneScript;
import io.careflow.pstn.lab.RtpProbe;
import io.careflow.pstn.lab.SipPhone;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Who answers a placed call, on a real Asterisk")
class MachineDetectionIT extends RealCalls {
    private static final Duration JUDGED = Duration.ofSeconds(15);
    private static final String GREETING =
            "Hello, you have reached the office of Doctor Miller. We are not able to take your call at"
                    + " the moment. Please leave your name and your number after the tone.";

    @TempDir
    private Path folder = Path.of("set by JUnit");

    @Test
    @DisplayName("somebody who says hello and waits is a person; the flow began at once")
    void person() throws Exception {
        MachineDetected detected = answeredWith("d1", "Hello?");
        assertThat(detected.answeredBy()).as(detected.raw()).isEqualTo(AnsweredBy.HUMAN);
        assertThat(detected.raw()).startsWith("HUMAN");
    }

    @Test
    @DisplayName("a long greeting is an answering machine")
    void machine() throws Exception {
        MachineDetected detected = answeredWith("d2", GREETING);
        assertThat(detected.answeredBy()).as(detected.raw()).isEqualTo(AnsweredBy.MACHINE);
        assertThat(detected.raw()).startsWith("MACHINE");
    }

    @Test
    @DisplayName("somebody silent is not known, whatever Asterisk says")
    void silence() throws Exception {
        MachineDetected detected = answeredWith("d3", "");
        assertThat(detected.answeredBy()).as(detected.raw()).isEqualTo(AnsweredBy.UNKNOWN);
    }

    @Test
    @DisplayName(
            "the application dies while Asterisk listens: its successor is told of the machine, once, and the call goes on")
    void restarted() throws Exception {
        scene.expectError("not active");
        short[] voice = spoken(GREETING);
        CallControl calls = detecting();
        RtpProbe mouth = probe(0);
        SipPhone first = phone("1001", PhoneScript.answer(Duration.ofMillis(100)), mouth);
        phone("1002", PhoneScript.ring());
        Dial dial = Dial.to(List.of(Destination.sip("sip:1002")), Continuation.named("dialled"))
                .showing(TrunkProfiles.OURS)
                .ringingFor(Duration.ofMinutes(2));
        calls.place(request("d7", CallFlow.start().dial(dial)));
        await().atMost(SOON).until(this::listens);
        awaitEvent(LegRinging.class);
        mouth.say(voice);
        rig.die();
        await().atMost(JUDGED).until(() -> !listens());
        assertThat(event(MachineDetected.class)).isEmpty();

        detecting();
        await().atMost(JUDGED).until(() -> event(MachineDetected.class).isPresent());
        MachineDetected detected = awaitEvent(MachineDetected.class);
        assertThat(detected.answeredBy()).as(detected.raw()).isEqualTo(AnsweredBy.MACHINE);
        assertThat(rig.server.cli("core show channels concise")).contains("Dial");
        first.hangUp();
        assertThat(rig.cdr().call()).isEqualTo(detected.call());
        assertThat(rig.events).filteredOn(MachineDetected.class::isInstance).hasSize(1);
    }

    private boolean listens() {
        return rig.server.cli("core show channels concise").contains("!AMD!");
    }

    @Test
    @DisplayName("where it was not asked for, nobody listens")
    void notAsked() {
        CallControl calls = detecting();
        SipPhone phone = phone("1001", PhoneScript.answer(Duration.ofMillis(100)));
        CallFlow flow = CallFlow.start().pause(Duration.ofMinutes(1)).hangUp();
        calls.place(CallRequest.of(new CommandId("d4"), TrunkProfiles.OURS, Destination.sip("sip:1001"), flow));
        awaitEvent(CallAnswered.class);
        assertThat(rig.server.channels()).isOne();
        phone.hangUp();
        rig.cdr();
        assertThat(event(MachineDetected.class)).isEmpty();
    }

    @Test
    @DisplayName("a provider that was not told that Asterisk can do it refuses it by name, and nothing rings")
    void refused() {
        CallControl calls = rig.start().require(CallControl.class);
        assertThatThrownBy(() -> calls.place(request("d5", CallFlow.start().hangUp())))
                .isInstanceOfSatisfying(
                        UnsupportedFeature.class, e -> assertThat(e.effect()).isEqualTo(Effect.NONE))
                .hasMessageContaining("detecting machines");
        assertThat(rig.events).isEmpty();
        assertThat(rig.server.channels()).isZero();
    }

    @Test
    @DisplayName("an Asterisk without app_amd refuses it by name, and nothing rings")
    void notLoaded() {
        CallControl calls = detecting();
        rig.server.cli("module unload app_amd.so");
        try {
            assertThatThrownBy(() -> calls.place(request("d6", CallFlow.start().hangUp())))
                    .isInstanceOf(UnsupportedFeature.class)
                    .hasMessageContaining("app_amd.so");
            assertThat(rig.events).isEmpty();
            assertThat(rig.server.channels()).isZero();
        } finally {
            rig.server.cli("module load app_amd.so");
        }
    }

    private CallControl detecting() {
        rig.extras = AsteriskBuilder::detectingMachines;
        return rig.start().require(CallControl.class);
    }

    private MachineDetected answeredWith(String command, String words) throws Exception {
        short[] voice = words.isEmpty() ? new short[0] : spoken(words);
        CallControl calls = detecting();
        RtpProbe mouth = probe(0);
        SipPhone phone = phone("1001", PhoneScript.answer(Duration.ofMillis(100)), mouth);
        CallFlow flow = CallFlow.start()
                .step(Rig.tone("welcome"))
                .pause(Duration.ofMinutes(1))
                .hangUp();
        calls.place(request(command, flow));
        awaitEvent(CallAnswered.class);
        mouth.say(voice);
        assertThat(mouth.awaitTone(Rig.prompts().getOrDefault("welcome", 0.0), SOON))
                .as("the flow begins at once")
                .isTrue();
        await().atMost(JUDGED).until(() -> event(MachineDetected.class).isPresent());
        await().atMost(SOON).until(() -> rig.server.channels() == 1);
        phone.hangUp();
        rig.cdr();
        assertThat(rig.events).filteredOn(MachineDetected.class::isInstance).hasSize(1);
        return awaitEvent(MachineDetected.class);
    }

    private short[] spoken(String words) throws Exception {
        Path file = folder.resolve("spoken.wav");
        new EspeakNg().synthesize(words, Locale.US, Optional.empty(), file);
        byte[] wav = Files.readAllBytes(file);
        short[] said = new short[(wav.length - PhoneWav.HEADER) / 2];
        ByteBuffer.wrap(wav, PhoneWav.HEADER, said.length * 2)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asShortBuffer()
                .get(said);
        return said;
    }

    private static CallRequest request(String command, CallFlow flow) {
        return CallRequest.of(new CommandId(command), TrunkProfiles.OURS, Destination.sip("sip:1001"), flow)
                .detectingMachines();
    }
}
