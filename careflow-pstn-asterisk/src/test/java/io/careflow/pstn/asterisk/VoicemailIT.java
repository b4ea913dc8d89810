package io.careflow.pstn.asterisk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.careflow.pstn.call.Disposition;
import io.careflow.pstn.call.ReleasedBy;
import io.careflow.pstn.cdr.Cdr;
import io.careflow.pstn.event.FlowHandler;
import io.careflow.pstn.event.MessageTaken;
import io.careflow.pstn.event.RecordingReady;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.flow.Continuation;
import io.careflow.pstn.flow.Voicemail;
import io.careflow.pstn.lab.LiveCall;
import io.careflow.pstn.lab.PhoneScript;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A caller leaves a message for a user who has voicemail")
class VoicemailIT extends RealCalls {
    private static final Duration ID_AFTER = Duration.ofMillis(300);

    @BeforeEach
    void userWithVoicemail() throws IOException {
        rig.user("1", "0001", List.of("sip:1001"), true);
        for (Path left : messages()) {
            Files.delete(left);
        }
    }

    @Test
    @DisplayName("and hangs up: the message is kept, and is what the caller said")
    void hangsUp() throws IOException {
        phone("1001", PhoneScript.busy(Duration.ofMillis(100)));
        rig.start();
        Ear ear = ear();
        LiveCall call = dial(caller(Rig.MAIN).press(ID_AFTER, "0001").media(ear.probe));
        ear.awaitPrompt("leave");
        await().until(() -> messages().stream().anyMatch(message -> size(message) > 50_000));
        call.hangUp();

        Cdr cdr = rig.cdr();
        assertEnd(cdr, Disposition.VOICEMAIL, 17, ReleasedBy.CALLER);
        RecordingReady ready = awaitEvent(RecordingReady.class);
        assertThat(ready.kind()).isEqualTo(RecordingReady.Kind.VOICEMAIL);
        assertThat(ready.length()).isGreaterThanOrEqualTo(Duration.ofSeconds(2));
        assertThat(cdr.recording()).isEqualTo(ready.location());
        assertThat(messages()).singleElement().satisfies(message -> {
            assertThat(ready.location().getPath())
                    .contains(message.getFileName().toString().replace(".wav", ""));
            assertThat(share(message, CALLER_TONE)).isGreaterThan(0.8);
        });
        assertThat(event(MessageTaken.class)).isEmpty();
    }

    @Test
    @DisplayName("and presses the hash key: the message is confirmed and the call ended")
    void hash() throws IOException {
        rig.start();
        Ear ear = ear();
        LiveCall call = dial(caller(Rig.MAIN)
                .press(ID_AFTER, "0001")
                .press(Duration.ofSeconds(4), "#")
                .media(ear.probe));

        Cdr cdr = rig.cdr();
        assertEnd(cdr, Disposition.VOICEMAIL, 20, ReleasedBy.SYSTEM);
        assertThat(ear.prompts()).contains("leave", "taken");
        assertThat(messages()).hasSize(1);
        assertThat(call.result().success()).isTrue();
    }

    @Test
    @DisplayName("and another one in the same call: both are kept")
    void twoMessages() throws IOException {
        Voicemail voicemail = Voicemail.upTo(Duration.ofSeconds(2), Continuation.named("more"));
        rig.start(
                event -> recordings() == 2
                        ? CallFlow.start().hangUp()
                        : CallFlow.start().end(voicemail),
                event -> {});
        Ear ear = ear();
        dial(caller(Rig.MAIN).media(ear.probe)).result();

        rig.cdr();
        assertThat(messages()).hasSize(2).allMatch(message -> size(message) > 20_000);
        assertThat(rig.events)
                .filteredOn(RecordingReady.class::isInstance)
                .extracting(event -> ((RecordingReady) event).location())
                .doesNotHaveDuplicates();
    }

    @Test
    @DisplayName("and a successor that knows nothing of the message takes another one: both are kept")
    void successor() throws IOException {
        Voicemail voicemail = Voicemail.upTo(Duration.ofSeconds(4), Continuation.named("more"));
        FlowHandler once = event -> event instanceof MessageTaken
                ? CallFlow.start().hangUp()
                : CallFlow.start().end(voicemail);
        rig.start(once, event -> {});
        dial(caller(Rig.MAIN).media(ear().probe));
        await().until(() -> messages().stream().anyMatch(message -> size(message) > 10_000));
        rig.die();
        rig.start(once, event -> {});

        rig.cdr();
        assertThat(messages()).hasSize(2).allMatch(message -> size(message) > 40_000);
    }

    @Test
    @DisplayName("and a user without any phone gets it at once")
    void noPhoneAtAll() throws IOException {
        rig.user("1", "0001", List.of(), true);
        rig.start();
        Ear ear = ear();
        LiveCall call = dial(caller(Rig.PERSONAL).media(ear.probe));
        await().until(() -> messages().stream().anyMatch(message -> size(message) > 30_000));
        call.hangUp();

        assertThat(rig.cdr().disposition()).isEqualTo(Disposition.VOICEMAIL);
    }

    @Test
    @DisplayName("also where Asterisk has no sound for the tone")
    void noBeep() throws IOException {
        rig.user("1", "0001", List.of(), true);
        Files.delete(rig.server.soundsDirectory().resolve("beep.ulaw"));
        rig.start();
        Ear ear = ear();
        LiveCall call = dial(caller(Rig.PERSONAL).media(ear.probe));
        await().until(() -> messages().stream().anyMatch(message -> size(message) > 30_000));
        call.hangUp();

        assertThat(rig.cdr().disposition()).isEqualTo(Disposition.VOICEMAIL);
    }

    @Test
    @DisplayName("or hangs up before the tone: there is no message")
    void beforeTheTone() throws IOException {
        phone("1001", PhoneScript.busy(Duration.ofMillis(100)));
        rig.tone("leave", Duration.ofSeconds(5));
        rig.start();
        Ear ear = ear();
        LiveCall call = dial(caller(Rig.MAIN).press(ID_AFTER, "0001").media(ear.probe));
        ear.awaitPrompt("leave");
        call.hangUp();

        Cdr cdr = rig.cdr();
        assertEnd(cdr, Disposition.BUSY, 17, ReleasedBy.CALLER);
        assertThat(cdr.recording()).isNull();
        assertThat(messages()).isEmpty();
    }

    private long recordings() {
        return rig.events.stream().filter(RecordingReady.class::isInstance).count();
    }

    private List<Path> messages() throws IOException {
        try (Stream<Path> files = Files.list(rig.server.recordingDirectory())) {
            return files.toList();
        }
    }

    private static long size(Path file) {
        return file.toFile().length();
    }

    /** Share of the energy of the middle second of a recording that lies at this frequency. */
    private static double share(Path wav, double hertz) throws IOException {
        int rate = 8_000;
        byte[] bytes = Files.readAllBytes(wav);
        ByteBuffer samples = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int first = (44 + bytes.length / 2 - rate) & ~1;
        double energy = 0;
        double cosine = 0;
        double sine = 0;
        for (int i = 0; i < rate; i++) {
            double sample = samples.getShort(first + 2 * i);
            double angle = 2 * Math.PI * hertz * i / rate;
            energy += sample * sample;
            cosine += sample * Math.cos(angle);
            sine += sample * Math.sin(angle);
        }
        return 2 * (cosine * cosine + sine * sine) / (energy * rate);
    }
}
