package io.careflow.pstn.asterisk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.careflow.pstn.call.Disposition;
import io.careflow.pstn.call.ReleasedBy;
import io.careflow.pstn.cdr.Cdr;
import io.careflow.pstn.event.LegAnswered;
import io.careflow.pstn.event.LegDialled;
import io.careflow.pstn.event.LegRinging;
import io.careflow.pstn.lab.CallResult.EndedBy;
import io.careflow.pstn.lab.LiveCall;
import io.careflow.pstn.lab.PhoneScript;
import io.careflow.pstn.lab.SipPhone;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Whoever hangs up, and whenever, the call ends on both sides and its record says so")
class HangUpIT extends RealCalls {

    @Test
    @DisplayName("the caller, before the phone even rings")
    void beforeItRings() {
        SipPhone phone = phone("1001", PhoneScript.ring().silent());
        rig.start();
        LiveCall call = dial(caller(Rig.PERSONAL));
        awaitEvent(LegDialled.class);
        phone.awaitCall(1, SOON);
        call.hangUp();

        Cdr cdr = rig.cdr();
        assertEnd(cdr, Disposition.ABANDONED, 16, ReleasedBy.CALLER);
        assertThat(cdr.times().ringing()).isNull();
        assertThat(cdr.times().pickedUp()).isNull();
        assertThat(call.result().status()).isEqualTo(487);
        // There can be no CANCEL before the phone has said anything.
        phone.refuse();
    }

    @Test
    @DisplayName("the caller, while the phone of a personal number rings")
    void whilePersonalNumberRings() {
        SipPhone phone = phone("1001", PhoneScript.ring());
        rig.start();
        LiveCall call = dial(caller(Rig.PERSONAL));
        awaitEvent(LegRinging.class);
        call.hangUp();

        Cdr cdr = rig.cdr();
        assertEnd(cdr, Disposition.ABANDONED, 16, ReleasedBy.CALLER);
        assertThat(cdr.times().pickedUp()).isNull();
        assertThat(call.result().status()).isEqualTo(487);
        assertCancelled(phone);
    }

    @Test
    @DisplayName("the caller, during the welcome")
    void duringTheWelcome() {
        rig.start();
        Ear ear = ear();
        LiveCall call = dial(caller(Rig.MAIN).media(ear.probe));
        ear.awaitPrompt("welcome");
        call.hangUp();

        Cdr cdr = rig.cdr();
        assertEnd(cdr, Disposition.ABANDONED, 16, ReleasedBy.CALLER);
        assertThat(cdr.times().pickedUp()).isNotNull();
        assertThat(call.result().success()).isTrue();
    }

    @Test
    @DisplayName("the caller, in the middle of typing")
    void whileTyping() {
        rig.start();
        LiveCall call =
                dial(caller(Rig.MAIN).press(Duration.ofMillis(300), "00").hangUpAfter(Duration.ofMillis(200)));

        Cdr cdr = rig.cdr();
        assertEnd(cdr, Disposition.ABANDONED, 16, ReleasedBy.CALLER);
        assertThat(cdr.typed()).isNull();
        assertThat(call.result().success()).isTrue();
    }

    @Test
    @DisplayName("the caller, while the phone rings after the ID was entered")
    void whileItRings() {
        SipPhone phone = phone("1001", PhoneScript.ring());
        rig.start();
        LiveCall call = dialMain("0001");
        awaitEvent(LegRinging.class);
        call.hangUp();

        Cdr cdr = rig.cdr();
        assertEnd(cdr, Disposition.ABANDONED, 16, ReleasedBy.CALLER);
        assertThat(cdr.userId()).isEqualTo("1");
        assertCancelled(phone);
        assertNear(cdr.times().ringMillis(), Duration.between(said(phone, 180), ended(phone, "CANCEL")));
    }

    @Test
    @DisplayName("the caller, in talk")
    void inTalk() {
        SipPhone phone = phone("1001", PhoneScript.answer(Duration.ofMillis(400)));
        rig.start();
        LiveCall call = dialMain("0001");
        awaitEvent(LegAnswered.class);
        await().until(() -> call.soFar().answered());
        call.hangUp();

        Cdr cdr = rig.cdr();
        assertEnd(cdr, Disposition.ANSWERED, 16, ReleasedBy.CALLER);
        await().until(() -> phone.calls().get(0).result().endedBy() == EndedBy.OTHER_PARTY);
        assertTimes(cdr, phone);
    }

    @Test
    @DisplayName("the caller, during an announcement: the record says what was announced")
    void duringAnAnnouncement() {
        phone("1001", PhoneScript.busy(Duration.ofMillis(200)));
        rig.tone("busy", Duration.ofSeconds(5));
        rig.start();
        Ear ear = ear();
        LiveCall call =
                dial(caller(Rig.MAIN).press(Duration.ofMillis(300), "0001").media(ear.probe));
        ear.awaitPrompt("busy");
        call.hangUp();

        assertEnd(rig.cdr(), Disposition.BUSY, 17, ReleasedBy.CALLER);
    }

    @Test
    @DisplayName("the user")
    void theUser() {
        SipPhone phone =
                phone("1001", PhoneScript.answer(Duration.ofMillis(500)).hangUpAfter(Duration.ofMillis(1200)));
        rig.start();
        LiveCall call = dialMain("0001");

        Cdr cdr = rig.cdr();
        assertEnd(cdr, Disposition.ANSWERED, 16, ReleasedBy.CALLEE);
        assertThat(call.result().endedBy()).isEqualTo(EndedBy.OTHER_PARTY);
        assertTimes(cdr, phone);
    }

    @Test
    @DisplayName("the limit of a conversation: both sides are cut")
    void limitOfTalk() {
        SipPhone phone = phone("1001", PhoneScript.answer(Duration.ofMillis(300)));
        rig.settings = rig.settings.talkingAtMost(Duration.ofSeconds(1));
        rig.start();
        LiveCall call = dialMain("0001");

        Cdr cdr = rig.cdr();
        assertEnd(cdr, Disposition.ANSWERED, 102, ReleasedBy.SYSTEM);
        assertThat(call.result().endedBy()).isEqualTo(EndedBy.OTHER_PARTY);
        await().until(() -> phone.calls().get(0).result().endedBy() == EndedBy.OTHER_PARTY);
        assertTimes(cdr, phone);
        assertNear(cdr.times().talkMillis(), Duration.ofSeconds(1));
    }

    @Test
    @DisplayName("the limit of a call, whatever it does: both sides are cut")
    void limitOfCall() {
        SipPhone phone = phone("1001", PhoneScript.answer(Duration.ofMillis(300)));
        rig.extras = builder -> builder.longestCall(Duration.ofSeconds(2));
        rig.start();
        LiveCall call = dial(caller(Rig.PERSONAL));

        Cdr cdr = rig.cdr();
        assertEnd(cdr, Disposition.ANSWERED, 102, ReleasedBy.SYSTEM);
        assertThat(call.result().endedBy()).isEqualTo(EndedBy.OTHER_PARTY);
        await().until(() -> phone.calls().get(0).result().endedBy() == EndedBy.OTHER_PARTY);
        assertTimes(cdr, phone);
    }

    /** Ring and talk by the phone's own clock: not from the moment the menu answered. */
    private void assertTimes(Cdr cdr, SipPhone phone) {
        assertNear(cdr.times().ringMillis(), Duration.between(said(phone, 180), said(phone, 200)));
        assertNear(cdr.times().talkMillis(), Duration.between(said(phone, 200), ended(phone, "BYE")));
    }

    private static void assertCancelled(SipPhone phone) {
        await().until(() ->
                phone.calls().get(0).result().messages().stream().anyMatch(message -> message.isRequest("CANCEL")));
    }
}
