package io.careflow.pstn.telnyx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.careflow.pstn.CommandId;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.call.Attestation;
import io.careflow.pstn.call.CallNote;
import io.careflow.pstn.call.CallOrigin;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.CallerTrust;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.call.Disposition;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.call.Party;
import io.careflow.pstn.call.ReleasedBy;
import io.careflow.pstn.event.CallAnswered;
import io.careflow.pstn.event.CallEnded;
import io.careflow.pstn.event.CallEvent;
import io.careflow.pstn.event.CallNoted;
import io.careflow.pstn.event.DialEnded;
import io.careflow.pstn.event.InboundCall;
import io.careflow.pstn.event.LegAnswered;
import io.careflow.pstn.event.LegDialled;
import io.careflow.pstn.event.LegEnded;
import io.careflow.pstn.event.LegRinging;
import io.careflow.pstn.event.OutboundCall;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.flow.Conference;
import io.careflow.pstn.flow.Continuation;
import io.careflow.pstn.flow.Dial;
import io.careflow.pstn.flow.Enqueue;
import io.careflow.pstn.flow.Gather;
import io.careflow.pstn.flow.HangUp;
import io.careflow.pstn.flow.InputKind;
import io.careflow.pstn.flow.Pause;
import io.careflow.pstn.flow.Play;
import io.careflow.pstn.flow.Redirect;
import io.careflow.pstn.flow.Reject;
import io.careflow.pstn.flow.Say;
import io.careflow.pstn.flow.Step;
import io.careflow.pstn.flow.Voicemail;
import io.careflow.pstn.flow.machine.Position;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is kept between two events comes back as it was. */
class StateJsonTest {
    private static final Continuation THEN =
            Continuation.named("next").with("attempt", 2).with("tenant", "clinic");
    private static final CallRef CALL = new CallRef(FlowScene.TELNYX, FlowScene.CALL);
    private static final Instant AT = Instant.parse("2026-01-05T12:00:00.123Z");

    private final StateJson json = new StateJson();

    static Stream<CallFlow> flows() {
        return Stream.of(
                CallFlow.start()
                        .say("Grüezi.", Locale.forLanguageTag("de-CH"))
                        .play(URI.create("https://example.org/a.mp3"))
                        .pause(Duration.ofMillis(1500))
                        .sendDigits("1w#")
                        .startRecording()
                        .stopRecording()
                        .hangUp()
                        .noting(new CallNote(new TenantId("clinic"), "carrier", "u1", "0001", Disposition.SERVED)),
                CallFlow.start()
                        .hangUp()
                        .noting(CallNote.NONE.withTrust(new CallerTrust(
                                CallerTrust.Level.VERIFIED_PARTIAL,
                                Attestation.PARTIAL,
                                "6e4d8c1a-3b0e-4d1c-9d55-21a8d1e3a1f7",
                                CallerTrust.Source.CARRIER,
                                "the carrier says that the signature is good",
                                "B, validated"))),
                CallFlow.start().end(new HangUp(new HangupCause(41, 503, "down"))),
                CallFlow.start().reject(Reject.Reason.NOT_FOUND),
                CallFlow.start().end(new Redirect(THEN)),
                CallFlow.start().end(new Conference("room 1", THEN)),
                CallFlow.start().end(new Conference("room 1", THEN).asHost()),
                CallFlow.start().end(new Enqueue("support", THEN)),
                CallFlow.start().voicemail(Voicemail.upTo(Duration.ofSeconds(90), THEN)),
                CallFlow.start()
                        .dial(Dial.to(
                                        List.of(
                                                Destination.sip("sip:1001"),
                                                Destination.sip("sip:a@example.org:5070"),
                                                Destination.number(new PhoneNumber("+18195550177"))),
                                        THEN)
                                .showing(new PhoneNumber("+18195550111"))
                                .ringingFor(Duration.ofMillis(4500))),
                CallFlow.start()
                        .gather(Gather.digits(4, THEN)
                                .asking(new Say("ID?", Locale.ENGLISH), new Pause(Duration.ofSeconds(1)))
                                .accepting(Set.of(InputKind.DTMF, InputKind.SPEECH))
                                .hinting("zero", "one")),
                CallFlow.start()
                        .gather(new Gather(
                                Set.of(InputKind.SPEECH),
                                List.of(new Play(URI.create("https://example.org/b.mp3"))),
                                1,
                                null,
                                null,
                                Duration.ofSeconds(3),
                                Duration.ofSeconds(2),
                                Duration.ofSeconds(9),
                                List.of(),
                                THEN)));
    }

    static Stream<CallEvent> facts() {
        return Stream.of(
                new InboundCall("1", AT, CALL, new Party("+14165550142", "Zoë"), Party.of("+18195550100")),
                new InboundCall(
                        "1",
                        AT,
                        CALL,
                        Party.anonymous(),
                        Party.of("+18195550100"),
                        new CallOrigin(Attestation.PARTIAL, "B", Party.of("+14165550143"), Map.of("X-Id", "7"))),
                new OutboundCall(
                        "2", AT, CALL, new TenantId("clinic"), Party.of("+18195550100"), Destination.sip("sip:1001")),
                new OutboundCall(
                        "2",
                        AT,
                        CALL,
                        new TenantId("clinic"),
                        Party.of("+18195550100"),
                        Destination.sip("sip:1001"),
                        new CommandId("call-17")),
                new CallAnswered("3", AT, CALL),
                new CallNoted("4", AT, CALL, CallNote.NONE.withTyped("0001")),
                new LegDialled("5", AT, CALL, "leg", "sip:1001"),
                new LegRinging("6", AT, CALL, "leg"),
                new LegAnswered("7", AT, CALL, "leg"),
                new CallEnded("10", AT, CALL, new HangupCause(16, null, "normal"), ReleasedBy.CALLER, false),
                new LegEnded("8", AT, CALL, "leg", new HangupCause(17, 486, "user_busy")),
                new DialEnded("9", AT, CALL, THEN, Disposition.BUSY, HangupCause.USER_BUSY));
    }

    @ParameterizedTest
    @MethodSource("flows")
    @DisplayName("every flow comes back as it was")
    void flow(CallFlow flow) {
        FlowState state = new FlowState();
        Position position =
                new Position(Position.Phase.ENDING, 7, true, flow, flow.steps().size());
        json.keep(state, position);
        assertThat(json.position(json.read(json.write(state)))).isEqualTo(position);
    }

    @ParameterizedTest
    @MethodSource("facts")
    @DisplayName("every fact of a record comes back as it was")
    void fact(CallEvent event) {
        assertThat(json.facts().read(CALL, json.facts().write(event).orElseThrow()))
                .isEqualTo(event);
    }

    @Test
    @DisplayName("a placed call that an older version kept has no command")
    void olderCommand() throws Exception {
        JsonNode kept = new ObjectMapper()
                .readTree(
                        "{\"is\":\"OutboundCall\",\"id\":\"2\",\"at\":\"2026-01-05T12:00:00.123Z\",\"tenant\":\"clinic\","
                                + "\"from\":{\"address\":\"+18195550100\",\"name\":null},\"to\":\"sip:1001\"}");
        assertThat(json.facts().read(CALL, kept))
                .isEqualTo(new OutboundCall(
                        "2",
                        AT,
                        CALL,
                        new TenantId("clinic"),
                        Party.of("+18195550100"),
                        Destination.sip("sip:1001"),
                        null));
        assertThat(json.read("{\"key\":\"k\",\"digest\":\"d\"}").command).isNull();
    }

    @Test
    @DisplayName("an event of which no record is made is not kept")
    void noFact() {
        assertThat(json.facts().write(new io.careflow.pstn.event.MessageTaken("x", AT, CALL, THEN)))
                .isEmpty();
    }

    @Test
    @DisplayName("a call of which no flow is known comes back without one")
    void noFlow() {
        FlowState state = new FlowState();
        json.keep(state, Position.initial(false));
        assertThat(json.position(json.read(json.write(state)))).isEqualTo(Position.initial(false));
    }

    @Test
    @DisplayName("fields of another version do no harm")
    void otherVersion() {
        assertThat(json.read("{\"key\":\"k\",\"invented\":[1,{}],\"prompting\":{\"number\":3,\"new\":1}}").prompting)
                .isNotNull()
                .extracting(doing -> doing.number)
                .isEqualTo(3);
    }

    @Test
    @DisplayName("what is no state is refused, and not quoted")
    void noState() {
        assertThatThrownBy(() -> json.read("secret"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageNotContaining("secret");
    }

    @Test
    @DisplayName("a step that nobody knows is not kept")
    void unknownStep() {
        Step levitate = () -> "levitate";
        CallFlow flow = CallFlow.start().step(levitate).hangUp();
        assertThatThrownBy(() -> json.flows().write(flow))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("levitate");
    }
}
