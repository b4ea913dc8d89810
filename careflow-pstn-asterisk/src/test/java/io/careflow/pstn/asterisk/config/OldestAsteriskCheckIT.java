package io.careflow.pstn.asterisk.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.careflow.pstn.Secret;
import io.careflow.pstn.lab.AsteriskInstall;
import io.careflow.pstn.trunk.SipEndpoint;
import io.careflow.pstn.trunk.SipTransport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A check lets the oldest Asterisk read a configuration")
class OldestAsteriskCheckIT extends AsteriskCheckIT {
    @Override
    AsteriskInstall install() {
        return AsteriskInstall.oldest().orElseThrow();
    }

    @Test
    @DisplayName("nothing is found in a sip.conf that we render, and no register line is obeyed")
    void chanSip() throws Exception {
        try (DigestCarrier carrier = new DigestCarrier("127.0.0.1", "100000_sub", "s;cret")) {
            RenderedConfig config = base().chanSip()
                    .secrets(reference -> Secret.of("s;cret"))
                    .listen(SipTransport.TCP, "192.0.2.10", 5060)
                    .trunk(Samples.registering(
                                    "voipms", new SipEndpoint("127.0.0.1", carrier.port(), SipTransport.UDP, 10, 10))
                            .build())
                    .user(Samples.user("1001"))
                    .render();
            assertThat(check(config)).isEmpty();
            assertThat(carrier.refused("REGISTER") + carrier.accepted("REGISTER") + carrier.accepted("OPTIONS"))
                    .isZero();
        }
    }
}
