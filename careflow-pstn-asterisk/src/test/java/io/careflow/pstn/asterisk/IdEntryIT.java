package io.careflow.pstn.asterisk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.careflow.pstn.call.Disposition;
import io.careflow.pstn.call.ReleasedBy;
import io.careflow.pstn.cdr.Cdr;
import io.careflow.pstn.event.CallAnswered;
import io.careflow.pstn.event.CallEvent;
import io.careflow.pstn.event.InputGathered;
import io.careflow.pstn.event.LegDialled;
import io.careflow.pstn.lab.LiveCall;
import io.careflow.pstn.lab.PhoneScript;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A caller enters a CareFlow ID")
class IdEntryIT extends RealCalls {

    @Test
    @DisplayName("by the keys of a real phone: telephone events in the audio (RFC 4733)")
    void telephoneEvents() {
        phone("1001", PhoneScript.busy(Duration.ofMillis(100)));
        rig.start();
        Ear ear = ear();
        dial(caller(Rig.MAIN).media(ear.probe));
        ear.awaitPrompt("ask");
        ear.probe.press("0001");

        Cdr cdr = rig.cdr();
        assertEnd(cdr, Disposition.BUSY, 17, ReleasedBy.SYSTEM);
        assertThat(cdr.typed()).isEqualTo("0001");
        assertThat(ear.prompts()).containsExactly("welcome", "ask", "busy");
    }

    @Test
    @DisplayName("a key interrupts what is being said, also what would have been said next")
    void interrupts() {
        phone("1001", PhoneScript.busy(Duration.ofMillis(100)));
        rig.tone("welcome", Duration.ofSeconds(5));
        rig.start();
        Ear ear = ear();
        dial(caller(Rig.MAIN).press(Duration.ofSeconds(1), "0001").media(ear.probe));

        rig.cdr();
        assertThat(ear.prompts()).containsExactly("welcome", "busy");
        assertThat(sinceAnswer(LegDialled.class)).isLessThan(Duration.ofSeconds(4));
    }

    @Test
    @DisplayName("a pause ends a short ID")
    void pauseEnds() {
        phone("1001", PhoneScript.busy(Duration.ofMillis(100)));
        rig.start();
        LiveCall call = dial(caller(Rig.MAIN).press(Duration.ofMillis(500), "1"));

        Cdr cdr = rig.cdr();
        assertThat(cdr.typed()).isEqualTo("1");
        assertThat(cdr.userId()).isEqualTo("1");
        assertThat(sinceFirstKey(call)).isBetween(Duration.ofMillis(900).minus(tolerance()), Duration.ofMillis(1900));
    }

    @Test
    @DisplayName("slow typing ends when the total time is over")
    void totalTime() {
        rig.settings = rig.settings.inputWithin(Duration.ofSeconds(2), Duration.ofMillis(900), Duration.ofMillis(1500));
        rig.start();
        Ear ear = ear();
        LiveCall call = dial(caller(Rig.MAIN)
                .press(Duration.ofMillis(300), "000")
                .betweenDigits(Duration.ofMillis(650))
                .media(ear.probe));
        ear.awaitPrompt("unknown");
        call.hangUp();

        Cdr cdr = rig.cdr();
        assertEnd(cdr, Disposition.ABANDONED, 16, ReleasedBy.CALLER);
        assertThat(cdr.typed()).isEqualTo("000");
        assertThat(sinceFirstKey(call))
                .as("a pause after the last key would end it after 2200 ms")
                .isBetween(Duration.ofMillis(1500).minus(tolerance()), Duration.ofMillis(2150));
    }

    @Test
    @DisplayName("the record shows only the last digit where that is configured")
    void masked() {
        phone("1001", PhoneScript.busy(Duration.ofMillis(100)));
        rig.settings = rig.settings.maskingTyped();
        rig.start();
        dialMain("0001");

        assertThat(rig.cdr().typed()).isEqualTo("***1");
    }

    @Test
    @DisplayName("while the database is down: an apology, never a wrong answer")
    void databaseDown() {
        rig.start();
        Ear ear = ear();
        dial(caller(Rig.MAIN).press(Duration.ofMillis(800), "0001").media(ear.probe));
        awaitEvent(CallAnswered.class);
        rig.directoryDown = true;

        Cdr cdr = rig.cdr();
        assertEnd(cdr, Disposition.FAILED, 41, ReleasedBy.SYSTEM);
        assertThat(cdr.typed()).isEqualTo("0001");
        await().until(() -> ear.prompts().contains("sorry"));
        assertThat(ear.prompts()).doesNotContain("unknown");
    }

    private Duration sinceAnswer(Class<? extends CallEvent> type) {
        return Duration.between(
                awaitEvent(CallAnswered.class).occurredAt(), awaitEvent(type).occurredAt());
    }

    private Duration sinceFirstKey(LiveCall call) {
        Instant pressed = call.soFar().messages().stream()
                .filter(message -> message.sent() && message.isRequest("INFO"))
                .findFirst()
                .orElseThrow()
                .at();
        return Duration.between(pressed, awaitEvent(InputGathered.class).occurredAt());
    }
}
