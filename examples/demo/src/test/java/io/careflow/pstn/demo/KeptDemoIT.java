package io.careflow.pstn.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.careflow.pstn.lab.CallResult;
import io.careflow.pstn.lab.LiveCall;
import io.careflow.pstn.lab.PhoneScript;
import io.careflow.pstn.lab.RtpProbe;
import io.careflow.pstn.lab.SipCaller;
import io.careflow.pstn.lab.SipPhone;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What {@code --keep} tells people to try. */
class KeptDemoIT {
    private static final Duration SOON = Duration.ofSeconds(10);

    @Test
    void aSoftphoneCallsTheNumberAndAnotherOneIsCalled() throws IOException {
        RunFolder run = RunFolder.create();
        Journey silent = new Journey(new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8));
        try (Scene scene = new Scene(silent, run)) {
            scene.start(null, PhoneScript.answer(Duration.ofMillis(300)));
            assertThat(hears(scene, "1002", "0001")).isEqualTo(Scene.PHONE_TONE);
            try (RtpProbe ear = RtpProbe.open(scene.kamailio(), 880);
                    SipPhone softphone = SipPhone.register(
                            scene.kamailio(), "1002", PhoneScript.answer(Duration.ofMillis(300)), ear)) {
                assertThat(hears(scene, "1003", "0002")).isEqualTo(880);
                assertThat(softphone.calls()).hasSize(1);
            }
        } finally {
            run.delete();
        }
    }

    @Test
    void aSoftphoneIsCalledBackAndItsUserHangsUp() throws IOException {
        RunFolder run = RunFolder.create();
        Journey silent = new Journey(new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8));
        try (Scene scene = new Scene(silent, run)) {
            scene.start(null, PhoneScript.answer(Duration.ofMillis(300)));
            Wish wish = new Wish(
                    scene.application().callbacks(), scene.application().token());
            try (RtpProbe ear = RtpProbe.open(scene.kamailio(), 880);
                    SipPhone softphone = SipPhone.register(
                            scene.kamailio(), "1002", PhoneScript.answer(Duration.ofMillis(300)), ear)) {
                Wish.Answer answer = wish.ask("1", "0002", "613-555-0142", DemoDatabase.DID.e164());
                assertThat(answer.status()).as(answer.text()).isEqualTo(202);
                assertThat(ear.awaitTone(Scene.NETWORK_TONE, SOON)).isTrue();
                softphone.hangUp();
                assertThat(scene.network().awaitEnd(1, SOON).result().endedBy())
                        .isEqualTo(CallResult.EndedBy.OTHER_PARTY);
                assertThat(scene.phone().calls()).isEmpty();
            }
            Journey.await(
                    "a settled callback",
                    SOON,
                    () -> scene.database().stateOf("1").equals("ENDED"),
                    () -> scene.database().stateOf("1"));
            assertThat(scene.database().cdrs()).singleElement().satisfies(cdr -> {
                assertThat(cdr.user()).isEqualTo("you");
                assertThat(cdr.releasedBy()).isEqualTo("CALLER");
                assertThat(cdr.legs()).isEqualTo("sip:1002 +16135550142");
            });
            assertThat(scene.database().account("you").booked()).isEqualByComparingTo("4.991");
            assertThat(scene.database().account("you").held()).isZero();
            assertThat(scene.database().account("sam").booked()).isEqualByComparingTo("5");
            assertThat(new Wish(scene.application().callbacks(), "guessed")
                            .ask("2", "0002", "613-555-0142", DemoDatabase.DID.e164())
                            .status())
                    .isEqualTo(401);
        } finally {
            run.delete();
        }
    }

    /** The tone at the other end of a call by a registered user who types this ID; 0 if there is none. */
    private static double hears(Scene scene, String user, String id) {
        try (RtpProbe ear = RtpProbe.open(scene.kamailio(), 0);
                LiveCall call = SipCaller.on(scene.kamailio())
                        .asUser(user)
                        .to(DemoDatabase.DID.e164())
                        .media(ear)
                        .dial()) {
            Journey.await(
                    "a welcome",
                    SOON,
                    () -> ear.received().sound().toMillis() > 1_000,
                    () -> call.soFar().toString());
            ear.press(id);
            double tone = id.equals("0001") ? Scene.PHONE_TONE : 880;
            boolean heard = ear.awaitTone(tone, SOON);
            call.hangUp();
            CallResult result = call.result();
            assertThat(result.success()).as(result.failure()).isTrue();
            return heard ? tone : 0;
        }
    }
}
