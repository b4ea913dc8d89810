package io.careflow.pstn.asterisk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.call.Disposition;
import io.careflow.pstn.lab.LabException;
import io.careflow.pstn.lab.LiveCall;
import io.careflow.pstn.lab.PhoneScript;
import io.careflow.pstn.lab.SipCaller;
import io.careflow.pstn.lab.SipMessage;
import io.careflow.pstn.lab.SipPhone;
import io.careflow.pstn.lab.WebPhone;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@DisplayName("A browser behind Kamailio")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebChainIT {
    private static final String ORIGIN = "https://app.example.org";
    private Chain chain;

    @BeforeAll
    void start() {
        chain = new Chain(config -> config.origin(ORIGIN));
        chain.start(chain.desk());
    }

    @AfterAll
    void stop() {
        if (chain != null) {
            chain.close();
        }
    }

    @Test
    @DisplayName(
            "registers over a WebSocket and is offered DTLS-SRTP, while the same user's phone is offered plain RTP")
    void rings() {
        try (WebPhone browser = WebPhone.open(chain.kamailio(), "1001", ORIGIN);
                SipPhone phone =
                        SipPhone.register(chain.kamailio(), "1001", PhoneScript.busy(Duration.ofMillis(500)))) {
            assertThat(browser.register(chain.kamailio().passwordOf("1001"))).isEqualTo(200);
            LiveCall call = SipCaller.on(chain.kamailio())
                    .to(Rig.PERSONAL)
                    .from("+14165550100")
                    .dial();
            try (call) {
                SipMessage offered = browser.awaitInvite();
                assertThat(offered.text())
                        .contains("UDP/TLS/RTP/SAVPF", "a=fingerprint:")
                        .doesNotContain(chain.kamailio().insideAddress());
                assertThat(phone.awaitEnd(1, Duration.ofSeconds(5)).invite().text())
                        .contains("RTP/AVP")
                        .doesNotContain("SAVPF");
                assertThat(chain.cdr().disposition()).isEqualTo(Disposition.BUSY);
            }
        }
    }

    @Test
    @DisplayName("with a wrong password is not registered")
    void wrongPassword() {
        try (WebPhone browser = WebPhone.open(chain.kamailio(), "1001", ORIGIN)) {
            assertThat(browser.register("wrong")).isEqualTo(401);
        }
    }

    @Test
    @DisplayName("with a page of another origin gets no WebSocket")
    void otherOrigin() {
        assertThatThrownBy(() -> WebPhone.open(chain.kamailio(), "1001", "https://elsewhere.example"))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("no WebSocket");
    }
}
