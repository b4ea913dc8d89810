package io.careflow.pstn.telnyx;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.call.ReleasedBy;
import io.careflow.pstn.call.SipAddress;
import io.careflow.pstn.event.CallEnded;
import io.careflow.pstn.event.InboundCall;
import io.careflow.pstn.event.LegEnded;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.flow.Continuation;
import io.careflow.pstn.flow.Dial;
import io.careflow.pstn.webhook.WebhookReply;
import io.careflow.pstn.webhook.WebhookRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Whose phone dials over Telnyx")
class OwnPhonesTest {
    private static final SipAddress ALICE = new SipAddress("1001", null);
    private static final String OF_ALICE = "2001";
    private static final String OUTSIDE = "+14165550199";

    private final FlowScene scene = new FlowScene();

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    @DisplayName("what a connection parks is a call of its user, to what was dialled")
    void parked() {
        InboundCall call = dialled("outgoing", "parked", OF_ALICE).orElseThrow();
        assertThat(call.origin().user()).isEqualTo(ALICE);
        assertThat(call.to().address()).isEqualTo(OUTSIDE);
        assertThat(call.call()).isEqualTo(new CallRef(FlowScene.TELNYX, FlowScene.CALL));
    }

    @ParameterizedTest
    @CsvSource({"2999", "fails"})
    @DisplayName(
            "what a connection parks that is nobody's is a stranger's call, which is denied as such; also if asking fails")
    void strangers(String connection) {
        InboundCall call = dialled("outgoing", "parked", connection).orElseThrow();
        assertThat(call.origin().user()).isNull();
        FlowEngine engine = scene.phones(OwnPhonesTest::user).node();
        engine.happened(hook("outgoing", "parked", connection));
        assertThat(scene.sent()).containsExactly("hangup");
    }

    @ParameterizedTest
    @CsvSource({
        "outgoing, parked, ''",
        "outgoing, parked, 1293384261075731499",
        "outgoing, bridging, 2001",
        "outgoing, '', 2001",
    })
    @DisplayName("the application that places calls, and what is not parked, bring no call")
    void nobody(String direction, String state, String connection) {
        assertThat(dialled(direction, state, connection)).isEmpty();
    }

    @Test
    @DisplayName("without the option nothing that is parked is a call of ours")
    void notConfigured() {
        TelnyxEvents plain = new TelnyxEvents(FlowScene.TELNYX, OwnPhones.none());
        assertThat(plain.of(hook("outgoing", "parked", OF_ALICE))).isEmpty();
        scene.node().happened(hook("outgoing", "parked", OF_ALICE));
        assertThat(scene.asked).isEmpty();
        assertThat(scene.sent()).isEmpty();
    }

    @Test
    @DisplayName("a call that Telnyx itself connects to a phone of ours needs nobody to answer it; others arrive")
    void called() {
        assertThat(dialled("incoming", "bridging", OF_ALICE)).isEmpty();
        assertThat(dialled("incoming", "parked", OF_ALICE))
                .map(InboundCall::origin)
                .map(o -> o.user() == null)
                .contains(true);
        assertThat(dialled("incoming", "bridging", "2999")).isPresent();
    }

    @Test
    @DisplayName("a client state that a phone sends claims nobody else's call")
    void clientState() {
        ObjectNode payload = payload("outgoing", "parked", OF_ALICE)
                .put("client_state", new ClientState("v3:other", 1, 1, 0).encoded());
        Hook trusted = events().trusted(scene.hook("call.initiated", payload));
        assertThat(trusted.clientState()).isEmpty();
        assertThat(events().of(trusted))
                .singleElement()
                .isInstanceOfSatisfying(
                        InboundCall.class, call -> assertThat(call.call().id()).isEqualTo(FlowScene.CALL));
        Hook ours = scene.hook(
                "call.initiated",
                payload("outgoing", "bridging", FlowScene.APPLICATION)
                        .put("client_state", new ClientState(FlowScene.CALL, 1, 1, 0).encoded()));
        assertThat(events().trusted(ours)).isSameAs(ours);
    }

    @Test
    @DisplayName("the end of a stranger's leg that carries our client state ends neither call nor leg of ours")
    void foreignEnd() {
        FlowEngine engine = scene.answering(CallFlow.start().end(dial())).answered();
        engine.happened(scene.ofLeg(1, "call.initiated", "direction", "outgoing"));
        for (int leg : new int[] {0, 1}) {
            String state = new ClientState(FlowScene.CALL, 1, leg, 0).encoded();
            engine.happened(scene.hook("call.hangup", "v3:mallory", state, "hangup_cause", "normal_clearing"));
        }
        assertThat(scene.told(LegEnded.class)).isEmpty();
        assertThat(scene.told(CallEnded.class)).isEmpty();
        engine.happened(scene.ofLeg(1, "call.hangup", "hangup_cause", "user_busy", "sip_hangup_cause", "486"));
        assertThat(scene.told(LegEnded.class)).hasSize(1);
    }

    @Test
    @DisplayName(
            "a parked call is hung up where it is denied, as only one that comes in can be rejected, and we ended it")
    void denied() {
        FlowEngine engine = scene.phones(OwnPhonesTest::user).node();
        engine.happened(hook("outgoing", "parked", OF_ALICE));
        assertThat(scene.sent()).containsExactly("hangup");
        engine.happened(scene.ofCall("call.hangup", "hangup_cause", "originator_cancel", "hangup_source", "caller"));
        assertThat(scene.told(CallEnded.class)).singleElement().satisfies(ended -> {
            assertThat(ended.releasedBy()).isEqualTo(ReleasedBy.SYSTEM);
            assertThat(ended.cause()).isEqualTo(HangupCause.NORMAL_CLEARING);
        });
    }

    @Test
    @DisplayName("a parked call rings whom the flow dials, linked to it, and is answered when they answer")
    void dials() {
        FlowEngine engine = scene.phones(OwnPhonesTest::user)
                .answering(CallFlow.start().end(dial()))
                .node();
        engine.happened(hook("outgoing", "parked", OF_ALICE));
        assertThat(scene.sent()).containsExactly("calls");
        assertThat(scene.body("calls").path("link_to").asText()).isEqualTo(FlowScene.CALL);
        assertThat(scene.body("calls").path("connection_id").asText()).isEqualTo(FlowScene.APPLICATION);
        engine.happened(scene.ofLeg(1, "call.answered"));
        engine.happened(scene.ofCall("call.answered"));
        assertThat(scene.sent()).containsExactly("calls", "answer", "bridge");
    }

    @Test
    @DisplayName("a body that names a connection, but is not signed by Telnyx, is refused and nobody hears of it")
    void forged() {
        List<Hook> followed = new ArrayList<>();
        TelnyxWebhooks webhooks = new TelnyxWebhooks(
                FlowScene.TELNYX,
                new PublicKeys(List.of(Signing.PUBLIC_KEY)),
                events(),
                scene.time.clock(),
                event -> {},
                followed::add);
        String body =
                "{\"data\":{\"event_type\":\"call.initiated\",\"id\":\"e1\",\"occurred_at\":\"2026-01-05T12:00:00Z\","
                        + "\"payload\":" + payload("outgoing", "parked", "2999") + "}}";
        WebhookRequest genuine = Signing.request(scene.time.now(), body);
        WebhookRequest forged = new WebhookRequest(
                "POST",
                Signing.URL,
                genuine.headers(),
                body.replace("2999", OF_ALICE).getBytes(StandardCharsets.UTF_8));
        assertThat(webhooks.answer(forged)).isEqualTo(WebhookReply.forbidden());
        assertThat(followed).isEmpty();
        assertThat(webhooks.answer(genuine)).isEqualTo(WebhookReply.noContent());
        assertThat(followed).hasSize(1);
    }

    private static Dial dial() {
        return Dial.to(List.of(Destination.number(new PhoneNumber(OUTSIDE))), Continuation.named("then"))
                .ringingFor(Duration.ofSeconds(30))
                .talkingAtMost(Duration.ofMinutes(5));
    }

    private static Optional<SipAddress> user(String connection) {
        if (connection.equals("fails")) {
            throw new IllegalStateException("directory");
        }
        // Mapped by mistake: the application itself is nobody's phone.
        boolean known = connection.equals(OF_ALICE) || connection.equals(FlowScene.APPLICATION);
        return known ? Optional.of(ALICE) : Optional.empty();
    }

    private static TelnyxEvents events() {
        return new TelnyxEvents(FlowScene.TELNYX, new OwnPhones(FlowScene.APPLICATION, OwnPhonesTest::user));
    }

    private Optional<InboundCall> dialled(String direction, String state, String connection) {
        return events().of(hook(direction, state, connection)).stream()
                .map(InboundCall.class::cast)
                .findFirst();
    }

    private Hook hook(String direction, String state, String connection) {
        return scene.hook("call.initiated", payload(direction, state, connection));
    }

    private ObjectNode payload(String direction, String state, String connection) {
        return scene.object()
                .put("call_control_id", FlowScene.CALL)
                .put("call_leg_id", "uuid-of-call")
                .put("call_session_id", "session")
                .put("connection_id", connection)
                .put("direction", direction)
                .put("state", state)
                .put("from", "sip:mallory@sip.telnyx.com")
                .put("to", "sip:" + OUTSIDE + "@sip.telnyx.com");
    }
}
