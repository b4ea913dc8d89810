package io.careflow.pstn.asterisk;

import static org.assertj.core.api.Assertions.assertThat;

import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.lab.RtpStats;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What a caller hears")
class PromptIT extends RealCalls {

    @Test
    @DisplayName("a text is spoken")
    void speech() {
        rig.extras = builder -> builder.speech(new EspeakNg());
        RtpStats heard = hear(
                CallFlow.start().say("Welcome to CareFlow.", Locale.ENGLISH).hangUp());

        assertThat(heard.audio()).isGreaterThan(Duration.ofMillis(800));
        assertThat(heard.rms()).isGreaterThan(0.02);
    }

    @Test
    @DisplayName("a file is played")
    void file() {
        rig.server.addTone("extra", 1_850, Duration.ofMillis(800));
        Path file = rig.server.soundsDirectory().resolve("extra.ulaw");
        Ear ear = ear();
        hear(ear, CallFlow.start().play(file.toUri()).hangUp());

        assertThat(ear.probe.toneShare(1_850)).isGreaterThan(0.8);
    }

    @Test
    @DisplayName("a pause is silence, and a file that is not there is skipped")
    void pauseAndMissingFile() {
        Ear ear = ear();
        hear(
                ear,
                CallFlow.start()
                        .play(Path.of("/no/such/file.wav").toUri())
                        .pause(Duration.ofMillis(500))
                        .step(Rig.tone("welcome"))
                        .hangUp());

        assertThat(ear.prompts()).containsExactly("welcome");
    }

    private RtpStats hear(CallFlow flow) {
        return hear(ear(), flow);
    }

    private RtpStats hear(Ear ear, CallFlow flow) {
        rig.start(event -> flow, event -> {});
        assertThat(dial(caller(Rig.MAIN).media(ear.probe)).result().success()).isTrue();
        rig.cdr();
        return ear.probe.received();
    }
}
