package io.careflow.pstn.asterisk.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.Secret;
import io.careflow.pstn.lab.AsteriskInstall;
import io.careflow.pstn.lab.SipCaller;
import io.careflow.pstn.siptrunk.TrunkHealth;
import io.careflow.pstn.siptrunk.TrunkMedia;
import io.careflow.pstn.siptrunk.TrunkNumber;
import io.careflow.pstn.trunk.SipEndpoint;
import io.careflow.pstn.trunk.SipTransport;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Real calls on a rendered sip.conf, on an Asterisk that has chan_sip")
class ChanSipIT {
    private static final PhoneNumber PATIENT = new PhoneNumber("+14165550100");
    private static final String PHONE = "100101";
    private static final String PASSWORD = "p;ss#w>rd";
    private static final Duration SOON = Duration.ofSeconds(10);
    // The application connects while ARI is up; what it says of a Stasis application that was away is not about our
    // files.
    private static final String AWAY = "Stasis app";
    // Of the module itself, whatever the files say.
    private static final String FUTURE = "will be deprecated in Asterisk version";

    @Test
    @DisplayName("it loads without a complaint, and lists what was asked for")
    void loads() {
        SipEndpoint server = new SipEndpoint("127.0.0.9", 5070, SipTransport.UDP, 10, 10);
        try (RenderedServer asterisk = new RenderedServer(oldest(), (config, lab) -> {
            TestCertificate made = TestCertificate.in(lab.runDirectory());
            config.chanSip()
                    .secrets(reference -> Secret.of(PASSWORD))
                    .listen(SipTransport.TCP, lab.address(), lab.sipPort())
                    .listen(SipTransport.TLS, lab.address(), lab.sipPort() + 1)
                    .tls(
                            made.certificate().toString(),
                            made.key().toString(),
                            made.certificate().toString())
                    .publicAddress("203.0.113.5", "127.0.0.0/8")
                    .trunk(Samples.registering("voipms", server)
                            .source("198.51.100.0/30")
                            .build())
                    .trunk(Samples.byAddress("encrypted", server.over(SipTransport.TLS))
                            .media(TrunkMedia.USUAL.srtp(TrunkMedia.Srtp.REQUIRED))
                            .health(new TrunkHealth(false, SOON, SOON))
                            .build())
                    .user(phone());
        })) {
            assertThat(asterisk.complaints())
                    .filteredOn(line -> !line.contains(FUTURE))
                    .isEmpty();
            assertThat(asterisk.server.cli("sip show peers"))
                    .contains("voipms/100000_sub", "voipms.in.4", "encrypted", PHONE);
            assertThat(asterisk.server.cli("sip show registry")).contains("127.0.0.9:5070", "100000_sub");
            assertThat(asterisk.server.cli("sip show peer voipms"))
                    .containsPattern("Context\\s+: from_pstn")
                    .containsPattern("Insecure\\s+: port,invite")
                    .containsPattern("Codecs\\s+: \\(ulaw\\|alaw\\)");
        }
    }

    @Test
    @DisplayName("it registers at a carrier that challenges; calls come in to the application, and go out with digest")
    void registers() throws Exception {
        try (DigestCarrier carrier = new DigestCarrier("127.0.0.1", "100000_sub", PASSWORD);
                RenderedServer asterisk = new RenderedServer(
                        oldest(),
                        (config, lab) -> config.chanSip()
                                .secrets(reference -> Secret.of(PASSWORD))
                                .trunk(Samples.registering(
                                                "voipms",
                                                new SipEndpoint("127.0.0.1", carrier.port(), SipTransport.UDP, 10, 10))
                                        .numbers(List.of(TrunkNumber.of(Samples.CLINIC)))
                                        .build()))) {
            asterisk.application("voipms", null);
            carrier.awaitAccepted("REGISTER");
            await().atMost(SOON)
                    .until(() -> asterisk.server.cli("sip show registry").contains("Registered"));
            carrier.callRegistered(PATIENT.e164());
            assertThat(asterisk.awaitCall().to().address()).isEqualTo(Samples.CLINIC.e164());
            assertThat(asterisk.awaitCall().from().address()).isEqualTo(PATIENT.e164());
            asterisk.originate("SIP/" + PATIENT.e164() + "@voipms", Samples.CLINIC.e164());
            String invite = carrier.awaitAccepted("INVITE");
            assertThat(DigestCarrier.header(invite, "From")).contains("sip:100000_sub@");
            assertThat(DigestCarrier.header(invite, "P-Asserted-Identity")).contains("sip:+15551234567@");
            carrier.awaitAccepted("BYE");
            assertThat(asterisk.complaints())
                    .filteredOn(line -> !line.contains(AWAY) && !line.contains(FUTURE))
                    .isEmpty();
        }
    }

    @Test
    @DisplayName("a stranger is not let in, the carrier's address is, and a user's phone registers and rings")
    void byAddress() {
        try (DigestCarrier stranger = DigestCarrier.phone("127.0.0.1", "", "");
                DigestCarrier phone = DigestCarrier.phone("127.0.0.1", PHONE, "pw" + PHONE);
                RenderedServer asterisk = new RenderedServer(
                        oldest(),
                        (config, lab) -> config.chanSip()
                                .trunk(Samples.byAddress(
                                                "carrier",
                                                new SipEndpoint(
                                                        lab.carrierAddress(),
                                                        lab.carrierPort(),
                                                        SipTransport.UDP,
                                                        10,
                                                        10))
                                        .build())
                                .user(phone())
                                .fallbackRinging(PHONE))) {
            String clinic =
                    "sip:" + Samples.CLINIC.e164() + "@" + asterisk.server.address() + ":" + asterisk.server.sipPort();
            assertThat(stranger.call(clinic, "carrier")).isEqualTo(401);
            assertThat(phone.register(asterisk.server.address(), asterisk.server.sipPort()))
                    .as(() -> String.join("\n", asterisk.complaints()))
                    .isEqualTo(200);
            SipCaller.on(asterisk.server)
                    .from(PATIENT.e164())
                    .to(Samples.CLINIC.e164())
                    .hangUpAfter(Duration.ofMillis(300))
                    .limit(SOON)
                    .call();
            assertThat(DigestCarrier.header(phone.awaitAccepted("INVITE"), "From"))
                    .contains(PATIENT.e164());
        }
    }

    private static SipUser phone() {
        return RenderedCallsIT.phone(PHONE, Samples.CLINIC);
    }

    private static AsteriskInstall oldest() {
        return AsteriskInstall.oldest().orElseThrow();
    }
}
