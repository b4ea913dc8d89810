package io.careflow.pstn.asterisk;

import static io.careflow.pstn.asterisk.TrunkProfiles.OURS;
import static io.careflow.pstn.asterisk.TrunkProfiles.trunk;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.call.Disposition;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.call.NeutralCause;
import io.careflow.pstn.call.control.Call;
import io.careflow.pstn.call.control.CallControl;
import io.careflow.pstn.call.control.CallRequest;
import io.careflow.pstn.cdr.Cdr;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.NotPermitted;
import io.careflow.pstn.error.TrunkFull;
import io.careflow.pstn.event.DialEnded;
import io.careflow.pstn.event.FlowEvent;
import io.careflow.pstn.event.InboundCall;
import io.careflow.pstn.event.LegAnswered;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.flow.Continuation;
import io.careflow.pstn.flow.Dial;
import io.careflow.pstn.lab.Carrier;
import io.careflow.pstn.lab.LiveCall;
import io.careflow.pstn.lab.PhoneScript;
import io.careflow.pstn.routing.FailoverDecision.Move;
import io.careflow.pstn.routing.TriedRoute;
import io.careflow.pstn.siptrunk.ChannelUse;
import io.careflow.pstn.siptrunk.MemoryChannelLeases;
import io.careflow.pstn.siptrunk.NumberFormat;
import io.careflow.pstn.siptrunk.SipTrunkProfile;
import io.careflow.pstn.siptrunk.TrunkCapacity;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Trunks with a profile on a real Asterisk")
class TrunksIT extends RealCalls {
    private static final PhoneNumber PATIENT = new PhoneNumber("+14165550100");
    private static final PhoneScript ANSWER = PhoneScript.answer(Duration.ofMillis(100));

    private TrunkProfiles.Hands clock;
    private MemoryChannelLeases leases;

    @BeforeEach
    void nothingTaken() {
        clock = new TrunkProfiles.Hands();
        leases = new MemoryChannelLeases(clock);
    }

    @Test
    @DisplayName(
            "the second call goes over the second trunk, the third is refused, and after a hang-up there is a channel again")
    void overTheNextTrunk() {
        Carrier carrier = scene.keep(Carrier.start(rig.server, ANSWER));
        CallControl calls = start(one("carrier", NumberFormat.E164_PLUS), one("backup", NumberFormat.NANP_10));

        Call first = calls.place(request("t1"));
        assertThat(carrier.awaitCall(1, SOON).calledNumber()).isEqualTo("+14165550100");
        assertThat(carrier.awaitCall(1, SOON).fromNumber()).isEqualTo("+15551234567");
        Call second = calls.place(request("t2"));
        assertThat(carrier.awaitCall(2, SOON).calledNumber()).isEqualTo("4165550100");
        assertThat(carrier.awaitCall(2, SOON).fromNumber()).isEqualTo("5551234567");

        assertThatThrownBy(() -> calls.place(request("t3")))
                .isInstanceOfSatisfying(TrunkFull.class, full -> {
                    assertThat(full.active()).isEqualTo(1);
                    assertThat(full.max()).isEqualTo(1);
                    assertThat(full.why()).isEqualTo(NotPermitted.Why.LIMIT);
                    assertThat(full.effect()).isEqualTo(Effect.NONE);
                })
                .hasMessageContaining("trunk carrier is full: 1 of 1 channels")
                .hasMessageContaining("trunk backup is full: 1 of 1 channels");
        assertThat(rig.server.channels()).isEqualTo(2);
        assertThat(carrier.calls()).hasSize(2);

        calls.hangUp(first.ref(), HangupCause.NORMAL_CLEARING);
        Cdr over = rig.cdr();
        assertThat(over.call()).isEqualTo(first.ref());
        assertThat(over.carrier()).isEqualTo("carrier");
        assertThat(leases.use("carrier").total()).isZero();
        Call third = calls.place(request("t3"));
        assertThat(carrier.awaitCall(3, SOON).calledNumber()).isEqualTo("+14165550100");

        calls.hangUp(second.ref(), HangupCause.NORMAL_CLEARING);
        calls.hangUp(third.ref(), HangupCause.NORMAL_CLEARING);
        rig.cdr();
        rig.cdr();
        assertThat(leases.use("carrier").total() + leases.use("backup").total()).isZero();
    }

    @Test
    @DisplayName("a number that the profile does not allow is not shown, and nothing rings")
    void callerIdNotAllowed() {
        Carrier carrier = scene.keep(Carrier.start(rig.server, ANSWER));
        CallControl calls = start(one("carrier", NumberFormat.E164_PLUS));
        CallRequest foreign = CallRequest.of(
                new CommandId("t4"), new PhoneNumber("+12125550100"), Destination.number(PATIENT), pause());

        assertThatThrownBy(() -> calls.place(foreign))
                .isInstanceOfSatisfying(
                        NotPermitted.class, refused -> assertThat(refused.why()).isEqualTo(NotPermitted.Why.CALLER_ID))
                .hasMessageContaining("must not show +12125550100");
        assertThat(carrier.calls()).isEmpty();
        assertThat(leases.use("carrier").total()).isZero();
    }

    @Test
    @DisplayName("a call that fails gives its channel back")
    void failedCall() {
        scene.keep(Carrier.start(rig.server, PhoneScript.busy(Duration.ofMillis(100))));
        CallControl calls = start(one("carrier", NumberFormat.E164_PLUS));

        calls.place(request("t5"));

        assertThat(rig.cdr().disposition()).isEqualTo(Disposition.BUSY);
        assertThat(leases.use("carrier").total()).isZero();
    }

    @Test
    @DisplayName("an incoming call takes a channel too, and its numbers are read as the profile writes them")
    void inboundCounts() {
        Carrier carrier = scene.keep(Carrier.start(rig.server, ANSWER));
        CallControl calls = start(one("carrier", NumberFormat.NANP_11), one("backup", NumberFormat.NANP_10));
        LiveCall caller = dial(caller("15551234567").from("14165550199"));
        InboundCall arrived = awaitEvent(InboundCall.class);

        assertThat(arrived.to().address()).isEqualTo("+15551234567");
        assertThat(arrived.from().address()).isEqualTo("+14165550199");
        await().untilAsserted(() -> assertThat(leases.use("carrier")).isEqualTo(new ChannelUse(1, 0)));
        calls.place(request("t6"));
        assertThat(carrier.awaitCall(1, SOON).calledNumber()).isEqualTo("4165550100");

        caller.hangUp();
        rig.cdr();
        await().untilAsserted(() -> assertThat(leases.use("carrier").total()).isZero());
        rig.server.cli("channel request hangup all");
    }

    @Test
    @DisplayName("an incoming call beyond the limit of incoming calls is turned away, unanswered, and has a record")
    void inboundTurnedAway() {
        start(TrunkProfiles.builder("carrier", 4, NumberFormat.E164_PLUS)
                .capacity(TrunkCapacity.of(4).directions(0, null))
                .build());
        LiveCall caller = dial(caller(Rig.MAIN));

        Cdr cdr = rig.cdr();
        assertThat(cdr.cause().q850()).isEqualTo(34);
        assertThat(cdr.times().pickedUp()).isNull();
        assertThat(caller.result().answered()).isFalse();
        assertThat(caller.result().status()).isEqualTo(503);
        assertThat(leases.use("carrier").total()).isZero();
    }

    @Test
    @DisplayName("a number that a flow rings takes a channel until it is not rung any more")
    void dialledLeg() {
        Carrier carrier = scene.keep(Carrier.start(rig.server, ANSWER.hangUpAfter(Duration.ofMillis(500))));
        startRinging(one("backup", NumberFormat.NANP_10));
        LiveCall caller = dial(caller(Rig.MAIN));

        assertThat(carrier.awaitCall(1, SOON).calledNumber()).isEqualTo("4165550100");
        assertThat(carrier.awaitCall(1, SOON).fromNumber()).isEqualTo("5551234567");
        assertThat(leases.use("backup")).isEqualTo(new ChannelUse(0, 1));
        DialEnded ended = awaitEvent(DialEnded.class);
        assertThat(ended.result()).isEqualTo(Disposition.ANSWERED);
        assertThat(leases.use("backup").total()).isZero();
        caller.hangUp();
        Cdr cdr = rig.cdr();
        assertThat(cdr.legs()).extracting(leg -> leg.destination()).containsExactly("+14165550100");
    }

    @Test
    @DisplayName("a flow whose trunks are all full goes on at once, told how many of how many are in use")
    void dialWithoutChannel() {
        Carrier carrier = scene.keep(Carrier.start(rig.server, ANSWER));
        CallControl calls = startRinging(one("backup", NumberFormat.NANP_10));
        Call first = calls.place(request("t7"));
        carrier.awaitCall(1, SOON);
        LiveCall caller = dial(caller(Rig.MAIN));

        DialEnded ended = awaitEvent(DialEnded.class);
        assertThat(ended.cause().q850()).isEqualTo(34);
        assertThat(ended.cause().text()).contains("trunk backup is full: 1 of 1 channels");
        assertThat(carrier.calls()).hasSize(1);
        caller.hangUp();
        calls.hangUp(first.ref(), HangupCause.NORMAL_CLEARING);
        rig.cdr();
        rig.cdr();
        assertThat(leases.use("backup").total()).isZero();
    }

    @Test
    @DisplayName("a trunk that fails before anything rings is followed by the next one")
    void failsOver() {
        Carrier carrier = scene.keep(
                Carrier.start(rig.server, PhoneScript.refuse(503, Duration.ZERO).silent()));
        startRinging(trunk("carrier", 2, NumberFormat.E164_PLUS), one("backup", NumberFormat.NANP_10));
        LiveCall caller = dial(caller(Rig.MAIN));

        DialEnded ended = awaitEvent(DialEnded.class);
        assertThat(ended.result()).isEqualTo(Disposition.FAILED);
        assertThat(carrier.calls())
                .extracting(call -> call.calledNumber())
                .containsExactly("+14165550100", "4165550100");
        caller.hangUp();
        Cdr cdr = rig.cdr();
        assertThat(cdr.legs()).hasSize(2);
        assertThat(cdr.attempts()).extracting(tried -> tried.attempt().route()).containsExactly("carrier", "backup");
        assertThat(cdr.attempts()).extracting(TriedRoute::move).containsExactly(Move.NEXT, Move.EXHAUSTED);
        assertThat(cdr.attempts())
                .extracting(TriedRoute::stood)
                .containsExactly(
                        "1. of 2 trunks, in their order",
                        "2. of 2 trunks, in their order; trunk carrier was tried before");
        assertThat(cdr.attempts()).allSatisfy(tried -> {
            assertThat(tried.attempt().verdict().cause()).isEqualTo(NeutralCause.CONGESTION);
            assertThat(tried.answered()).isNull();
        });
        assertThat(leases.use("carrier").total() + leases.use("backup").total()).isZero();
    }

    @Test
    @DisplayName("a callee who is busy is not called again over the next trunk")
    void busyIsFinal() {
        Carrier carrier = scene.keep(
                Carrier.start(rig.server, PhoneScript.refuse(486, Duration.ZERO).silent()));
        startRinging(trunk("carrier", 2, NumberFormat.E164_PLUS), one("backup", NumberFormat.NANP_10));
        LiveCall caller = dial(caller(Rig.MAIN));

        assertThat(awaitEvent(DialEnded.class).result()).isEqualTo(Disposition.BUSY);
        assertThat(carrier.calls()).hasSize(1);
        caller.hangUp();
        assertThat(rig.cdr().attempts()).singleElement().satisfies(tried -> {
            assertThat(tried.attempt().verdict().cause()).isEqualTo(NeutralCause.BUSY);
            assertThat(tried.move()).isEqualTo(Move.STOP);
        });
    }

    @Test
    @DisplayName("an application that comes back counts the calls that it finds, though their leases ran out meanwhile")
    void takenOver() {
        Carrier carrier = scene.keep(Carrier.start(rig.server, ANSWER));
        startRinging(one("carrier", NumberFormat.E164_PLUS), one("backup", NumberFormat.NANP_10));
        LiveCall caller = dial(caller(Rig.MAIN));
        carrier.awaitCall(1, SOON);
        awaitEvent(LegAnswered.class);
        assertThat(leases.use("carrier")).isEqualTo(new ChannelUse(1, 0));
        assertThat(leases.use("backup")).isEqualTo(new ChannelUse(0, 1));

        rig.die();
        clock.pass(Trunks.TTL.plusSeconds(1));
        assertThat(leases.use("carrier").total() + leases.use("backup").total()).isZero();
        startRinging(one("carrier", NumberFormat.E164_PLUS), one("backup", NumberFormat.NANP_10));

        await().untilAsserted(() -> {
            assertThat(leases.use("carrier")).isEqualTo(new ChannelUse(1, 0));
            assertThat(leases.use("backup")).isEqualTo(new ChannelUse(0, 1));
        });
        caller.hangUp();
        rig.cdr();
        assertThat(leases.use("carrier").total() + leases.use("backup").total()).isZero();
    }

    private CallControl start(SipTrunkProfile... profiles) {
        rig.extras = builder -> builder.trunks(leases, profiles);
        return rig.start(event -> pause(), event -> {}).require(CallControl.class);
    }

    /** Whoever calls is put through to the patient. */
    private CallControl startRinging(SipTrunkProfile... profiles) {
        rig.extras = builder -> builder.trunks(leases, profiles);
        return rig.start(TrunksIT::putThrough, event -> {}).require(CallControl.class);
    }

    private static CallFlow putThrough(FlowEvent event) {
        return event instanceof InboundCall
                ? CallFlow.start()
                        .dial(Dial.to(List.of(Destination.number(PATIENT)), Continuation.named("rung"))
                                .showing(OURS))
                : pause();
    }

    private static SipTrunkProfile one(String id, NumberFormat format) {
        return trunk(id, 1, format);
    }

    private static CallRequest request(String command) {
        return CallRequest.of(new CommandId(command), OURS, Destination.number(PATIENT), pause());
    }

    private static CallFlow pause() {
        return CallFlow.start().pause(Duration.ofSeconds(30)).hangUp();
    }
}
