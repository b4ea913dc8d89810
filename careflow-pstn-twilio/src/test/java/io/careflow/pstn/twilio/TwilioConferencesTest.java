package io.careflow.pstn.twilio;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static io.careflow.pstn.twilio.Resource.CALL;
import static io.careflow.pstn.twilio.Resource.CONFERENCE;
import static io.careflow.pstn.twilio.Resource.OTHER_CALL;
import static io.careflow.pstn.twilio.Resource.call;
import static io.careflow.pstn.twilio.Resource.conference;
import static io.careflow.pstn.twilio.Resource.page;
import static io.careflow.pstn.twilio.Resource.participant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.BasicCredentials;
import io.careflow.pstn.CommandId;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.call.control.CallRequest;
import io.careflow.pstn.call.control.Conferences;
import io.careflow.pstn.call.control.Conferences.Participant;
import io.careflow.pstn.error.AuthenticationFailed;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.InvalidRequest;
import io.careflow.pstn.error.NotFound;
import io.careflow.pstn.error.ProviderUnavailable;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.error.UnsupportedFeature;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.flow.Conference;
import io.careflow.pstn.flow.Continuation;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class TwilioConferencesTest extends WireMockTwilio {
    private static final String ROOMS = V2010 + "/Conferences.json";
    private static final String ROOM = V2010 + "/Conferences/" + CONFERENCE;
    private static final String PARTICIPANTS = ROOM + "/Participants.json";
    private static final String PARTICIPANT = ROOM + "/Participants/" + CALL + ".json";
    private static final String ONE = V2010 + "/Calls/" + CALL + ".json";
    private static final String OTHER = V2010 + "/Calls/" + OTHER_CALL + ".json";
    private static final CallRef REF = new CallRef(new ProviderId("twilio"), CALL);

    @Override
    TwilioBuilder settings() {
        return super.settings().publicUrl(URI.create("https://phone.example.org/twilio"));
    }

    @Test
    void whoIsInARoomIsReadByItsName() {
        room("in-progress");
        onGet(
                PARTICIPANTS,
                page(
                        "participants",
                        participant().with("muted", "true").with("label", "doctor"),
                        participant().with("call_sid", OTHER_CALL).with("status", "ringing"),
                        participant()
                                .with("call_sid", "CA000000000000000000000000000000a3")
                                .with("status", "complete")));

        assertThat(rooms().participants("room-1"))
                .containsExactly(
                        new Participant(REF, "doctor", true, "connected"),
                        new Participant(new CallRef(REF.provider(), OTHER_CALL), "", false, "ringing"));
        wire.verify(
                1,
                getRequestedFor(urlPathEqualTo(ROOMS))
                        .withQueryParam("FriendlyName", equalTo("room-1"))
                        .withQueryParam("Status", equalTo("in-progress"))
                        .withBasicAuth(new BasicCredentials(ACCOUNT, TOKEN.reveal())));
    }

    @Test
    void aRoomThatHasNotBegunYetIsFoundToo() {
        room("init");
        onGet(PARTICIPANTS, page("participants", participant().with("status", "connecting")));

        assertThat(rooms().participants("room-1")).hasSize(1);
    }

    @Test
    void aRoomInWhichNobodyIsDoesNotExist() {
        onGet(ROOMS, page("conferences"));

        assertThat(rooms().participants("room-1")).isEmpty();
        rooms().remove("room-1", REF);
        rooms().end("room-1");
        assertThatThrownBy(() -> rooms().mute("room-1", REF, true))
                .isInstanceOf(NotFound.class)
                .hasMessageContaining("room-1");
        assertThat(sent()).containsOnly("GET " + ROOMS);
    }

    @Test
    void aRoomOfASimilarNameIsAnotherRoom() {
        onGet(ROOMS, page("conferences", conference().with("friendly_name", "room-12")));

        assertThat(rooms().participants("room-1")).isEmpty();
    }

    @Test
    void invitesByACallWhoseFlowIsTheRoom() {
        on(post(urlPathEqualTo(V2010 + "/Calls.json")), call().answer(201));

        assertThat(rooms().invite("room-1", invitation("room-1")).ref()).isEqualTo(REF);

        assertThat(form(requests().get(0)))
                .contains("To=+14165550199", "From=+14165550142")
                .anyMatch(field -> field.startsWith("Twiml=") && field.contains("<Conference>room-1</Conference>"));
    }

    @Test
    void anInvitationToSomethingElseIsRefused() {
        CallFlow more = CallFlow.start()
                .say("Welcome.", Locale.CANADA)
                .end(new Conference("room-1", Continuation.named("left")));

        for (CallRequest request : List.of(
                invitation("room-2"), request(more), request(CallFlow.start().hangUp()))) {
            assertThatThrownBy(() -> rooms().invite("room-1", request))
                    .isInstanceOf(UnsupportedFeature.class)
                    .hasMessageContaining("conference.invite");
        }
        assertThat(sent()).isEmpty();
    }

    @Test
    void mutesAndUnmutes() {
        room("in-progress");
        on(post(urlPathEqualTo(PARTICIPANT)), participant().answer(200));

        rooms().mute("room-1", REF, true);
        rooms().mute("room-1", REF, false);

        assertThat(form(requests().get(1))).containsExactly("Muted=true");
        assertThat(form(requests().get(3))).containsExactly("Muted=false");
    }

    @Test
    void whoIsRemovedIsHungUp() {
        room("in-progress");
        onGet(PARTICIPANT, participant().answer(200));
        onGet(ONE, call(CALL, "in-progress").answer(200));
        on(post(urlPathEqualTo(ONE)), call(CALL, "completed").answer(200));

        rooms().remove("room-1", REF);

        assertThat(sent()).endsWith("GET " + PARTICIPANT, "GET " + ONE, "POST " + ONE);
        assertThat(form(requests().get(3))).containsExactly("Status=completed");
    }

    @Test
    void whoIsNotInTheRoomIsNotHungUp() {
        room("in-progress");
        onGet(PARTICIPANT, error(404, 20404));

        rooms().remove("room-1", REF);

        assertThat(sent()).noneMatch(request -> request.startsWith("POST"));
    }

    @Test
    void endsTheCallsOfAllAndThenTheRoom() {
        room("in-progress");
        onGet(PARTICIPANTS, page("participants", participant(), participant().with("call_sid", OTHER_CALL)));
        onGet(ONE, call(CALL, "in-progress").answer(200));
        onGet(OTHER, call(OTHER_CALL, "completed").answer(200));
        on(post(urlPathEqualTo(ONE)), call(CALL, "completed").answer(200));
        on(post(urlPathEqualTo(ROOM + ".json")), error(404, 20404));

        rooms().end("room-1");

        assertThat(sent())
                .filteredOn(request -> request.startsWith("POST"))
                .containsExactly("POST " + ONE, "POST " + ROOM + ".json");
        assertThat(form(requests().get(requests().size() - 1))).containsExactly("Status=completed");
    }

    @Test
    void anEndThatBreaksOffHalfWayIsInDoubtWhateverStoppedIt() {
        room("in-progress");
        onGet(PARTICIPANTS, page("participants", participant(), participant().with("call_sid", OTHER_CALL)));
        onGet(ONE, call(CALL, "in-progress").answer(200));
        on(post(urlPathEqualTo(ONE)), call(CALL, "completed").answer(200));
        onGet(OTHER, error(401, 20003));

        assertThatThrownBy(() -> rooms().end("room-1"))
                .isInstanceOf(ProviderUnavailable.class)
                .hasMessageContaining("1 participants were ended")
                .extracting(e -> ((PstnException) e).effect())
                .isEqualTo(Effect.UNKNOWN);

        onGet(ONE, error(401, 20003));
        assertThatThrownBy(() -> rooms().end("room-1"))
                .isInstanceOf(AuthenticationFailed.class)
                .extracting(e -> ((PstnException) e).effect())
                .isEqualTo(Effect.NONE);
    }

    @Test
    void whatIsNoCallOfTwilioIsRefusedBeforeAnythingIsSent() {
        CallRef foreign = new CallRef(REF.provider(), "CA/../Messages");

        assertThatThrownBy(() -> rooms().mute("room-1", foreign, true)).isInstanceOf(InvalidRequest.class);
        assertThatThrownBy(() -> rooms().remove("room-1", foreign)).isInstanceOf(InvalidRequest.class);
        assertThat(sent()).isEmpty();
    }

    private void room(String status) {
        onGet(ROOMS, page("conferences"));
        on(
                get(urlPathEqualTo(ROOMS)).withQueryParam("Status", equalTo(status)),
                page("conferences", conference().with("status", status)));
    }

    private Conferences rooms() {
        return twilio.require(Conferences.class);
    }

    private static CallRequest invitation(String room) {
        return request(CallFlow.start().end(new Conference(room, Continuation.named("left"))));
    }

    private static CallRequest request(CallFlow flow) {
        return CallRequest.of(
                new CommandId("invite"),
                new PhoneNumber("+14165550142"),
                Destination.number(new PhoneNumber("+14165550199")),
                flow);
    }
}
