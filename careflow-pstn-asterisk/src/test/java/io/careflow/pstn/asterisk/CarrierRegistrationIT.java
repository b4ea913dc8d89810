package io.careflow.pstn.asterisk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.Secret;
import io.careflow.pstn.asterisk.config.AsteriskNode;
import io.careflow.pstn.asterisk.config.KamailioConfig;
import io.careflow.pstn.asterisk.config.RenderedConfig;
import io.careflow.pstn.asterisk.config.SipListener;
import io.careflow.pstn.lab.AsteriskServer;
import io.careflow.pstn.lab.CallResult;
import io.careflow.pstn.lab.KamailioServer;
import io.careflow.pstn.lab.PhoneScript;
import io.careflow.pstn.lab.SipCaller;
import io.careflow.pstn.lab.SipPhone;
import io.careflow.pstn.lab.SipServer;
import io.careflow.pstn.siptrunk.SecretRef;
import io.careflow.pstn.siptrunk.SipTrunkProfile;
import io.careflow.pstn.siptrunk.TrunkAuth;
import io.careflow.pstn.siptrunk.TrunkCapacity;
import io.careflow.pstn.trunk.SipEndpoint;
import io.careflow.pstn.trunk.SipTransport;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A carrier that wants a registration and a password")
class CarrierRegistrationIT {

    @Test
    @DisplayName("is registered at by Kamailio, and its challenge of a call is answered")
    void registersAndCalls() {
        try (AsteriskServer carrier = AsteriskServer.startDefault();
                KamailioServer kamailio = KamailioServer.lease()) {
            RenderedConfig config = KamailioConfig.builder(
                            KamailioServer.DOMAIN, Secret.of("a-key-of-the-laboratory-of-32-characters"))
                    .listen(SipListener.udp(kamailio.address(), kamailio.sipPort()))
                    .node(new AsteriskNode(kamailio.carrierAddress(), kamailio.carrierPort()))
                    .trunk(SipTrunkProfile.builder("main")
                            .endpoint(new SipEndpoint(carrier.address(), carrier.sipPort(), SipTransport.UDP, 10, 10))
                            .auth(TrunkAuth.register("1001", new SecretRef("env:PASSWORD")))
                            .capacity(TrunkCapacity.of(2))
                            .number(new PhoneNumber(Rig.MAIN))
                            .build())
                    .secrets(reference -> Secret.of(carrier.passwordOf("1001")))
                    .folder(kamailio.folder())
                    .run(kamailio.run())
                    .build()
                    .render();
            config.files().forEach(file -> kamailio.write(file.name(), file.text()));
            kamailio.start();

            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(carrier.cli("pjsip show contacts"))
                            .contains("main@" + kamailio.address() + ":" + kamailio.sipPort()));

            // A node of ours calls over the trunk: 1002 is somebody at that carrier.
            try (SipPhone called = SipPhone.register(carrier, "1002", PhoneScript.answer(Duration.ofMillis(100)))) {
                CallResult result = SipCaller.on(new Node(kamailio))
                        .from("1001")
                        .to("1002")
                        .hangUpAfter(Duration.ofMillis(300))
                        .call();
                assertThat(result.failure()).isEmpty();
                assertThat(result.status()).isEqualTo(200);
                assertThat(called.calls()).hasSize(1);
            }
            assertThat(kamailio.complaints()).isEmpty();
        }
    }

    /** Kamailio as a node sees it, which names trunks by their domain. */
    private record Node(KamailioServer kamailio) implements SipServer {
        @Override
        public String address() {
            return kamailio.address();
        }

        @Override
        public int sipPort() {
            return kamailio.sipPort();
        }

        @Override
        public String carrierAddress() {
            return kamailio.carrierAddress();
        }

        @Override
        public int carrierPort() {
            return kamailio.carrierPort();
        }

        @Override
        public boolean running() {
            return kamailio.running();
        }

        @Override
        public String userHost() {
            return kamailio.userHost();
        }

        @Override
        public String target() {
            return "main.trunk.invalid";
        }

        @Override
        public String passwordOf(String user) {
            return kamailio.passwordOf(user);
        }

        @Override
        public int challenge() {
            return kamailio.challenge();
        }

        @Override
        public int newPort(String onAddress) {
            return kamailio.carrierPort();
        }

        @Override
        public String newPhoneAddress() {
            return kamailio.newPhoneAddress();
        }
    }
}
