package io.careflow.pstn.asterisk;

import static io.careflow.pstn.asterisk.TrunkProfiles.OURS;
import static io.careflow.pstn.asterisk.TrunkProfiles.trunk;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.call.Disposition;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.call.ReleasedBy;
import io.careflow.pstn.call.control.CallControl;
import io.careflow.pstn.call.control.CallRequest;
import io.careflow.pstn.call.control.Conferences;
import io.careflow.pstn.call.control.Conferences.Participant;
import io.careflow.pstn.cdr.Cdr;
import io.careflow.pstn.event.CallAnswered;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.flow.Conference;
import io.careflow.pstn.flow.Continuation;
import io.careflow.pstn.lab.Carrier;
import io.careflow.pstn.lab.PhoneScript;
import io.careflow.pstn.siptrunk.MemoryChannelLeases;
import io.careflow.pstn.siptrunk.NumberFormat;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A call that went out over the second of its trunks, on a real Asterisk, survives the application")
class PlacedOverTrunksIT extends RealCalls {
    private static final PhoneNumber PATIENT = new PhoneNumber("+14165550100");
    private static final String ROOM = "ward";
    private static final Duration LONG = Duration.ofSeconds(30);

    private final MemoryChannelLeases leases = new MemoryChannelLeases(Clock.systemUTC());

    @Test
    @DisplayName("it goes on under its own name, is not placed again by the same command, and is hung up by it")
    void goesOn() {
        Carrier carrier = scene.keep(Carrier.start(rig.server, new PhoneScript(false, false, null, 500, null)));
        CallRef call = overTheSecond(carrier, request("s1"));
        await().atMost(LONG).until(() -> rig.server.bridges() == 1);
        rig.die();

        AsteriskProvider successor = start();
        await().atMost(LONG)
                .untilAsserted(
                        () -> assertThat(successor.require(Conferences.class).participants(ROOM))
                                .extracting(Participant::call)
                                .containsExactly(call));
        CallControl calls = successor.require(CallControl.class);
        assertThat(calls.place(request("s1")).ref()).isEqualTo(call);
        assertThat(carrier.calls()).hasSize(2);
        calls.hangUp(call, HangupCause.NORMAL_CLEARING);
        Cdr cdr = rig.cdr();
        assertThat(cdr.call()).isEqualTo(call);
        assertThat(cdr.disposition()).isEqualTo(Disposition.ANSWERED);
        assertThat(cdr.carrier()).isEqualTo("backup");
        assertThat(cdr.legs()).hasSize(1);
        assertThat(leases.use("carrier").total() + leases.use("backup").total()).isZero();
    }

    @Test
    @DisplayName("its end while the application is away is told under its own name")
    void endsWhileAway() {
        scene.expectError("not active");
        Carrier carrier = scene.keep(Carrier.start(rig.server, new PhoneScript(false, false, null, 500, null)));
        CallFlow waits = CallFlow.start().pause(Duration.ofMinutes(2)).hangUp();
        CallRef call = overTheSecond(carrier, request("s2", waits));
        rig.die();
        carrier.hangUp();
        await().atMost(LONG).until(() -> rig.server.channels() == 0);

        start();
        Cdr cdr = rig.cdr();
        assertThat(cdr.call()).isEqualTo(call);
        assertThat(cdr.disposition()).isEqualTo(Disposition.ANSWERED);
        assertThat(cdr.releasedBy()).isEqualTo(ReleasedBy.CALLEE);
        assertThat(cdr.times().endExact()).isTrue();
        assertThat(cdr.carrier()).isEqualTo("backup");
    }

    private CallRef overTheSecond(Carrier carrier, CallRequest request) {
        CallRef call = start().require(CallControl.class).place(request).ref();
        carrier.awaitCall(1, LONG);
        carrier.refuse();
        assertThat(carrier.awaitCall(2, LONG).calledNumber()).isEqualTo("4165550100");
        carrier.answer();
        awaitEvent(CallAnswered.class);
        assertThat(leases.use("carrier").total()).isZero();
        assertThat(leases.use("backup").total()).isOne();
        return call;
    }

    private AsteriskProvider start() {
        rig.extras = builder -> builder.trunks(
                leases, trunk("carrier", 2, NumberFormat.E164_PLUS), trunk("backup", 2, NumberFormat.NANP_10));
        return rig.start(event -> CallFlow.start().hangUp(), event -> {});
    }

    private static CallRequest request(String command) {
        return request(command, CallFlow.start().end(new Conference(ROOM, Continuation.named("left"))));
    }

    private static CallRequest request(String command, CallFlow flow) {
        return CallRequest.of(new CommandId(command), OURS, Destination.number(PATIENT), flow)
                .over(List.of("carrier", "backup"));
    }
}
