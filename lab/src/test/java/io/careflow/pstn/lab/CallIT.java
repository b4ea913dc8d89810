package io.careflow.pstn.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.careflow.pstn.lab.CallResult.EndedBy;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CallIT {

    private static final String DIALPLAN = """
            [general]
            static=yes

            [from-carrier]
            exten => +15551234567,1,Answer()
             same => n,Read(CODE,welcome,4,,1,5)
             same => n,Dial(PJSIP/${CODE},20)
             same => n,Hangup(${HANGUPCAUSE})
            exten => +15551230001,1,Dial(PJSIP/1001,20)
             same => n,Hangup(${HANGUPCAUSE})
            exten => +15551230002,1,Dial(${PJSIP_DIAL_CONTACTS(1001)},20)
             same => n,Hangup(${HANGUPCAUSE})

            [from-users]
            exten => _+X.,1,Dial(PJSIP/${EXTEN}@carrier,30)
             same => n,Hangup(${HANGUPCAUSE})
            """;

    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final String DIRECT = "+15551230001";

    private AsteriskServer server;

    AsteriskInstall install() {
        return AsteriskInstall.find();
    }

    @BeforeAll
    void start() {
        server = AsteriskServer.builder().install(install()).dialplan(DIALPLAN).start();
        server.addTone("welcome", 600, Duration.ofSeconds(2));
    }

    @AfterAll
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    @AfterEach
    void nothingIsLeft() {
        assertThat(Await.until(Duration.ofSeconds(3), () -> server.channels() == 0))
                .isTrue();
        assertThat(server.errors()).isEmpty();
    }

    @Test
    void digitsLeadToAPhoneAndBothSidesHearEachOther() {
        try (RtpProbe callerEar = RtpProbe.open(server, 440);
                RtpProbe phoneEar = RtpProbe.open(server, 1_000);
                SipPhone phone =
                        SipPhone.register(server, "1002", PhoneScript.answer(Duration.ofMillis(200)), phoneEar);
                LiveCall call = SipCaller.on(server)
                        .from("+15557654321")
                        .displayName("Ann Caller")
                        .to("+15551234567")
                        .press(Duration.ofMillis(800), "1002")
                        .hangUpAfter(Duration.ofSeconds(20))
                        .media(callerEar)
                        .dial()) {
            assertThat(callerEar.awaitTone(600, Duration.ofSeconds(5)))
                    .as("the prompt")
                    .isTrue();
            ReceivedCall received = phone.awaitCall(1, Duration.ofSeconds(10));
            assertThat(received.fromNumber()).isEqualTo("+15557654321");
            assertThat(received.fromName()).isEqualTo("Ann Caller");
            assertThat(received.assertedNumber()).contains("+15557654321");
            assertThat(phoneEar.awaitTone(440, Duration.ofSeconds(5)))
                    .as("the phone hears the caller")
                    .isTrue();
            assertThat(callerEar.awaitTone(1_000, Duration.ofSeconds(5)))
                    .as("the caller hears the phone")
                    .isTrue();
            assertThat(server.channels()).isEqualTo(2);

            call.hangUp();

            CallResult result = call.result();
            assertThat(result.failure()).isEmpty();
            assertThat(result.status()).isEqualTo(200);
            assertThat(result.endedBy()).isEqualTo(EndedBy.THIS_PARTY);
            assertThat(callerEar.received().rms()).isGreaterThan(0.1);
        }
    }

    @Test
    void busyIsToldToTheCaller() {
        try (SipPhone phone = SipPhone.register(server, "1001", PhoneScript.busy(Duration.ofMillis(200)))) {
            CallResult result = SipCaller.on(server).to(DIRECT).call();

            assertThat(result.failure()).isEmpty();
            assertThat(result.status()).isEqualTo(486);
            assertThat(result.heard(180)).isTrue();
            assertThat(result.reason()).contains("cause=17");
            assertThat(phone.awaitEnd(1, LIMIT).result().status()).isEqualTo(486);
            assertThat(phone.calls()).hasSize(1);
        }
    }

    @Test
    void aCallerWhoGivesUpCancelsTheRingingPhone() {
        try (SipPhone phone = SipPhone.register(server, "1001", PhoneScript.ring())) {
            CallResult result = SipCaller.on(server)
                    .to(DIRECT)
                    .cancelAfter(Duration.ofMillis(700))
                    .call();

            assertThat(result.failure()).isEmpty();
            assertThat(result.status()).isEqualTo(487);
            assertThat(result.endedBy()).isEqualTo(EndedBy.THIS_PARTY);
            CallResult cancelled = phone.awaitEnd(1, LIMIT).result();
            assertThat(cancelled.endedBy()).isEqualTo(EndedBy.OTHER_PARTY);
            assertThat(cancelled.status()).isEqualTo(487);
        }
    }

    @Test
    void thePhoneHangsUp() {
        PhoneScript script = PhoneScript.answer(Duration.ofMillis(100)).hangUpAfter(Duration.ofSeconds(1));
        try (SipPhone phone = SipPhone.register(server, "1001", script)) {
            for (int i = 1; i <= 3; i++) {
                CallResult result = SipCaller.on(server).to(DIRECT).call();
                assertThat(result.failure()).isEmpty();
                assertThat(result.endedBy()).isEqualTo(EndedBy.OTHER_PARTY);
                assertThat(result.answeredAfter()).isBetween(Duration.ofMillis(90), Duration.ofSeconds(2));
                // The caller's clock starts when its answer arrives, which on a busy machine is later than the phone's.
                assertThat(result.talk()).isBetween(Duration.ofMillis(700), Duration.ofSeconds(3));
            }
            assertThat(phone.calls()).hasSize(3);
        }
    }

    @Test
    void aUserCallsOutThroughTheTrunk() {
        PhoneScript script = PhoneScript.answer(Duration.ofMillis(100)).withEarlyMedia();
        try (Carrier carrier = Carrier.start(server, script)) {
            CallResult result = SipCaller.on(server)
                    .asUser("1003")
                    .to("+15557770000")
                    .hangUpAfter(Duration.ofMillis(300))
                    .call();

            assertThat(result.failure()).isEmpty();
            assertThat(result.status()).isEqualTo(200);
            assertThat(result.heard(183)).isTrue();
            assertThat(carrier.calls().get(0).calledNumber()).isEqualTo("+15557770000");
        }
    }

    @Test
    void twoPhonesOfOneUserRingAndTheOtherIsToldWhoAnswered() {
        try (SipPhone first = SipPhone.register(server, "1001", PhoneScript.ring());
                SipPhone second = SipPhone.register(server, "1001", PhoneScript.ring());
                LiveCall call = SipCaller.on(server)
                        .anonymous()
                        .to("+15551230002")
                        .hangUpAfter(Duration.ofMillis(300))
                        .dial()) {
            assertThat(call.awaitRinging(Duration.ofSeconds(3))).isTrue();
            assertThat(first.awaitCall(1, Duration.ofSeconds(3)).fromNumber()).isEqualTo("anonymous");
            second.awaitCall(1, Duration.ofSeconds(3));

            second.answer();

            assertThat(call.result().failure()).isEmpty();
            assertThat(second.awaitEnd(1, LIMIT).result().status()).isEqualTo(200);
            CallResult missed = first.awaitEnd(1, LIMIT).result();
            assertThat(missed.status()).isEqualTo(487);
            assertThat(missed.reason()).contains("completed elsewhere");
        }
    }

    @Test
    void aRefusalOnDemandAndADeclineReachTheCaller() {
        try (SipPhone phone = SipPhone.register(server, "1001", PhoneScript.ring());
                LiveCall call = SipCaller.on(server).to(DIRECT).dial()) {
            phone.awaitCall(1, Duration.ofSeconds(3));
            phone.refuse();
            assertThat(call.result().status()).isEqualTo(486);

            phone.behave(PhoneScript.decline(Duration.ofMillis(50)));

            CallResult declined = SipCaller.on(server).to(DIRECT).call();
            assertThat(phone.awaitEnd(2, LIMIT).result().status()).isEqualTo(603);
            assertThat(declined.status())
                    .as("Asterisk tells a decline as cause 21")
                    .isEqualTo(403);
            assertThat(declined.reason()).contains("cause=21");
        }
    }

    @Test
    void anUnknownNumberIsRefusedAtOnce() {
        CallResult result = SipCaller.on(server).to("+19990000000").call();

        assertThat(result.failure()).isEmpty();
        assertThat(result.status()).isEqualTo(404);
        assertThat(result.endedBy()).isEqualTo(EndedBy.OTHER_PARTY);
    }

    @Test
    void aCallThatTakesTooLongIsHungUpAndFails() {
        try (SipPhone phone = SipPhone.register(server, "1001", PhoneScript.answer(Duration.ofMillis(50)))) {
            CallResult result =
                    SipCaller.on(server).to(DIRECT).limit(Duration.ofSeconds(1)).call();

            assertThat(result.failure()).contains("limit");
            assertThat(result.answered()).isTrue();
            assertThat(phone.awaitEnd(1, LIMIT).result().endedBy()).isEqualTo(EndedBy.OTHER_PARTY);

            phone.behave(PhoneScript.ring());
            CallResult unanswered =
                    SipCaller.on(server).to(DIRECT).limit(Duration.ofSeconds(1)).call();
            assertThat(unanswered.failure()).contains("limit");
            assertThat(unanswered.status()).isEqualTo(487);
        }
    }

    @Test
    void earlyMediaIsHeardAndBothSidesCanBeSteeredByTheTest() {
        try (RtpProbe callerEar = RtpProbe.open(server, 440);
                RtpProbe phoneEar = RtpProbe.open(server, 1_000);
                SipPhone phone =
                        SipPhone.register(server, "1001", PhoneScript.ring().withEarlyMedia(), phoneEar);
                LiveCall call = SipCaller.on(server).to(DIRECT).media(callerEar).dial()) {
            assertThat(callerEar.awaitTone(1_000, LIMIT)).isTrue();
            assertThat(call.soFar().heard(183)).isTrue();
            assertThat(call.soFar().answered()).isFalse();

            phone.answer();
            assertThat(call.awaitAnswer(LIMIT)).isTrue();
            assertThat(phoneEar.awaitTone(440, LIMIT)).isTrue();
            phone.hangUp();

            assertThat(call.result().endedBy()).isEqualTo(EndedBy.OTHER_PARTY);
            assertThat(phone.awaitEnd(1, LIMIT).result().endedBy()).isEqualTo(EndedBy.THIS_PARTY);
            assertThat(callerEar.received().lost()).isZero();
        }
    }

    @Test
    void digitsSentAsTelephoneEventsArriveToo() {
        try (RtpProbe ear = RtpProbe.open(server, 0);
                SipPhone phone = SipPhone.register(server, "1004", PhoneScript.answer(Duration.ofMillis(50)));
                LiveCall call =
                        SipCaller.on(server).to("+15551234567").media(ear).dial()) {
            assertThat(ear.awaitTone(600, Duration.ofSeconds(5))).isTrue();
            ear.press("1004");

            assertThat(phone.awaitCall(1, Duration.ofSeconds(5)).result().failure())
                    .isEmpty();
            call.hangUp();
            assertThat(call.result().answered()).isTrue();
        }
    }
}
