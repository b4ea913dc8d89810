package io.careflow.pstn.asterisk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.call.Disposition;
import io.careflow.pstn.call.ReleasedBy;
import io.careflow.pstn.call.control.CallControl;
import io.careflow.pstn.call.control.CallRequest;
import io.careflow.pstn.call.control.Conferences;
import io.careflow.pstn.cdr.Cdr;
import io.careflow.pstn.error.NotFound;
import io.careflow.pstn.error.UnsupportedFeature;
import io.careflow.pstn.event.CallEvent;
import io.careflow.pstn.event.FlowEvent;
import io.careflow.pstn.event.InboundCall;
import io.careflow.pstn.event.Redirected;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.flow.Conference;
import io.careflow.pstn.flow.Continuation;
import io.careflow.pstn.lab.Carrier;
import io.careflow.pstn.lab.PhoneScript;
import io.careflow.pstn.lab.RtpProbe;
import io.careflow.pstn.lab.SipPhone;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A conference room on a real Asterisk")
class ConferenceIT extends RealCalls {
    private static final String ROOM = "Case \u00a712, \"urgent\"";
    private static final CallFlow ENTER = CallFlow.start().end(new Conference(ROOM, Continuation.named("left")));
    private static final Duration AT_ONCE = Duration.ofMillis(100);

    private Conferences rooms;
    private CallControl calls;

    @BeforeEach
    void application() {
        start();
    }

    private void start() {
        AsteriskProvider provider = rig.start(ConferenceIT::decide, event -> {});
        rooms = provider.require(Conferences.class);
        calls = provider.require(CallControl.class);
    }

    @Test
    @DisplayName("a number, a user and a caller hear each other; one is muted, one removed, and the room ends for all")
    void threeParties() {
        RtpProbe user = probe(PHONE_TONE);
        RtpProbe patient = probe(1000);
        RtpProbe caller = probe(CALLER_TONE);
        phone("1001", PhoneScript.answer(AT_ONCE), user);
        scene.keep(Carrier.start(rig.server, PhoneScript.answer(AT_ONCE), patient));
        CallRef first = rooms.invite(ROOM, request("r1", Destination.sip("sip:1001"), ENTER))
                .ref();
        CallRef second = rooms.invite(ROOM, request("r2", Destination.parse("+14165550100"), ENTER))
                .ref();
        awaitParticipants(2);
        assertThat(user.awaitTone(1000, SOON)).isTrue();
        assertThat(patient.awaitTone(PHONE_TONE, SOON)).isTrue();

        rooms.mute(ROOM, second, true);
        assertThat(rooms.participants(ROOM))
                .filteredOn(Conferences.Participant::muted)
                .extracting(Conferences.Participant::call)
                .containsExactly(second);
        dial(caller(Rig.MAIN).media(caller));
        awaitParticipants(3);
        user.reset();
        assertThat(user.awaitTone(CALLER_TONE, SOON)).isTrue();
        rooms.mute(ROOM, second, false);
        rooms.remove(ROOM, first);
        assertThat(rig.cdr().releasedBy()).isEqualTo(ReleasedBy.SYSTEM);
        awaitParticipants(2);
        assertThat(caller.awaitTone(1000, SOON)).isTrue();

        rooms.end(ROOM);
        rig.cdr();
        rig.cdr();
        assertThat(rooms.participants(ROOM)).isEmpty();
        await().until(() -> rig.server.bridges() == 0);
        rooms.end(ROOM);
        rooms.remove(ROOM, first);
    }

    @Test
    @DisplayName("those who talk go on while the application is away, and its successor knows the room")
    void survives() {
        RtpProbe user = probe(PHONE_TONE);
        RtpProbe other = probe(1000);
        phone("1001", PhoneScript.answer(AT_ONCE), user);
        phone("1002", PhoneScript.answer(AT_ONCE), other);
        CallRef first = rooms.invite(ROOM, request("r3", Destination.sip("sip:1001"), ENTER))
                .ref();
        rooms.invite(ROOM, request("r4", Destination.sip("sip:1002"), ENTER));
        awaitParticipants(2);
        rooms.mute(ROOM, first, true);
        rig.die();
        user.reset();
        assertThat(user.awaitTone(1000, SOON)).isTrue();
        start();

        assertThat(rooms.participants(ROOM))
                .hasSize(2)
                .filteredOn(Conferences.Participant::muted)
                .hasSize(1);
        rooms.mute(ROOM, first, false);
        other.reset();
        assertThat(other.awaitTone(PHONE_TONE, SOON)).isTrue();
        calls.redirect(first, CallFlow.start().hangUp());
        Cdr cdr = rig.cdr();
        assertThat(cdr.call()).isEqualTo(first);
        assertThat(cdr.disposition()).isEqualTo(Disposition.ANSWERED);
        awaitParticipants(1);
        rooms.end(ROOM);
        rig.cdr();
    }

    @Test
    @DisplayName("the host left while the application was away: its successor closes the room, and the guests go on")
    void hostLeftUnseen() {
        SipPhone chair = phone("1001", PhoneScript.answer(AT_ONCE));
        phone("1002", PhoneScript.answer(AT_ONCE));
        scene.keep(Carrier.start(rig.server, PhoneScript.answer(AT_ONCE)));
        CallFlow asHost = CallFlow.start().end(new Conference(ROOM, Continuation.named("left")).asHost());
        CallRef host = rooms.invite(ROOM, request("r6", Destination.sip("sip:1001"), asHost))
                .ref();
        CallRef guest = rooms.invite(ROOM, request("r7", Destination.sip("sip:1002"), ENTER))
                .ref();
        CallRef other = rooms.invite(ROOM, request("r8", Destination.parse("+14165550100"), ENTER))
                .ref();
        awaitParticipants(3);
        rooms.mute(ROOM, guest, true);
        rig.die();
        chair.hangUp();
        await().atMost(SOON).until(() -> rig.server.channels() == 2);
        start();
        assertThat(List.of(rig.cdr(), rig.cdr(), rig.cdr()))
                .extracting(Cdr::call)
                .containsExactlyInAnyOrder(host, guest, other);
        assertThat(rig.events)
                .filteredOn(Redirected.class::isInstance)
                .extracting(CallEvent::call)
                .containsExactlyInAnyOrder(guest, other);
        assertThat(rooms.participants(ROOM)).isEmpty();
    }

    @Test
    @DisplayName("who is not in the room cannot be muted, and an invitation leads into the room alone")
    void refuses() {
        CallRef nobody = new CallRef(new io.careflow.pstn.ProviderId("asterisk"), "nobody");
        assertThat(rooms.participants("empty")).isEmpty();
        assertThatThrownBy(() -> rooms.mute(ROOM, nobody, true)).isInstanceOf(NotFound.class);
        CallFlow other = CallFlow.start().end(new Conference("another", Continuation.named("left")));
        assertThatThrownBy(() -> rooms.invite(ROOM, request("r5", Destination.sip("sip:1001"), other)))
                .isInstanceOf(UnsupportedFeature.class);
        assertThat(rig.server.channels()).isZero();
    }

    private void awaitParticipants(int count) {
        await().atMost(SOON).until(() -> rooms.participants(ROOM).size() == count);
    }

    private static CallFlow decide(FlowEvent event) {
        return event instanceof InboundCall ? ENTER : CallFlow.start().hangUp();
    }

    private static CallRequest request(String command, Destination to, CallFlow flow) {
        return CallRequest.of(new CommandId(command), TrunkProfiles.OURS, to, flow);
    }
}
