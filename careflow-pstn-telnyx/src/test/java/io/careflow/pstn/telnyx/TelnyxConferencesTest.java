package io.careflow.pstn.telnyx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.call.control.CallRequest;
import io.careflow.pstn.call.control.Conferences.Participant;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.NotFound;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.error.UnsupportedFeature;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.flow.Conference;
import io.careflow.pstn.flow.Continuation;
import io.careflow.pstn.tck.FakeReply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Conference rooms. */
class TelnyxConferencesTest {
    private static final String ROOM = "standup";
    private static final String ONE =
            "{\"call_control_id\":\"v3:one\",\"muted\":true,\"status\":\"joined\",\"id\":\"1\"}";
    private static final String TWO =
            "{\"call_control_id\":\"v3:two\",\"muted\":false,\"status\":\"joined\",\"id\":\"2\"}";
    private static final String LEFT =
            "{\"call_control_id\":\"v3:three\",\"muted\":false,\"status\":\"left\",\"id\":\"3\"}";
    private static final CallRef FIRST = new CallRef(FlowScene.TELNYX, "v3:one");

    private final FlowScene scene = new FlowScene();
    private TelnyxConferences conferences;

    @BeforeEach
    void open() {
        FlowEngine engine = scene.node();
        conferences = new TelnyxConferences(engine.client(), new TelnyxCallControl(engine));
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    @DisplayName("participants are those of the room that goes on and have not left")
    void participants() {
        goesOn();
        assertThat(conferences.participants(ROOM))
                .containsExactly(
                        new Participant(FIRST, "", true, "joined"),
                        new Participant(new CallRef(FlowScene.TELNYX, "v3:two"), "", false, "joined"));
    }

    @Test
    @DisplayName("a room that does not exist: nobody is there, nobody can be muted, its end is no error")
    void noRoom() {
        assertThat(conferences.participants(ROOM)).isEmpty();
        conferences.end(ROOM);
        conferences.remove(ROOM, FIRST);
        assertThatThrownBy(() -> conferences.mute(ROOM, FIRST, true))
                .isInstanceOf(NotFound.class)
                .extracting(e -> ((PstnException) e).effect())
                .isEqualTo(Effect.NONE);
        assertThat(scene.writes()).isEmpty();
    }

    @Test
    @DisplayName("a participant is muted and heard again")
    void mute() {
        goesOn();
        conferences.mute(ROOM, FIRST, true);
        assertThat(scene.body("mute").path("call_control_ids").get(0).asText()).isEqualTo("v3:one");
        conferences.mute(ROOM, FIRST, false);
        assertThat(scene.sent()).containsExactly("mute", "unmute");
    }

    @Test
    @DisplayName("removing a participant ends the call; one that is not there is no error")
    void remove() {
        goesOn();
        conferences.remove(ROOM, FIRST);
        conferences.remove(ROOM, new CallRef(FlowScene.TELNYX, "v3:stranger"));
        assertThat(scene.writes()).extracting(FlowScene::path).containsExactly("/calls/v3:one/actions/hangup");
    }

    @Test
    @DisplayName("the end of a room ends the calls of all who are there")
    void end() {
        goesOn();
        conferences.end(ROOM);
        assertThat(scene.writes())
                .extracting(FlowScene::path)
                .containsExactly("/calls/v3:one/actions/hangup", "/calls/v3:two/actions/hangup");
    }

    @Test
    @DisplayName("the end of a room that breaks off half-way is in doubt, and says how far it came")
    void endBreaksOff() {
        goesOn();
        scene.wire.on(
                "POST",
                "/calls/*/actions/hangup",
                FakeReply.json(200, "{\"data\":{\"result\":\"ok\"}}"),
                FlowScene.refusal(403, "10010"));
        assertThatThrownBy(() -> conferences.end(ROOM))
                .isInstanceOf(PstnException.class)
                .hasMessageContaining("1 participants were ended")
                .extracting(e -> ((PstnException) e).effect())
                .isEqualTo(Effect.UNKNOWN);
    }

    @Test
    @DisplayName("an invitation is a call whose flow is the room alone")
    void invite() {
        CallFlow room = CallFlow.start().end(new Conference(ROOM, Continuation.named("after")));
        assertThat(conferences.invite(ROOM, request(room)).ref().id()).isEqualTo("v3:leg-1");
        assertThatThrownBy(() -> conferences.invite("other", request(room))).isInstanceOf(UnsupportedFeature.class);
        assertThat(scene.sent()).containsExactly("calls");
    }

    private static CallRequest request(CallFlow flow) {
        return CallRequest.of(
                new CommandId("invite-1"),
                new PhoneNumber(FlowScene.OUR_NUMBER),
                Destination.number(new PhoneNumber(FlowScene.CALLER)),
                flow);
    }

    private void goesOn() {
        scene.wire.on(
                "GET",
                "/conferences",
                FakeReply.json(
                        200,
                        "{\"data\":[{\"id\":\"room-id\",\"name\":\"standup\",\"status\":\"in_progress\"}],"
                                + "\"meta\":{\"total_pages\":1}}"));
        scene.wire.on(
                "GET",
                "/conferences/room-id/participants",
                FakeReply.json(200, "{\"data\":[" + ONE + "," + TWO + "," + LEFT + "],\"meta\":{\"total_pages\":1}}"));
    }
}
