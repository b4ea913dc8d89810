package io.careflow.pstn.asterisk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.careflow.pstn.call.Disposition;
import io.careflow.pstn.call.ReleasedBy;
import io.careflow.pstn.cdr.Cdr;
import io.careflow.pstn.cdr.CdrLeg;
import io.careflow.pstn.event.LegAnswered;
import io.careflow.pstn.event.LegRinging;
import io.careflow.pstn.lab.Carrier;
import io.careflow.pstn.lab.LiveCall;
import io.careflow.pstn.lab.PhoneScript;
import io.careflow.pstn.lab.SipMessage;
import io.careflow.pstn.lab.SipPhone;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The phones of a user ring")
class RingingIT extends RealCalls {
    private static final Duration A_MOMENT = Duration.ofMillis(300);

    @Test
    @DisplayName("two phones under one address: both ring, the first that answers has the call")
    void twoContacts() {
        SipPhone desk = phone("1001", PhoneScript.ring());
        SipPhone mobile = phone("1001", PhoneScript.answer(Duration.ofMillis(500)));
        rig.start();
        LiveCall call = dial(caller(Rig.PERSONAL));
        assertThat(call.awaitAnswer(SOON)).isTrue();
        await().until(() -> received(desk, "CANCEL"));
        call.hangUp();

        Cdr cdr = rig.cdr();
        assertEnd(cdr, Disposition.ANSWERED, 16, ReleasedBy.CALLER);
        assertThat(cdr.legs()).extracting(CdrLeg::destination).containsExactly("sip:1001", "sip:1001");
        assertThat(cdr.legs()).filteredOn(leg -> leg.answered() != null).hasSize(1);
        assertThat(mobile.calls()).hasSize(1);
    }

    @Test
    @DisplayName("two addresses, and one has no phone: the other rings alone")
    void oneOfTwoIsThere() {
        phone("1002", PhoneScript.answer(A_MOMENT).hangUpAfter(A_MOMENT));
        rig.user("1", "0001", List.of("sip:1001", "sip:1002"), false);
        rig.start();
        dial(caller(Rig.PERSONAL));

        Cdr cdr = rig.cdr();
        assertEnd(cdr, Disposition.ANSWERED, 16, ReleasedBy.CALLEE);
        assertThat(cdr.destination()).contains("sip:1002");
    }

    @Test
    @DisplayName("a user elsewhere is called over the trunk, and the record says who was called")
    void elsewhere() {
        scene.keep(Carrier.start(rig.server, PhoneScript.answer(A_MOMENT).hangUpAfter(A_MOMENT)));
        String alice = "sip:alice@" + rig.server.carrierAddress() + ":" + rig.server.carrierPort();
        rig.user("1", "0001", List.of(alice), false);
        rig.start();
        dial(caller(Rig.PERSONAL));

        Cdr cdr = rig.cdr();
        assertEnd(cdr, Disposition.ANSWERED, 16, ReleasedBy.CALLEE);
        assertThat(cdr.destination()).contains(alice);
    }

    @Test
    @DisplayName("the caller of a personal number is told that it rings, and is answered only by the user")
    void ringing() {
        SipPhone phone = phone("1001", PhoneScript.ring());
        rig.start();
        LiveCall call = dial(caller(Rig.PERSONAL));
        assertThat(call.awaitRinging(SOON)).isTrue();
        assertThat(call.soFar().heard(180)).isTrue();
        phone.answer();
        assertThat(call.awaitAnswer(SOON)).isTrue();
        call.hangUp();

        Cdr cdr = rig.cdr();
        assertThat(cdr.times().pickedUp()).isEqualTo(cdr.times().answered());
    }

    @Test
    @DisplayName("after the menu the caller hears a ringing tone")
    void ringingTone() {
        phone("1001", PhoneScript.ring());
        rig.start();
        Ear ear = ear();
        LiveCall call =
                dial(caller(Rig.MAIN).press(Duration.ofMillis(300), "0001").media(ear.probe));
        awaitEvent(LegRinging.class);
        ear.probe.reset();
        await().until(() -> ear.probe.toneShare(440) > 0.3 && ear.probe.toneShare(480) > 0.3);
        call.hangUp();

        assertThat(rig.cdr().disposition()).isEqualTo(Disposition.ABANDONED);
    }

    @Test
    @DisplayName("what the phone's side plays before the answer is heard by the caller")
    void earlyMedia() {
        SipPhone phone = phone("1001", PhoneScript.ring().withEarlyMedia(), probe(PHONE_TONE));
        rig.start();
        Ear ear = ear();
        LiveCall call = dial(caller(Rig.PERSONAL).media(ear.probe));
        assertThat(ear.probe.awaitTone(PHONE_TONE, SOON)).isTrue();
        assertThat(call.soFar().answered()).isFalse();
        assertThat(call.soFar().heard(183)).isTrue();
        phone.answer();
        assertThat(call.awaitAnswer(SOON)).isTrue();
        call.hangUp();

        Cdr cdr = rig.cdr();
        assertThat(cdr.disposition()).isEqualTo(Disposition.ANSWERED);
        assertThat(cdr.times().ringing()).isNotNull();
    }

    @Test
    @DisplayName("both sides hear each other")
    void talk() {
        SipPhone phone = phone("1001", PhoneScript.answer(A_MOMENT), probe(PHONE_TONE));
        rig.start();
        Ear ear = ear();
        LiveCall call =
                dial(caller(Rig.MAIN).press(Duration.ofMillis(300), "0001").media(ear.probe));
        awaitEvent(LegAnswered.class);
        assertThat(ear.probe.awaitTone(PHONE_TONE, SOON)).isTrue();
        phone.hangUp();

        assertThat(rig.cdr().releasedBy()).isEqualTo(ReleasedBy.CALLEE);
        assertThat(call.result().success()).isTrue();
    }

    @Test
    @DisplayName("the user sees the caller's number and name, and the caller gets no new offer while it rings")
    void callerId() {
        SipPhone phone = phone("1001", PhoneScript.answer(A_MOMENT).hangUpAfter(A_MOMENT));
        rig.start();
        LiveCall call = dial(caller(Rig.MAIN).displayName("Ann Caller").press(Duration.ofMillis(300), "0001"));

        Cdr cdr = rig.cdr();
        assertThat(phone.calls().get(0).fromNumber()).isEqualTo(CALLER);
        assertThat(phone.calls().get(0).fromName()).isEqualTo("Ann Caller");
        assertThat(cdr.from().address()).isEqualTo(CALLER);
        assertThat(cdr.from().displayName()).isEqualTo("Ann Caller");
        assertThat(call.result().messages())
                .noneMatch(message -> !message.sent() && (message.isRequest("INVITE") || message.isRequest("UPDATE")));
    }

    @Test
    @DisplayName("a caller who withholds the number stays anonymous")
    void anonymous() {
        SipPhone phone = phone("1001", PhoneScript.answer(A_MOMENT).hangUpAfter(A_MOMENT));
        rig.start();
        dial(caller(Rig.PERSONAL).displayName("Ann Caller").anonymous());

        Cdr cdr = rig.cdr();
        SipMessage invite = phone.calls().get(0).invite();
        assertThat(phone.calls().get(0).fromNumber()).isEqualTo("anonymous");
        assertThat(invite.text()).doesNotContain(CALLER).doesNotContain("Ann");
        assertThat(cdr.from().isAnonymous()).isTrue();
    }

    @ParameterizedTest(name = "{0}: {1}, cause {2}, the caller hears \"{3}\"")
    @DisplayName("a refusal is announced, and the record says what it was")
    @CsvSource({
        "486, BUSY, 17, busy",
        "600, BUSY, 17, busy",
        "603, REJECTED, 21, rejected",
        "403, REJECTED, 21, rejected",
        "480, NO_ANSWER, 19, noanswer",
        "408, NO_ANSWER, 18, noanswer",
        "404, FAILED, 1, sorry",
        "503, FAILED, 34, sorry",
        "488, FAILED, 58, sorry",
    })
    void refused(int status, Disposition disposition, int cause, String prompt) {
        phone("1001", PhoneScript.refuse(status, Duration.ofMillis(200)));
        rig.start();
        Ear ear = ear();
        LiveCall call = dial(caller(Rig.PERSONAL).media(ear.probe));

        Cdr cdr = rig.cdr();
        assertEnd(cdr, disposition, cause, ReleasedBy.SYSTEM);
        assertThat(cdr.legs()).extracting(leg -> leg.cause().q850()).containsExactly(cause);
        assertThat(ear.prompts()).containsExactly(prompt);
        assertThat(call.result().success()).isTrue();
    }

    private static boolean received(SipPhone phone, String method) {
        return phone.calls().stream()
                .flatMap(call -> call.result().messages().stream())
                .anyMatch(message -> !message.sent() && message.isRequest(method));
    }
}
