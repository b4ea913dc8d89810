package io.careflow.pstn.asterisk.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.Secret;
import io.careflow.pstn.lab.AsteriskInstall;
import io.careflow.pstn.lab.CallResult;
import io.careflow.pstn.lab.Carrier;
import io.careflow.pstn.lab.PhoneScript;
import io.careflow.pstn.lab.SipCaller;
import io.careflow.pstn.siptrunk.TrunkNumber;
import io.careflow.pstn.trunk.SipEndpoint;
import io.careflow.pstn.trunk.SipTransport;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Real calls on nothing but rendered files")
class RenderedCallsIT {
    private static final PhoneNumber PATIENT = new PhoneNumber("+14165550100");
    private static final String PHONE = "100101";
    private static final Duration A_MOMENT = Duration.ofMillis(300);
    // Asterisk lets up to ten seconds pass before it registers, so that not all do it at once.
    private static final Duration SOON = Duration.ofSeconds(30);

    AsteriskInstall install() {
        return AsteriskInstall.find();
    }

    @Test
    @DisplayName("it registers at a carrier that challenges; calls come to the registration, and go out with digest")
    void registers() throws Exception {
        try (DigestCarrier carrier = carrier();
                RenderedServer asterisk = new RenderedServer(
                        install(),
                        (config, lab) -> config.trunk(Samples.registering("siproute", at(carrier))
                                .numbers(List.of(TrunkNumber.of(Samples.CLINIC)))
                                .build()))) {
            asterisk.application("siproute", null);
            String register = carrier.awaitAccepted("REGISTER");
            assertThat(carrier.refused("REGISTER")).isEqualTo(1);
            assertThat(DigestCarrier.header(register, "To")).contains("sip:100000_sub@127.0.0.1");
            await().atMost(SOON)
                    .until(() -> asterisk.server.cli("pjsip show registrations").contains("Registered"));
            carrier.callRegistered(PATIENT.e164());
            assertThat(asterisk.awaitCall().to().address()).isEqualTo(Samples.CLINIC.e164());
            assertThat(asterisk.awaitCall().from().address()).isEqualTo(PATIENT.e164());
            outbound(carrier, asterisk);
            assertThat(asterisk.complaints()).isEmpty();
        }
    }

    @Test
    @DisplayName("a call to the registration is the carrier's, from wherever it comes; one to the number alone is not")
    void fromElsewhere() throws Exception {
        try (DigestCarrier carrier = carrier();
                DigestCarrier elsewhere = DigestCarrier.phone("127.0.0.2", "", "");
                RenderedServer asterisk = new RenderedServer(
                        install(),
                        (config, lab) -> config.trunk(Samples.registering("siproute", at(carrier))
                                .numbers(List.of(TrunkNumber.of(Samples.CLINIC)))
                                .build()))) {
            asterisk.application("siproute", null);
            String contact = carrier.registered();
            assertThat(elsewhere.call(at(asterisk, Samples.CLINIC.e164()), PATIENT.e164()))
                    .isEqualTo(401);
            assertThat(asterisk.calls).isEmpty();
            elsewhere.call(contact, PATIENT.e164());
            assertThat(asterisk.awaitCall().to().address()).isEqualTo(Samples.CLINIC.e164());
        }
    }

    @Test
    @DisplayName("without registration, its calls prove themselves when they are challenged")
    void digest() throws Exception {
        try (DigestCarrier carrier = carrier();
                RenderedServer asterisk = new RenderedServer(
                        install(),
                        (config, lab) -> config.trunk(
                                Samples.digest("siproute", at(carrier)).build()))) {
            outbound(carrier, asterisk);
            assertThat(carrier.accepted("REGISTER")).isZero();
            assertThat(asterisk.complaints()).isEmpty();
        }
    }

    @Test
    @DisplayName("a wrong password is refused, and not for good")
    void wrongPassword() throws Exception {
        try (DigestCarrier carrier = carrier();
                RenderedServer asterisk = new RenderedServer(
                        install(),
                        (config, lab) -> config.secrets(reference -> Secret.of("wrong-password"))
                                .trunk(Samples.registering("siproute", at(carrier))
                                        .build()))) {
            await().atMost(SOON).until(() -> carrier.refused("REGISTER") >= 2);
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(asterisk.server.cli("pjsip show registrations"))
                            .contains("siproute")
                            .doesNotContain(" Registered")
                            .doesNotContain("Stopped"));
            assertThat(carrier.accepted("REGISTER")).isZero();
        }
    }

    private static void outbound(DigestCarrier carrier, RenderedServer asterisk) throws Exception {
        asterisk.originate("PJSIP/" + PATIENT.e164() + "@siproute", Samples.CLINIC.e164());
        String invite = carrier.awaitAccepted("INVITE");
        assertThat(invite).startsWith("INVITE sip:+14165550100@127.0.0.1:" + carrier.port() + " SIP/2.0");
        assertThat(DigestCarrier.header(invite, "From")).contains("sip:100000_sub@127.0.0.1");
        assertThat(DigestCarrier.header(invite, "P-Asserted-Identity")).contains("sip:+15551234567@");
        assertThat(carrier.refused("INVITE")).isEqualTo(1);
        carrier.awaitAccepted("BYE");
    }

    @Test
    @DisplayName("a carrier is known by its address, and a stranger is not let in")
    void byAddress() throws Exception {
        try (RenderedServer asterisk = new RenderedServer(
                install(),
                (config, lab) -> config.trunk(Samples.byAddress(
                                "siproute",
                                new SipEndpoint(lab.carrierAddress(), lab.carrierPort(), SipTransport.UDP, 10, 10))
                        .build()))) {
            asterisk.application("siproute", null);
            try (DigestCarrier stranger = carrier()) {
                String uri = "sip:" + Samples.CLINIC.e164() + "@" + asterisk.server.address() + ":"
                        + asterisk.server.sipPort();
                assertThat(stranger.call(uri, PATIENT.e164())).isEqualTo(401);
                assertThat(stranger.call(uri, "siproute")).isEqualTo(401);
            }
            assertThat(asterisk.calls).isEmpty();
            CallResult result = SipCaller.on(asterisk.server)
                    .from(PATIENT.e164())
                    .to(Samples.CLINIC.e164())
                    .limit(SOON)
                    .call();
            assertThat(asterisk.awaitCall().from().address()).isEqualTo(PATIENT.e164());
            assertThat(result.over()).isTrue();
            try (Carrier carrier =
                    Carrier.start(asterisk.server, PhoneScript.answer(A_MOMENT).hangUpAfter(A_MOMENT))) {
                asterisk.originate("PJSIP/" + PATIENT.e164() + "@siproute", Samples.CLINIC.e164());
                assertThat(carrier.awaitCall(1, SOON).calledNumber()).isEqualTo(PATIENT.e164());
                carrier.awaitEnd(1, SOON);
            }
        }
    }

    @Test
    @DisplayName(
            "a user registers with the password; the user's call goes to the application, which dials over the trunk")
    void user() throws Exception {
        try (DigestCarrier carrier = carrier();
                RenderedServer asterisk = new RenderedServer(
                        install(),
                        (config, lab) -> config.trunk(
                                        Samples.digest("siproute", at(carrier)).build())
                                .user(phone(PHONE, Samples.CLINIC))
                                .user(phone("100102", null)))) {
            asterisk.application("siproute", PATIENT);
            SipCaller denied = SipCaller.on(asterisk.server).asUser("100102").to("+19005550100");
            assertThat(denied.limit(SOON).call().answered()).isFalse();
            assertThat(asterisk.calls).isEmpty();

            CallResult result = SipCaller.on(asterisk.server)
                    .asUser(PHONE)
                    .to(PATIENT.e164())
                    .hangUpAfter(A_MOMENT)
                    .limit(SOON)
                    .call();
            assertThat(result.answered()).isTrue();
            assertThat(asterisk.awaitCall().from().address()).isEqualTo(PHONE);
            assertThat(asterisk.awaitCall().to().address()).isEqualTo(PATIENT.e164());
            assertThat(DigestCarrier.header(carrier.awaitAccepted("INVITE"), "P-Asserted-Identity"))
                    .contains("sip:+15551234567@");
            carrier.awaitAccepted("BYE");
        }
    }

    @Test
    @DisplayName("while the application is away, a call rings whom the fallback names, and a user's call nobody else")
    void fallback() {
        try (RenderedServer asterisk = new RenderedServer(
                        install(),
                        (config, lab) -> config.trunk(Samples.byAddress(
                                                "siproute",
                                                new SipEndpoint(
                                                        lab.carrierAddress(),
                                                        lab.carrierPort(),
                                                        SipTransport.UDP,
                                                        10,
                                                        10))
                                        .build())
                                .user(phone(PHONE, Samples.CLINIC))
                                .fallbackRinging(PHONE)
                                .fallbackPlaying("sorry"));
                Carrier carrier = Carrier.start(asterisk.server, PhoneScript.answer(A_MOMENT))) {
            CallResult alone = SipCaller.on(asterisk.server)
                    .to(Samples.CLINIC.e164())
                    .limit(SOON)
                    .call();
            assertThat(alone.answered()).isTrue();
            try (DigestCarrier phone = DigestCarrier.phone("127.0.0.1", PHONE, "pw" + PHONE);
                    DigestCarrier thief = DigestCarrier.phone("127.0.0.1", PHONE, "guessed")) {
                assertThat(thief.register(asterisk.server.address(), asterisk.server.sipPort()))
                        .isEqualTo(401);
                assertThat(phone.register(asterisk.server.address(), asterisk.server.sipPort()))
                        .isEqualTo(200);
                CallResult result = SipCaller.on(asterisk.server)
                        .from(PATIENT.e164())
                        .to(Samples.CLINIC.e164())
                        .hangUpAfter(A_MOMENT)
                        .limit(SOON)
                        .call();
                assertThat(result.answered()).isTrue();
                assertThat(DigestCarrier.header(phone.awaitAccepted("INVITE"), "From"))
                        .contains(PATIENT.e164());
                CallResult expensive = SipCaller.on(asterisk.server)
                        .asUser(PHONE)
                        .to("+19005550100")
                        .limit(SOON)
                        .call();
                assertThat(expensive.over()).isTrue();
            }
            assertThat(carrier.calls()).isEmpty();
        }
    }

    @Test
    @DisplayName("behind Kamailio, its headers say whose call it is, and nobody else is heard")
    void behindKamailio() {
        try (DigestCarrier kamailio = DigestCarrier.phone("127.0.0.1", "", "");
                DigestCarrier stranger = DigestCarrier.phone("127.0.0.2", "", "");
                RenderedServer asterisk = new RenderedServer(
                        install(),
                        (config, lab) -> config.trunk(Samples.registering("siproute", at(kamailio))
                                        .build())
                                .user(phone(PHONE, Samples.CLINIC))
                                .behindKamailio("127.0.0.1", kamailio.port(), "sip.clinic.example"))) {
            asterisk.application("siproute", null);
            String clinic = at(asterisk, Samples.CLINIC.e164());
            String trunk = "X-CF-Trunk: siproute\r\n";
            assertThat(stranger.call(clinic, PATIENT.e164(), trunk)).isEqualTo(403);
            assertThat(stranger.call(clinic, PHONE, "X-CF-User: " + PHONE + "\r\n"))
                    .isEqualTo(403);
            assertThat(kamailio.call(clinic, PHONE)).isGreaterThanOrEqualTo(400);
            assertThat(asterisk.calls).isEmpty();

            kamailio.call(clinic, PATIENT.e164(), trunk);
            assertThat(asterisk.awaitCall().from().address()).isEqualTo(PATIENT.e164());
            asterisk.calls.clear();
            // Only the digits of what a phone dials go on.
            kamailio.call(at(asterisk, "+1555,123-4567"), "forged", "X-CF-User: al.i-ce_1\r\n");
            assertThat(asterisk.awaitCall().from().address()).isEqualTo("al.i-ce_1");
            assertThat(asterisk.awaitCall().to().address()).isEqualTo(Samples.CLINIC.e164());
            asterisk.calls.clear();
            kamailio.call(clinic, "forged", "X-CF-User: 2001\r\nX-CF-Web: yes\r\n");
            assertThat(kamailio.accepted("INVITE")).isZero();
        }
    }

    @Test
    @DisplayName("behind Kamailio, calls to trunks and users go to it, with the trunk or user in the address")
    void throughKamailio() throws Exception {
        try (DigestCarrier kamailio = DigestCarrier.phone("127.0.0.1", "", "");
                RenderedServer asterisk = new RenderedServer(
                        install(),
                        (config, lab) -> config.trunk(Samples.registering("siproute", at(kamailio))
                                        .build())
                                .user(phone(PHONE, Samples.CLINIC))
                                .behindKamailio("127.0.0.1", kamailio.port(), "sip.clinic.example"))) {
            asterisk.originate("PJSIP/" + PATIENT.e164() + "@siproute", Samples.CLINIC.e164());
            String invite = kamailio.awaitAccepted("INVITE");
            assertThat(invite).startsWith("INVITE sip:+14165550100@siproute.trunk.invalid SIP/2.0");
            assertThat(DigestCarrier.header(invite, "P-Asserted-Identity")).contains("sip:+15551234567@");
        }
        try (DigestCarrier kamailio = DigestCarrier.phone("127.0.0.1", "", "");
                RenderedServer asterisk = new RenderedServer(
                        install(),
                        (config, lab) -> config.behindKamailio("127.0.0.1", kamailio.port(), "sip.clinic.example"))) {
            asterisk.originate("PJSIP/kam-web/sip:" + PHONE + "@sip.clinic.example", Samples.CLINIC.e164());
            String invite = kamailio.awaitAccepted("INVITE");
            assertThat(invite)
                    .startsWith("INVITE sip:" + PHONE + "@sip.clinic.example SIP/2.0")
                    .contains("a=fingerprint:", "UDP/TLS/RTP/SAVPF");
        }
    }

    private static String at(RenderedServer asterisk, String user) {
        return "sip:" + user + "@" + asterisk.server.address() + ":" + asterisk.server.sipPort();
    }

    static SipUser phone(String name, @org.jspecify.annotations.Nullable PhoneNumber callerId) {
        return new SipUser(name, "Counselor", Secret.of("pw" + name), false, callerId);
    }

    private static DigestCarrier carrier() {
        return new DigestCarrier("127.0.0.1", "100000_sub", Samples.TRUNK_PASSWORD);
    }

    private static SipEndpoint at(DigestCarrier carrier) {
        return new SipEndpoint("127.0.0.1", carrier.port(), SipTransport.UDP, 10, 10);
    }
}
