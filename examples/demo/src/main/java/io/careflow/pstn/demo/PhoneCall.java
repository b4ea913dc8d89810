package io.careflow.pstn.demo;

import io.careflow.pstn.lab.CallResult;
import io.careflow.pstn.lab.KamailioServer;
import io.careflow.pstn.lab.LiveCall;
import io.careflow.pstn.lab.ReceivedCall;
import io.careflow.pstn.lab.RtpProbe;
import io.careflow.pstn.lab.SipCaller;
import io.careflow.pstn.lab.SipPhone;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The call of somebody outside, from dialling to hanging up; every step is shown when it was seen to have happened. */
final class PhoneCall {
    static final String CALLER = "+16135550142";
    static final String CALLER_NAME = "Alice Martin";
    private static final double CALLER_TONE = 440;
    private static final double PURE = 0.95;
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration WELCOME = Duration.ofMillis(1_500);
    private static final Duration TALK = Duration.ofSeconds(3);

    private final Journey journey;
    private final Scene scene;
    private final Path trace;

    PhoneCall(Journey journey, Scene scene, Path trace) {
        this.journey = journey;
        this.scene = scene;
        this.trace = trace;
    }

    /** What the two ends saw. */
    record Seen(CallResult caller, CallResult phone) {}

    Seen make() {
        KamailioServer kamailio = scene.kamailio();
        try (RtpProbe ear = RtpProbe.open(kamailio, 0)) {
            journey.begin();
            journey.step("the caller %s dials %s", CALLER, DemoDatabase.DID.e164());
            try (LiveCall call = SipCaller.on(kamailio)
                    .from(CALLER)
                    .displayName(CALLER_NAME)
                    .to(DemoDatabase.DID.e164())
                    .media(ear)
                    .limit(Duration.ofSeconds(60))
                    .dial()) {
                try {
                    return follow(call, ear);
                } finally {
                    keep(call);
                }
            }
        }
    }

    private Seen follow(LiveCall call, RtpProbe ear) {
        reach(call, ear);
        ring();
        talk(ear);
        call.hangUp();
        CallResult caller = call.result();
        Journey.require("the caller's hang-up to be confirmed", caller.success(), caller.failure());
        Journey.await(
                "the phone to be told that the caller hung up",
                SOON,
                () -> received().result().endedBy() == CallResult.EndedBy.OTHER_PARTY,
                () -> "no BYE at the phone");
        journey.step("the caller hangs up; the phone is told");
        return new Seen(caller, received().result());
    }

    private void reach(LiveCall call, RtpProbe ear) {
        Journey.require(
                "the application to pick up",
                call.awaitAnswer(SOON),
                "status " + call.soFar().status());
        journey.step("the application picks up");
        Journey.await(
                "the caller to hear a welcome",
                SOON,
                () -> ear.received().sound().compareTo(WELCOME) >= 0,
                () -> Journey.seconds(ear.received().sound()) + " of sound in "
                        + ear.received().packets() + " packets");
        Journey.require("no phone to ring before the ID", phone().calls().isEmpty(), "a phone that rings");
        journey.step(
                "the caller hears the welcome (%s of speech)",
                Journey.seconds(ear.received().sound()));
        ear.press(DemoDatabase.CARE_FLOW_ID);
        journey.step("the caller types %s", DemoDatabase.CARE_FLOW_ID);
    }

    private void ring() {
        String endpoint = scene.database().endpointOf(DemoDatabase.CARE_FLOW_ID);
        Journey.await(
                "phone " + endpoint + " to ring",
                SOON,
                () -> !phone().calls().isEmpty(),
                () -> "no INVITE at the phone");
        ReceivedCall call = received();
        Journey.require(
                "the phone that the database names, " + endpoint,
                endpoint.equals("sip:" + call.calledNumber()),
                "sip:" + call.calledNumber());
        journey.step(
                "user %s is found in the database: %s, %s",
                DemoDatabase.CARE_FLOW_ID, DemoDatabase.USER_NAME, endpoint);
        Journey.require("the phone to show " + CALLER, call.fromNumber().equals(CALLER), call.fromNumber());
        journey.step("phone %s rings and shows %s %s", call.calledNumber(), call.fromName(), call.fromNumber());
        Journey.await(
                "phone " + call.calledNumber() + " to answer",
                SOON,
                () -> received().result().status() != 0,
                () -> "it still rings");
        int status = received().result().status();
        Journey.require("phone " + call.calledNumber() + " to answer", status == 200, refusal(status));
        journey.step(
                "the phone answers after ringing for %s",
                Journey.seconds(
                        Optional.ofNullable(received().result().answeredAfter()).orElse(Duration.ZERO)));
    }

    static String refusal(int status) {
        return switch (status) {
            case 486 -> "it is busy (486)";
            case 603 -> "it declined (603)";
            default -> "it answered with status " + status;
        };
    }

    private void talk(RtpProbe ear) {
        ear.say(CALLER_TONE);
        hears("the phone", scene.phoneEar(), CALLER_TONE);
        hears("the caller", ear, Scene.PHONE_TONE);
        journey.step(
                "audio flows both ways: the phone hears %.0f Hz (%.0f %% pure), the caller %.0f Hz (%.0f %%)",
                CALLER_TONE,
                100 * scene.phoneEar().toneShare(CALLER_TONE),
                Scene.PHONE_TONE,
                100 * ear.toneShare(Scene.PHONE_TONE));
        Journey.pause(TALK);
    }

    /** Waits until one end hears the tone of the other. */
    static void hears(String who, RtpProbe ear, double tone) {
        Journey.await(
                who + " to hear the other side's " + Math.round(tone) + " Hz",
                SOON,
                () -> ear.toneShare(tone) > PURE,
                () -> ear.received().packets() + " packets, " + Math.round(100 * ear.toneShare(tone))
                        + " % of the sound at that pitch");
    }

    private SipPhone phone() {
        return scene.phone();
    }

    private ReceivedCall received() {
        return phone().calls().get(0);
    }

    private void keep(LiveCall call) {
        SipLog log = new SipLog(trace);
        log.add("the caller", call.soFar().messages());
        phone().calls().forEach(taken -> log.add("the phone", taken.result().messages()));
    }
}
