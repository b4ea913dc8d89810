package io.careflow.pstn.asterisk;

import static io.careflow.pstn.asterisk.TrunkProfiles.OURS;
import static io.careflow.pstn.asterisk.TrunkProfiles.trunk;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.call.Direction;
import io.careflow.pstn.call.Disposition;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.call.NeutralCause;
import io.careflow.pstn.call.ReleasedBy;
import io.careflow.pstn.call.SipAddress;
import io.careflow.pstn.call.control.CallControl;
import io.careflow.pstn.call.control.CallRequest;
import io.careflow.pstn.cdr.Cdr;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.UnsupportedFeature;
import io.careflow.pstn.event.DialEnded;
import io.careflow.pstn.event.InboundCall;
import io.careflow.pstn.event.LegAnswered;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.flow.Continuation;
import io.careflow.pstn.flow.Dial;
import io.careflow.pstn.flow.DialWarning;
import io.careflow.pstn.lab.Carrier;
import io.careflow.pstn.lab.PhoneScript;
import io.careflow.pstn.lab.ReceivedCall;
import io.careflow.pstn.lab.RtpProbe;
import io.careflow.pstn.lab.SipCaller;
import io.careflow.pstn.lab.SipPhone;
import io.careflow.pstn.routing.RouteAlarm;
import io.careflow.pstn.routing.TriedRoute;
import io.careflow.pstn.siptrunk.MemoryChannelLeases;
import io.careflow.pstn.siptrunk.NumberFormat;
import io.careflow.pstn.trunk.TrunkRef;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Calls of our own users to the world, on a real Asterisk")
class OutboundDialIT extends RealCalls {
    private static final PhoneNumber PATIENT = new PhoneNumber("+14165550100");
    private static final Duration TALK = Duration.ofSeconds(7);
    private static final Duration AT_ONCE = Duration.ofMillis(100);

    private final List<RouteAlarm> alarms = new CopyOnWriteArrayList<>();
    private CallControl calls;

    @BeforeEach
    void application() {
        alarms.clear();
        start();
    }

    private void start() {
        rig.extras = builder -> builder.alarms(alarms::add)
                .trunks(
                        new MemoryChannelLeases(new TrunkProfiles.Hands()),
                        trunk("carrier", 2, NumberFormat.E164_PLUS),
                        trunk("backup", 2, NumberFormat.NANP_10));
        calls = rig.start(OutboundDialIT::decide, event -> {}).require(CallControl.class);
    }

    @Test
    @DisplayName(
            "a callback's dial tries the trunks that it names, in its order, and a refusal of the trunk is an alarm")
    void namedTrunks() {
        SipPhone phone = phone("1001", PhoneScript.answer(AT_ONCE));
        Carrier carrier = scene.keep(
                Carrier.start(rig.server, PhoneScript.refuse(403, Duration.ZERO).silent()));
        callback("o1", dial -> dial.over(List.of("backup", "carrier")));

        Cdr cdr = rig.cdr();
        assertThat(carrier.calls())
                .extracting(ReceivedCall::calledNumber)
                .containsExactly("4165550100", "+14165550100");
        assertThat(cdr.attempts()).extracting(tried -> tried.attempt().route()).containsExactly("backup", "carrier");
        assertThat(cdr.attempts())
                .extracting(TriedRoute::stood)
                .containsExactly(
                        "1. of 2 trunks, in the order of the dial",
                        "2. of 2 trunks, in the order of the dial; trunk backup was tried before");
        assertThat(awaitEvent(DialEnded.class).result()).isEqualTo(Disposition.REJECTED);
        assertThat(phone.calls()).hasSize(1);
        assertThat(alarms).extracting(RouteAlarm::route).containsExactly("backup", "carrier");
        assertThat(alarms.get(0).trunk()).isEqualTo(new TrunkRef(cdr.call().provider(), "backup"));
        assertThat(alarms.get(0).cause()).isNotEqualTo(NeutralCause.COMPLETED);
    }

    @Test
    @DisplayName("trunks that a dial does not name are not tried")
    void onlyNamedTrunks() {
        phone("1001", PhoneScript.answer(AT_ONCE));
        Carrier carrier = scene.keep(
                Carrier.start(rig.server, PhoneScript.refuse(503, Duration.ZERO).silent()));
        callback("o2", dial -> dial.over(List.of("backup")));

        assertThat(rig.cdr().attempts())
                .extracting(tried -> tried.attempt().route())
                .containsExactly("backup");
        assertThat(carrier.calls()).hasSize(1);
        assertThat(alarms).isEmpty();
    }

    @Test
    @DisplayName("a trunk that there is not is refused before anybody's phone rings")
    void unknownTrunk() {
        SipPhone phone = phone("1001", PhoneScript.answer(AT_ONCE));
        assertThatThrownBy(() -> callback("o3", dial -> dial.over(List.of("carrier", "nowhere"))))
                .isInstanceOfSatisfying(
                        UnsupportedFeature.class,
                        refused -> assertThat(refused.effect()).isEqualTo(Effect.NONE))
                .hasMessageContaining("nowhere")
                .hasMessageContaining("backup");
        assertThat(phone.calls()).isEmpty();
        assertThat(rig.server.channels()).isZero();
    }

    @Test
    @DisplayName("before the time is over the user who called hears a warning, and both are cut exactly at the limit")
    void warnedAndCut() {
        RtpProbe user = probe(0);
        RtpProbe patient = probe(0);
        phone("1001", PhoneScript.answer(AT_ONCE), user);
        Carrier carrier = scene.keep(Carrier.start(rig.server, PhoneScript.answer(AT_ONCE), patient));
        callback("o4", OutboundDialIT::warned);

        assertThat(user.awaitTone(hertz("welcome"), Duration.ofSeconds(6))).isTrue();
        assertThat(patient.toneShare(hertz("welcome"))).isLessThan(0.2);
        DialEnded ended = awaitEvent(DialEnded.class);
        assertThat(ended.cause()).isEqualTo(HangupCause.TIMER_EXPIRED);
        Cdr cdr = rig.cdr();
        assertThat(cdr.releasedBy()).isEqualTo(ReleasedBy.SYSTEM);
        assertNear(talk(cdr), TALK);
        assertThat(carrier.awaitEnd(1, SOON).result().answered()).isTrue();
    }

    @Test
    @DisplayName(
            "the warning comes and the talk is cut at its limit though the application is dead, and the record says so")
    void cutWhileAway() {
        scene.expectError("not active");
        RtpProbe user = probe(0);
        phone("1001", PhoneScript.answer(AT_ONCE), user);
        Carrier carrier = scene.keep(Carrier.start(rig.server, PhoneScript.answer(AT_ONCE)));
        callback("o5", OutboundDialIT::warned);
        await().atMost(SOON)
                .until(() -> rig.events.stream()
                        .anyMatch(event -> event instanceof LegAnswered && rig.server.bridges() > 0));
        rig.die();

        assertThat(user.awaitTone(hertz("welcome"), Duration.ofSeconds(6))).isTrue();
        carrier.awaitEnd(1, SOON);
        await().until(() -> rig.server.channels() == 0);
        start();
        Cdr cdr = rig.cdr();
        assertThat(cdr.disposition()).isEqualTo(Disposition.ANSWERED);
        assertThat(cdr.direction()).isEqualTo(Direction.OUTBOUND);
        assertNear(talk(cdr), TALK);
    }

    @Test
    @DisplayName("an application that came back in the middle still knows that the time was over")
    void cutAfterRestart() {
        phone("1001", PhoneScript.answer(AT_ONCE));
        scene.keep(Carrier.start(rig.server, PhoneScript.answer(AT_ONCE)));
        callback("o6", OutboundDialIT::warned);
        await().atMost(SOON).until(() -> rig.server.bridges() > 0);
        rig.die();
        rig.events.clear();
        start();

        assertThat(awaitEvent(DialEnded.class).cause()).isEqualTo(HangupCause.TIMER_EXPIRED);
        assertNear(talk(rig.cdr()), TALK);
    }

    @Test
    @DisplayName("a label is the name that the callee sees, without what could end it, and only for that dial")
    void label() {
        SipPhone callee = phone("1002", PhoneScript.busy(AT_ONCE));
        phone("1001", PhoneScript.answer(AT_ONCE));
        Destination to = Destination.sip("sip:1002");
        calls.place(CallRequest.of(
                new CommandId("o7"),
                OURS,
                Destination.sip("sip:1001"),
                CallFlow.start()
                        .dial(Dial.to(List.of(to), Continuation.named("again"))
                                .showing(OURS)
                                .labelled("Clinic \"North\" <1>"))));

        rig.cdr();
        assertThat(callee.calls()).extracting(ReceivedCall::fromName).containsExactly("Clinic North 1", "");
        assertThat(callee.calls().get(0).fromNumber()).isEqualTo(OURS.e164());
    }

    @Test
    @DisplayName("a placed call ends when its longest time is over, counted from its answer")
    void longest() {
        scene.keep(Carrier.start(rig.server, PhoneScript.answer(Duration.ofMillis(1500))));
        calls.place(CallRequest.of(new CommandId("o8"), OURS, Destination.number(PATIENT), pause())
                .lastingAtMost(Duration.ofSeconds(2)));

        Cdr cdr = rig.cdr();
        assertThat(cdr.cause()).isEqualTo(HangupCause.TIMER_EXPIRED);
        assertThat(cdr.releasedBy()).isEqualTo(ReleasedBy.SYSTEM);
        assertNear(talk(cdr), Duration.ofSeconds(2));
    }

    @Test
    @DisplayName("a placed call ends soon after its longest time also without the application")
    void longestWhileAway() {
        phone("1001", PhoneScript.answer(AT_ONCE));
        scene.keep(Carrier.start(rig.server, PhoneScript.answer(AT_ONCE)));
        calls.place(CallRequest.of(
                        new CommandId("o9"),
                        OURS,
                        Destination.sip("sip:1001"),
                        CallFlow.start()
                                .dial(Dial.to(List.of(Destination.number(PATIENT)), Continuation.named("over"))
                                        .showing(OURS)))
                .lastingAtMost(Duration.ofSeconds(3)));
        await().atMost(SOON).until(() -> rig.server.bridges() > 0);
        rig.die();

        await().atMost(Duration.ofSeconds(6)).until(() -> rig.server.channels() == 0);
        start();
        assertThat(talk(rig.cdr())).isBetween(2500L, 6000L);
    }

    @Test
    @DisplayName("a user who dials from the phone itself is known as that user, and the call goes out")
    void ownPhone() {
        Carrier carrier = scene.keep(Carrier.start(rig.server, PhoneScript.answer(AT_ONCE)));
        SipCaller.on(rig.server)
                .asUser("1001")
                .to(PATIENT.e164())
                .hangUpAfter(Duration.ofMillis(500))
                .call();

        Cdr cdr = rig.cdr();
        assertThat(awaitEvent(InboundCall.class).origin().user()).isEqualTo(SipAddress.parse("sip:1001"));
        assertThat(cdr.direction()).isEqualTo(Direction.OUTBOUND);
        assertThat(cdr.to().address()).isEqualTo(PATIENT.e164());
        assertThat(cdr.disposition()).isEqualTo(Disposition.ANSWERED);
        assertThat(carrier.awaitCall(1, SOON).fromNumber()).isEqualTo(OURS.e164());
    }

    @Test
    @DisplayName("a user who dials a colleague stays on our own net")
    void colleague() {
        phone("1002", PhoneScript.answer(AT_ONCE));
        SipCaller.on(rig.server)
                .asUser("1001")
                .to("1002")
                .hangUpAfter(Duration.ofMillis(500))
                .call();

        Cdr cdr = rig.cdr();
        assertThat(cdr.direction()).isEqualTo(Direction.ON_NET);
        assertThat(cdr.disposition()).isEqualTo(Disposition.ANSWERED);
    }

    @Test
    @DisplayName("a stranger who shows the number of a user is no user")
    void pretender() {
        dial(caller(Rig.MAIN).from("1001").displayName("1001"));

        assertThat(awaitEvent(InboundCall.class).origin().user()).isNull();
        assertThat(rig.cdr().direction()).isEqualTo(Direction.INBOUND);
    }

    private static CallFlow decide(io.careflow.pstn.event.FlowEvent event) {
        if (event instanceof InboundCall call) {
            Destination to = Destination.parse(call.to().address());
            return call.origin().user() == null
                    ? CallFlow.start().hangUp()
                    : CallFlow.start()
                            .dial(Dial.to(List.of(to), Continuation.named("over"))
                                    .showing(OURS));
        }
        return event instanceof DialEnded over && over.continuation().name().equals("again")
                ? CallFlow.start()
                        .dial(Dial.to(List.of(Destination.sip("sip:1002")), Continuation.named("over"))
                                .showing(OURS))
                : CallFlow.start().hangUp();
    }

    /** The user's own phone first, and then the patient. */
    private void callback(String command, UnaryOperator<Dial> more) {
        Dial dial = Dial.to(List.of(Destination.number(PATIENT)), Continuation.named("over"))
                .showing(OURS);
        calls.place(CallRequest.of(
                new CommandId(command),
                OURS,
                Destination.sip("sip:1001"),
                CallFlow.start().dial(more.apply(dial))));
    }

    private static Dial warned(Dial dial) {
        return dial.talkingAtMost(TALK).warning(new DialWarning(Duration.ofSeconds(5), Rig.tone("welcome")));
    }

    /** How long the leg to the destination, the last that was answered, lasted. */
    private static long talk(Cdr cdr) {
        return cdr.legs().stream()
                .filter(leg -> leg.answered() != null)
                .mapToLong(leg -> Duration.between(
                                Objects.requireNonNull(leg.answered()),
                                leg.ended() == null ? cdr.times().ended() : leg.ended())
                        .toMillis())
                .min()
                .orElseThrow();
    }

    private static CallFlow pause() {
        return CallFlow.start().pause(Duration.ofSeconds(30)).hangUp();
    }

    private static double hertz(String prompt) {
        return Objects.requireNonNull(Rig.prompts().get(prompt));
    }
}
