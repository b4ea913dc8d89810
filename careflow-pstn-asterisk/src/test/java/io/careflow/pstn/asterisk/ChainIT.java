package io.careflow.pstn.asterisk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.call.Direction;
import io.careflow.pstn.call.Disposition;
import io.careflow.pstn.call.SipAddress;
import io.careflow.pstn.cdr.Cdr;
import io.careflow.pstn.event.FlowHandler;
import io.careflow.pstn.event.InboundCall;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.flow.Continuation;
import io.careflow.pstn.flow.Dial;
import io.careflow.pstn.lab.CallResult;
import io.careflow.pstn.lab.Carrier;
import io.careflow.pstn.lab.LiveCall;
import io.careflow.pstn.lab.PhoneScript;
import io.careflow.pstn.lab.ReceivedCall;
import io.careflow.pstn.lab.RtpProbe;
import io.careflow.pstn.lab.SipCaller;
import io.careflow.pstn.lab.SipMessage;
import io.careflow.pstn.lab.SipPhone;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@DisplayName("Carrier, Kamailio, Asterisk, application, Kamailio, phone: from rendered files alone")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChainIT {
    private static final String OUTSIDE = "+15557770000";
    private Chain chain;

    @BeforeAll
    void start() {
        chain = new Chain(config -> config);
        FlowHandler desk = chain.desk();
        chain.start(event -> event instanceof InboundCall call && isOutside(call) ? outside(call) : desk.next(event));
    }

    @AfterAll
    void stop() {
        if (chain != null) {
            chain.close();
        }
    }

    @Test
    @DisplayName("a caller enters an ID, the phone rings and both hear each other")
    void conversation() {
        try (RtpProbe mouth = RtpProbe.open(chain.kamailio(), 440);
                RtpProbe ear = RtpProbe.open(chain.kamailio(), 350);
                SipPhone phone =
                        SipPhone.register(chain.kamailio(), "1001", PhoneScript.answer(Duration.ofMillis(300)), ear)) {
            LiveCall call = SipCaller.on(chain.kamailio())
                    .from("+14165550100")
                    .to(Rig.MAIN)
                    .press(Duration.ofMillis(500), "0001")
                    .media(mouth)
                    .dial();
            CallResult caller;
            try (call) {
                phone.awaitCall(1, Duration.ofSeconds(10));
                await().atMost(Duration.ofSeconds(10)).until(() -> ear.toneShare(440) > 0.8);
                mouth.reset();
                await().atMost(Duration.ofSeconds(10)).until(() -> mouth.toneShare(350) > 0.8);
                call.hangUp();
                caller = call.result();
                assertThat(caller.failure()).isEmpty();
            }
            ReceivedCall received = phone.awaitEnd(1, Duration.ofSeconds(5));
            assertThat(received.fromNumber()).isEqualTo("+14165550100");
            assertConcealed(received.result().messages());
            assertConcealed(caller.messages());
            Cdr cdr = chain.cdr();
            assertThat(cdr.disposition()).isEqualTo(Disposition.ANSWERED);
            assertThat(cdr.typed()).isEqualTo("0001");
            assertThat(cdr.direction()).isEqualTo(Direction.INBOUND);
        }
    }

    @Test
    @DisplayName("a user calls a number: the application accepts it and it goes to the carrier")
    void outbound() {
        try (Carrier carrier = Carrier.start(chain.kamailio(), PhoneScript.answer(Duration.ofMillis(200)));
                SipPhone phone = SipPhone.register(chain.kamailio(), "1002", PhoneScript.ring())) {
            CallResult result = SipCaller.on(chain.kamailio())
                    .asUser("1002")
                    .to(OUTSIDE)
                    .hangUpAfter(Duration.ofMillis(500))
                    .call();

            assertThat(result.failure()).isEmpty();
            assertThat(result.status()).isEqualTo(200);
            ReceivedCall received = carrier.awaitEnd(1, Duration.ofSeconds(5));
            assertThat(received.calledNumber()).isEqualTo(OUTSIDE);
            assertThat(received.fromNumber()).isEqualTo(Rig.MAIN);
            assertThat(received.invite().startLine())
                    .isEqualTo("INVITE sip:" + OUTSIDE + "@" + chain.kamailio().carrierAddress() + ":"
                            + chain.kamailio().carrierPort() + " SIP/2.0");
            assertConcealed(received.result().messages());
            assertConcealed(result.messages());
            assertThat(phone.calls()).isEmpty();
            Cdr cdr = chain.cdr();
            assertThat(cdr.from().address()).isEqualTo("1002");
            assertThat(cdr.direction()).isEqualTo(Direction.OUTBOUND);
            InboundCall arrived = chain.events.stream()
                    .filter(InboundCall.class::isInstance)
                    .map(InboundCall.class::cast)
                    .filter(ChainIT::isOutside)
                    .findFirst()
                    .orElseThrow();
            assertThat(arrived.origin().user()).isEqualTo(SipAddress.parse("sip:1002"));
        }
    }

    @Test
    @DisplayName("a user with a wrong password cannot call")
    void outboundRefused() {
        try (SipPhone phone = SipPhone.register(chain.kamailio(), "1002", PhoneScript.ring())) {
            CallResult result = SipCaller.on(chain.kamailio())
                    .asUser("1003")
                    .to(OUTSIDE)
                    .limit(Duration.ofSeconds(3))
                    .call();
            assertThat(result.status()).isEqualTo(407);
            assertThat(phone.calls()).isEmpty();
        }
    }

    @Test
    @DisplayName("a user who is not registered is not there, at once")
    void absent() {
        CallResult result = SipCaller.on(chain.kamailio())
                .to(Rig.PERSONAL)
                .limit(Duration.ofSeconds(15))
                .call();
        assertThat(result.failure()).isEmpty();
        Cdr cdr = chain.cdr();
        assertThat(cdr.disposition()).isNotEqualTo(Disposition.ANSWERED);
        // Kamailio says 20, absent, with its 480; Asterisk makes 19 of every 480.
        assertThat(cdr.cause().q850()).isIn(19, 20);
    }

    private static boolean isOutside(InboundCall call) {
        return !Set.of(Rig.MAIN, Rig.PERSONAL).contains(call.to().address());
    }

    private static CallFlow outside(InboundCall call) {
        return CallFlow.start()
                .dial(Dial.to(List.of(Destination.number(call.to().number().orElseThrow())), Continuation.named("over"))
                        .showing(new PhoneNumber(Rig.MAIN)));
    }

    /** No header of SIP names what lies behind Kamailio; voice itself still comes from the nodes. */
    private void assertConcealed(List<SipMessage> messages) {
        List<String> hidden =
                new ArrayList<>(List.of(chain.kamailio().insideAddress(), "Asterisk", "CareFlow", "X-CF"));
        chain.servers.nodes().forEach(node -> hidden.add(node.address()));
        assertThat(messages).filteredOn(message -> !message.sent()).isNotEmpty().allSatisfy(message -> {
            String headers = message.text().split("\\R\\R", 2)[0];
            assertThat(headers).doesNotContain(hidden);
        });
    }
}
