package io.careflow.pstn.telnyx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.error.UnsupportedFeature;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.flow.Continuation;
import io.careflow.pstn.flow.Dial;
import io.careflow.pstn.flow.Gather;
import io.careflow.pstn.flow.GatheredInput;
import io.careflow.pstn.flow.GatheredInput.End;
import io.careflow.pstn.flow.Notice;
import io.careflow.pstn.flow.Pause;
import io.careflow.pstn.flow.Prompt;
import io.careflow.pstn.flow.Say;
import io.careflow.pstn.http.Fields;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The small parts of which the engine is made. */
class FlowValuesTest {
    private static final Continuation THEN = Continuation.named("next");
    private static final Gather FOUR = Gather.digits(4, THEN);

    @Test
    @DisplayName("a client state comes back as it was, in standard Base64 with padding")
    void clientState() {
        ClientState state = new ClientState("v3:a-b_c==", 12, 3, 4);
        String text = new String(Base64.getDecoder().decode(state.encoded()), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(ClientState.read(text)).contains(state);
        assertThat(state.encoded().length() % 4).isZero();
    }

    @ParameterizedTest
    @CsvSource({"hello", "cf1|k|1|2", "cf1||1|2|3", "cf1|k|x|2|3", "cf2|k|1|2|3", "''"})
    @DisplayName("a client state that is none of ours is left alone")
    void foreignClientState(String text) {
        assertThat(ClientState.read(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "user_busy,486,17",
        "user_busy,unspecified,17",
        "no_answer,480,19",
        "timeout,unspecified,19",
        "normal_clearing,200,16",
        "originator_cancel,487,16",
        "time_limit,200,102",
        "call_rejected,603,21",
        "call_rejected,403,21",
        "call_rejected,480,20",
        "call_rejected,unspecified,21",
        "not_found,404,1",
        "not_found,480,20",
        "not_found,unspecified,1",
        "unspecified,503,34",
        "unspecified,500,41",
        "unspecified,488,58",
        "unspecified,unspecified,31",
        "invented_next_year,unspecified,31"
    })
    @DisplayName("the cause of an end: Telnyx's word first where it is sure, else the SIP status")
    void cause(String word, String sip, int q850) {
        ObjectNode payload = JsonNodeFactory.instance.objectNode();
        payload.put("hangup_cause", word).put("sip_hangup_cause", sip);
        HangupCause cause = TelnyxCauses.of(Fields.of(FlowScene.TELNYX, "call.hangup", payload));
        assertThat(cause.q850()).isEqualTo(q850);
        assertThat(cause.text()).as("the raw word is kept").isEqualTo(word);
    }

    @Test
    @DisplayName("of several causes a person who was reached decides")
    void decisive() {
        assertThat(TelnyxCauses.decisive(
                        List.of(HangupCause.SUBSCRIBER_ABSENT, HangupCause.NO_ANSWER, HangupCause.CALL_REJECTED)))
                .isEqualTo(HangupCause.CALL_REJECTED);
        assertThat(TelnyxCauses.decisive(List.of())).isEqualTo(HangupCause.TEMPORARY_FAILURE);
    }

    @ParameterizedTest
    @CsvSource({"0001,0001,COMPLETE", "1#,1,FINISH_KEY", "99*0001,0001,COMPLETE", "#,'',FINISH_KEY"})
    @DisplayName("keys mean what the collector of the machine says")
    void entered(String keys, String digits, End end) {
        assertThat(new Entered(FOUR, keys).result()).contains(GatheredInput.digits(digits, end));
    }

    @Test
    @DisplayName("keys that are not complete are kept when the time is over")
    void incomplete() {
        Entered some = new Entered(FOUR, "12*3");
        assertThat(some.result()).isEmpty();
        assertThat(some.timeout()).isEqualTo(GatheredInput.digits("3", End.TIMEOUT));
    }

    @Test
    @DisplayName("prompts of one language become one piece, as long as Telnyx takes")
    void pieces() {
        Say one = new Say("One.", Locale.ENGLISH);
        Say two = new Say("Two.", Locale.ENGLISH);
        Say trois = new Say("Trois.", Locale.FRENCH);
        Prompt pause = new Pause(Duration.ofSeconds(1));
        assertThat(Pieces.of(List.of(one, two, trois, pause, one)))
                .containsExactly(new Say("One. Two.", Locale.ENGLISH), trois, pause, one);
        Say longest = new Say("x".repeat(2999), Locale.ENGLISH);
        assertThat(Pieces.of(List.of(longest, one))).containsExactly(longest, one);
    }

    @Test
    @DisplayName("a voice that the application chose comes before ours; a language alone gets the usual one")
    void voices() {
        Voices voices = new Voices(Map.of("en", "AWS.Polly.Amy-Neural", "eo", "Azure.eo-Voice"));
        assertThat(voices.require(Locale.ENGLISH).name()).isEqualTo("AWS.Polly.Amy-Neural");
        assertThat(voices.require(Locale.US).name()).isEqualTo("AWS.Polly.Joanna-Neural");
        assertThat(voices.require(Locale.FRENCH).language()).isEqualTo("fr-FR");
        assertThat(voices.require(Locale.forLanguageTag("eo")).language()).isNull();
        assertThat(new Voices(Map.of()).find(Locale.forLanguageTag("eo"))).isEmpty();
    }

    @Test
    @DisplayName("without an application that dials, a dial is refused; with one it is not")
    void dialling() {
        CallFlow flow = CallFlow.start().dial(Dial.to(List.of(Destination.sip("1001")), THEN));
        FlowChecks deaf = new FlowChecks(FlowScene.TELNYX, new Voices(Map.of()), false);
        FlowChecks able = new FlowChecks(FlowScene.TELNYX, new Voices(Map.of()), true);
        assertThatThrownBy(() -> deaf.require(flow))
                .isInstanceOf(UnsupportedFeature.class)
                .hasMessageContaining("dial");
        assertThatCode(() -> able.require(flow)).doesNotThrowAnyException();
    }

    @Test
    @DisplayName("a notice inside the recording is refused")
    void notices() {
        FlowChecks checks = new FlowChecks(FlowScene.TELNYX, new Voices(Map.of()), true);
        CallFlow flow = CallFlow.start()
                .step(new Notice("n", new Say("x", Locale.ENGLISH)))
                .hangUp();
        assertThatThrownBy(() -> checks.require(flow))
                .isInstanceOf(UnsupportedFeature.class)
                .hasMessageContaining("notice");
    }

    @ParameterizedTest
    @CsvSource({"911", "+1911", "112", "999", "sip:911@sip.telnyx.com", "sip:112@acme.sip.telnyx.eu:5060"})
    @DisplayName("emergency numbers are not called, as Telnyx does not say what would become of it")
    void emergency(String number) {
        FlowChecks checks = new FlowChecks(FlowScene.TELNYX, new Voices(Map.of()), true);
        Dial dial = Dial.to(List.of(Destination.sip(number)), THEN);
        assertThatThrownBy(() -> checks.require(CallFlow.start().dial(dial)))
                .isInstanceOf(UnsupportedFeature.class)
                .hasMessageContaining("emergency");
    }

    @ParameterizedTest
    @CsvSource({"1001", "9110", "alice", "110", "17", "sip:911@pbx.example.org", "sip:911@telnyx.com.example.org"})
    @DisplayName("other short SIP users are called")
    void noEmergency(String user) {
        FlowChecks checks = new FlowChecks(FlowScene.TELNYX, new Voices(Map.of()), true);
        Dial dial = Dial.to(List.of(Destination.sip(user)), THEN);
        assertThatCode(() -> checks.require(CallFlow.start().dial(dial))).doesNotThrowAnyException();
    }
}
