package io.careflow.pstn.demo;

import io.careflow.pstn.lab.CallResult;
import io.careflow.pstn.lab.ReceivedCall;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** The user wants to talk with somebody outside and is called back; every step is shown when it was seen to have happened. */
final class Callback {
    static final String COMMAND = "demo-callback-1";
    private static final String REFUSED_COMMAND = "demo-callback-2";
    private static final String TYPED = "613-555-0142";
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration TALK = Duration.ofSeconds(3);
    private static final Duration LONGEST = Duration.ofHours(1);

    private final Journey journey;
    private final Scene scene;
    private final Path trace;
    private final int before;

    Callback(Journey journey, Scene scene, Path trace) {
        this.journey = journey;
        this.scene = scene;
        this.trace = trace;
        this.before = scene.phone().calls().size();
    }

    /** What the two ends saw. */
    record Seen(CallResult phone, CallResult network) {}

    Seen make() {
        try {
            ask();
            ring();
            askAgain();
            join();
            return talk();
        } finally {
            SipLog log = new SipLog(trace);
            scene.phone().calls().stream()
                    .skip(before)
                    .forEach(call ->
                            log.add("the phone, called back", call.result().messages()));
            scene.network()
                    .calls()
                    .forEach(call -> log.add("the network", call.result().messages()));
        }
    }

    /** A number that nobody may be called back to: refused before anything rings. */
    void refused() {
        int phone = scene.phone().calls().size();
        int network = scene.network().calls().size();
        Wish.Answer answer = wish(REFUSED_COMMAND, DemoDatabase.PREMIUM);
        Journey.require(
                "a callback to " + DemoDatabase.PREMIUM + " to be denied as a premium number",
                answer.status() == 403 && answer.text().contains("number-type"),
                answer.toString());
        Journey.require(
                "nothing to ring for it",
                scene.phone().calls().size() == phone && scene.network().calls().size() == network,
                "a phone that rings");
        journey.step(
                "a callback to %s is denied by the rules %s",
                DemoDatabase.PREMIUM, answer.text().replaceFirst("^Denied by ([^:]*):.*$", "$1"));
    }

    private void ask() {
        DemoDatabase database = scene.database();
        BigDecimal perMinute = database.quote(PhoneCall.CALLER);
        BigDecimal paidIn = database.account("sam").booked();
        journey.step(
                "%s asks for a callback to %s: quoted %s USD a minute",
                DemoDatabase.USER_NAME, TYPED, plain(perMinute));
        Wish.Answer answer = wish(COMMAND, TYPED);
        Journey.require("the callback to be allowed", answer.status() == 202, answer.toString());
        BigDecimal held = database.account("sam").held();
        BigDecimal price = DemoDatabase.RETAIL.of(LONGEST);
        Journey.require(
                price + " USD set aside for an hour, which is as long as the guard lets talk",
                held.compareTo(price) == 0,
                held.toPlainString());
        journey.step(
                "the guard allows it for %d min; %s USD of %s USD of credit are reserved",
                LONGEST.toMinutes(), plain(held), plain(paidIn));
    }

    private void ring() {
        Journey.await(
                "phone " + Scene.PHONE + " to ring",
                SOON,
                () -> scene.phone().calls().size() > before,
                () -> "no INVITE at the phone");
        ReceivedCall call = onPhone();
        Journey.require(
                "the phone to show " + DemoDatabase.DID.e164(),
                call.fromNumber().equals(DemoDatabase.DID.e164()),
                call.fromNumber());
        Journey.require(
                "nobody else to be called before the user answers",
                call.result().status() != 0 || scene.network().calls().isEmpty(),
                "a call at the network");
        journey.step("the user's own phone %s rings first and shows %s", call.calledNumber(), call.fromNumber());
    }

    /** What a browser does when its connection breaks: it sends the same request again. */
    private void askAgain() {
        Wish.Answer again = wish(COMMAND, TYPED);
        Journey.require("the same command to be known", again.status() == 200, again.toString());
        Journey.require(
                "one phone call for one command",
                scene.phone().calls().size() == before + 1,
                scene.phone().calls().size() - before + " calls");
        journey.step("the same request, sent once more, calls nobody a second time");
    }

    private void join() {
        Journey.await(
                "the user to answer", SOON, () -> onPhone().result().status() != 0, () -> "the phone still rings");
        int status = onPhone().result().status();
        Journey.require("phone " + Scene.PHONE + " to answer", status == 200, PhoneCall.refusal(status));
        journey.step("the user answers after %s; only now is the destination dialled", answered(onPhone()));
        Journey.await(
                "the call at the carrier",
                SOON,
                () -> !scene.network().calls().isEmpty(),
                () -> "no INVITE at the carrier");
        ReceivedCall call = onNetwork();
        Instant answered = onPhone()
                .invite()
                .at()
                .plus(Objects.requireNonNull(onPhone().result().answeredAfter()));
        Journey.require(
                "the destination to be called after the user answered",
                call.invite().at().isAfter(answered),
                "at " + call.invite().at() + ", the answer at " + answered);
        Journey.require(
                "the carrier to be given " + PhoneCall.CALLER,
                call.calledNumber().equals(PhoneCall.CALLER),
                call.calledNumber());
        Journey.require(
                "the carrier to be shown " + DemoDatabase.DID.e164(),
                call.fromNumber().equals(DemoDatabase.DID.e164()),
                call.fromNumber());
        journey.step("%s rings, over the trunk behind Kamailio, and shows %s", call.calledNumber(), call.fromNumber());
        Journey.await(
                "the destination to answer", SOON, () -> onNetwork().result().status() == 200, () -> "it still rings");
        journey.step("%s answers after ringing for %s", PhoneCall.CALLER, answered(onNetwork()));
    }

    private Seen talk() {
        // What was heard before the answer, ringing and what the carrier sends early, is no conversation.
        scene.phoneEar().reset();
        scene.networkEar().reset();
        PhoneCall.hears("the user", scene.phoneEar(), Scene.NETWORK_TONE);
        PhoneCall.hears("the destination", scene.networkEar(), Scene.PHONE_TONE);
        journey.step(
                "audio flows both ways: the user hears %.0f Hz (%.0f %% pure), the destination %.0f Hz (%.0f %%)",
                Scene.NETWORK_TONE,
                100 * scene.phoneEar().toneShare(Scene.NETWORK_TONE),
                Scene.PHONE_TONE,
                100 * scene.networkEar().toneShare(Scene.PHONE_TONE));
        Journey.pause(TALK);
        scene.network().hangUp();
        Journey.await(
                "the user's phone to be told that the destination hung up",
                SOON,
                () -> onPhone().result().endedBy() == CallResult.EndedBy.OTHER_PARTY,
                () -> "no BYE at the phone");
        journey.step("the destination hangs up; the user's phone is told");
        return new Seen(onPhone().result(), onNetwork().result());
    }

    private Wish.Answer wish(String command, String destination) {
        return new Wish(scene.application().callbacks(), scene.application().token())
                .ask(command, DemoDatabase.CARE_FLOW_ID, destination, DemoDatabase.DID.e164());
    }

    private ReceivedCall onPhone() {
        return scene.phone().calls().get(before);
    }

    private ReceivedCall onNetwork() {
        return scene.network().calls().get(0);
    }

    private static String answered(ReceivedCall call) {
        return Journey.seconds(
                Optional.ofNullable(call.result().answeredAfter()).orElse(Duration.ZERO));
    }

    /** As people write money: without zeros at the end, but with at least two decimals. */
    static String plain(BigDecimal amount) {
        BigDecimal stripped = amount.stripTrailingZeros();
        return stripped.setScale(Math.max(2, stripped.scale())).toPlainString();
    }
}
