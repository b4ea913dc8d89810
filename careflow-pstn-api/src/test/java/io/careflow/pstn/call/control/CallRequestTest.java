package io.careflow.pstn.call.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.Option;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.call.CallNote;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.call.control.CallRequest.Feature;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.UnsupportedFeature;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.flow.Pause;
import io.careflow.pstn.flow.StartRecording;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CallRequestTest {
    private static final ProviderId VOIPMS = new ProviderId("voipms");
    private static final Option<String> CONNECTION = new Option<>("vendor.connection", String.class);
    private static final Option<String> REGION = new Option<>("vendor.region", String.class);
    private static final CallFlow WAIT =
            CallFlow.start().pause(Duration.ofSeconds(1)).hangUp().noting(CallNote.NONE.withUser("u-1"));
    private static final CallRequest REQUEST =
            CallRequest.of(new CommandId("one"), new PhoneNumber("+18195550100"), Destination.sip("1001"), WAIT);

    @Test
    @DisplayName("a call rings for 30 seconds, without a limit, without listening for machines, unless said otherwise")
    void defaults() {
        assertThat(REQUEST.ringFor()).isEqualTo(Duration.ofSeconds(30));
        assertThat(REQUEST.longest()).isNull();
        assertThat(REQUEST.detectMachine()).isFalse();
        assertThat(REQUEST.tenant()).isEqualTo(TenantId.DEFAULT);
    }

    @Test
    @DisplayName("each derived request keeps what was said before")
    void derived() {
        CallRequest request = REQUEST.with(CONNECTION, "c-1")
                .detectingMachines()
                .lastingAtMost(Duration.ofHours(24))
                .over(List.of("carrier", "backup", "carrier"))
                .ringingFor(Duration.ofSeconds(1))
                .forTenant(new TenantId("clinic"));
        assertThat(request)
                .isEqualTo(new CallRequest(
                        new CommandId("one"),
                        new TenantId("clinic"),
                        Destination.sip("1001"),
                        new PhoneNumber("+18195550100"),
                        WAIT,
                        Duration.ofSeconds(1),
                        Duration.ofHours(24),
                        true,
                        List.of("carrier", "backup"),
                        Map.of(CONNECTION, "c-1")));
    }

    @Test
    @DisplayName("times are within limits")
    void limits() {
        refused(() -> REQUEST.ringingFor(Duration.ofMillis(999)), "ring time is PT0.999S", "PT1S to PT10M");
        refused(() -> REQUEST.ringingFor(Duration.ofMinutes(11)), "ring time is PT11M");
        refused(() -> REQUEST.lastingAtMost(Duration.ZERO), "longest call is PT0S", "PT1S to PT24H");
        refused(() -> REQUEST.lastingAtMost(Duration.ofHours(25)), "longest call is PT25H");
    }

    @Test
    @DisplayName("a recorded call records before anything else, and keeps ending and note")
    void recorded() {
        CallRequest request = REQUEST.detectingMachines().recorded();
        assertThat(request.onAnswer().steps()).containsExactly(new StartRecording(), new Pause(Duration.ofSeconds(1)));
        assertThat(request.onAnswer().ending()).isEqualTo(WAIT.ending());
        assertThat(request.onAnswer().note()).isEqualTo(WAIT.note());
        assertThat(request.detectMachine()).isTrue();
    }

    @Test
    @DisplayName("a call that is recorded already is not recorded twice")
    void recordedTwice() {
        assertThat(REQUEST.recorded().recorded()).isEqualTo(REQUEST.recorded());
    }

    @Test
    @DisplayName("a provider that can do what is asked for takes it")
    void supported() {
        CallRequest request = REQUEST.lastingAtMost(Duration.ofHours(1))
                .detectingMachines()
                .over(List.of("carrier"))
                .with(CONNECTION, "c-1");
        Set<Feature> everything = Set.of(Feature.values());
        assertThatCode(() -> request.requireOnly(VOIPMS, everything, Set.of(CONNECTION, REGION)))
                .doesNotThrowAnyException();
        assertThatCode(() -> REQUEST.requireOnly(VOIPMS, Set.of(), Set.of())).doesNotThrowAnyException();
    }

    @Test
    @DisplayName("a provider that cannot refuses, naming what is asked for and what it can")
    void unsupported() {
        Set<Feature> machines = Set.of(Feature.MACHINE_DETECTION);
        Set<Feature> longest = Set.of(Feature.LONGEST);
        unsupported(
                () -> REQUEST.lastingAtMost(Duration.ofHours(1)).requireOnly(VOIPMS, machines, Set.of(REGION)),
                "a longest call is not supported",
                "[detecting machines, option 'vendor.region']");
        unsupported(
                () -> REQUEST.detectingMachines().requireOnly(VOIPMS, longest, Set.of()),
                "detecting machines is not supported",
                "[a longest call]");
        unsupported(
                () -> REQUEST.over(List.of("carrier")).requireOnly(VOIPMS, longest, Set.of()),
                "trunks to call over is not supported",
                "[a longest call]");
        unsupported(
                () -> REQUEST.with(CONNECTION, "c-1").requireOnly(VOIPMS, longest, Set.of(REGION)),
                "option 'vendor.connection' is not supported",
                "[a longest call, option 'vendor.region']");
    }

    @Test
    @DisplayName("an option takes values of its type only")
    @SuppressWarnings({"unchecked", "rawtypes"})
    void typedOptions() {
        assertThatThrownBy(() -> REQUEST.with((Option) CONNECTION, 7)).isInstanceOf(ClassCastException.class);
    }

    @Test
    @DisplayName("a participant of a conference has a call")
    @SuppressWarnings("NullAway")
    void participant() {
        CallRef call = new CallRef(VOIPMS, "c-1");
        assertThat(new Conferences.Participant(call, "", true, "muted").muted()).isTrue();
        assertThatThrownBy(() -> new Conferences.Participant(null, "", true, "muted"))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("call");
    }

    private static void refused(ThrowingCallable call, String... words) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessageContainingAll(words);
    }

    private static void unsupported(ThrowingCallable call, String... words) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        UnsupportedFeature.class, e -> assertThat(e.effect()).isEqualTo(Effect.NONE))
                .hasMessageContaining("voipms call.place")
                .hasMessageContainingAll(words);
    }
}
