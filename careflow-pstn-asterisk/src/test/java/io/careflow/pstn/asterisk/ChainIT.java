package io.careflow.pstn.asterisk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.careflow.pstn.call.Disposition;
import io.careflow.pstn.cdr.Cdr;
import io.careflow.pstn.lab.CallResult;
import io.careflow.pstn.lab.LiveCall;
import io.careflow.pstn.lab.PhoneScript;
import io.careflow.pstn.lab.RtpProbe;
import io.careflow.pstn.lab.SipCaller;
import io.careflow.pstn.lab.SipPhone;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@DisplayName("Carrier, Kamailio, Asterisk, application, Kamailio, phone: from rendered files alone")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChainIT {
    private Chain chain;

    @BeforeAll
    void start() {
        chain = new Chain(config -> config);
        chain.start(chain.desk());
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
            try (call) {
                phone.awaitCall(1, Duration.ofSeconds(10));
                await().atMost(Duration.ofSeconds(10)).until(() -> ear.toneShare(440) > 0.8);
                mouth.reset();
                await().atMost(Duration.ofSeconds(10)).until(() -> mouth.toneShare(350) > 0.8);
                call.hangUp();
                CallResult result = call.result();
                assertThat(result.failure()).isEmpty();
            }
            assertThat(phone.awaitEnd(1, Duration.ofSeconds(5)).fromNumber()).isEqualTo("+14165550100");
            Cdr cdr = chain.cdr();
            assertThat(cdr.disposition()).isEqualTo(Disposition.ANSWERED);
            assertThat(cdr.typed()).isEqualTo("0001");
        }
    }
}
