package io.careflow.pstn.asterisk;

import static org.assertj.core.api.Assertions.assertThat;

import io.careflow.pstn.call.CallerTrust;
import io.careflow.pstn.call.CallerTrust.Level;
import io.careflow.pstn.desk.CallerTrustPolicy;
import io.careflow.pstn.lab.CallResult;
import io.careflow.pstn.lab.PhoneScript;
import io.careflow.pstn.lab.SipCaller;
import io.careflow.pstn.lab.SipPhone;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@DisplayName("A caller's number is signed: carrier, Kamailio, Asterisk, application, Kamailio, phone")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SignedChainIT {
    private static final String CALLER = "+14165550100";
    private Signatures signatures;
    private Chain chain;

    @BeforeAll
    void start() {
        signatures = new Signatures();
        chain = new Chain(config -> config);
        chain.start(chain.desk().trusting(signatures.verifier, CallerTrustPolicy.standard()));
    }

    @AfterAll
    void stop() {
        if (chain != null) {
            chain.close();
        }
        signatures.close();
    }

    @Test
    @DisplayName("a good signature comes through whole")
    void good() {
        assertThat(shown(signatures.header("B", CALLER, Rig.PERSONAL, 300))).isEqualTo("Anna");
        assertThat(chain.cdr().trust()).extracting(CallerTrust::level).isEqualTo(Level.VERIFIED_PARTIAL);
    }

    @Test
    @DisplayName("a number that the signature is not for is shown as not verified")
    void forged() {
        assertThat(shown(signatures.header("A", "+12125550199", Rig.PERSONAL, 300)))
                .isEqualTo("[not verified] Anna");
        assertThat(chain.cdr().trust()).extracting(CallerTrust::level).isEqualTo(Level.FAILED);
    }

    private String shown(String header) {
        try (SipPhone phone = SipPhone.register(chain.kamailio(), "1001", PhoneScript.answer(Duration.ofMillis(300)))) {
            CallResult result = SipCaller.on(chain.kamailio())
                    .from(CALLER)
                    .displayName("Anna")
                    .to(Rig.PERSONAL)
                    .header(header)
                    .hangUpAfter(Duration.ofMillis(300))
                    .call();
            assertThat(result.failure()).isEmpty();
            return phone.awaitEnd(1, Duration.ofSeconds(5)).fromName();
        }
    }
}
