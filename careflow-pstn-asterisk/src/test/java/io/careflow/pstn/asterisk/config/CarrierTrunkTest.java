package io.careflow.pstn.asterisk.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.Secret;
import io.careflow.pstn.asterisk.config.ConfSections.Section;
import io.careflow.pstn.siptrunk.TrunkAuth;
import io.careflow.pstn.trunk.IpRange;
import io.careflow.pstn.trunk.SipCredential;
import io.careflow.pstn.trunk.SipEndpoint;
import io.careflow.pstn.trunk.SipTransport;
import io.careflow.pstn.trunk.SipTrunk;
import io.careflow.pstn.trunk.TrunkKind;
import io.careflow.pstn.trunk.TrunkLimits;
import io.careflow.pstn.trunk.TrunkRef;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The trunk of a carrier with an API is rendered like any other")
class CarrierTrunkTest {
    private static final SipCredential KNOWN = new SipCredential("clinic", Secret.of("K0wn-password"));
    private static final SipCredential UNKNOWN = new SipCredential("older", null);

    @Test
    @DisplayName("it proves itself with the credential whose password is known, and takes TLS where it is demanded")
    void digest() {
        CarrierTrunk trunk = CarrierTrunk.of(
                "twilio",
                trunk(List.of(UNKNOWN, KNOWN), List.of(), List.of(SipEndpoint.of("pbx.example")), true, null),
                10);
        assertThat(trunk.profile().auth().mode()).isEqualTo(TrunkAuth.Mode.DIGEST_NO_REGISTER);
        assertThat(trunk.profile().capacity().maxConcurrent()).isEqualTo(10);
        assertThat(trunk.toString()).doesNotContain("K0wn-password");
        RenderedConfig config = Samples.plain()
                .listen(SipTransport.TLS, "192.0.2.10", 5061)
                .tls("/etc/asterisk/cert.pem", "/etc/asterisk/key.pem", null)
                .secrets(reference -> {
                    throw new AssertionError("the trunk knows its own");
                })
                .trunk(trunk)
                .render();
        ConfSections sections = ConfSections.of(config, "pjsip.conf");
        assertThat(sections.one("twilio", "aor").value("contact"))
                .isEqualTo("sip:clinic.pstn.carrier.example:5061;transport=tls");
        assertThat(sections.one("twilio", "endpoint").value("media_encryption")).isEqualTo("sdes");
        assertThat(sections.one("twilio", "identify").all("match")).containsExactly("198.51.100.0/24");
        Section auth = ConfSections.of(config, "pjsip_secrets.conf").one("twilio", "auth");
        assertThat(auth.value("username")).isEqualTo("clinic");
        assertThat(auth.value("password")).isEqualTo("K0wn-password");
    }

    @Test
    @DisplayName("it registers where that is allowed and the carrier knows no server of ours; its own limit counts")
    void registers() {
        CarrierTrunk trunk = CarrierTrunk.of(
                "telnyx",
                trunk(
                        List.of(KNOWN),
                        List.of(),
                        List.of(),
                        false,
                        TrunkLimits.countries("CA").callsAtOnce(3)),
                10);
        assertThat(trunk.profile().auth().mode()).isEqualTo(TrunkAuth.Mode.REGISTER);
        assertThat(trunk.profile().capacity().maxConcurrent()).isEqualTo(3);
        assertThat(ConfSections.of(Samples.plain().trunk(trunk).render(), "pjsip.conf")
                        .names("registration"))
                .containsExactly("telnyx");
    }

    @Test
    @DisplayName("without a known password, our addresses prove it")
    void byAddress() {
        IpRange ours = IpRange.parse("203.0.113.5");
        CarrierTrunk trunk =
                CarrierTrunk.of("carrier", trunk(List.of(UNKNOWN), List.of(ours), List.of(), false, null), 1);
        assertThat(trunk.profile().auth().mode()).isEqualTo(TrunkAuth.Mode.IP);
        assertThat(trunk.profile().auth().localAddresses()).containsExactly(ours);
    }

    @Test
    @DisplayName("what nothing proves, or where devices register, is refused")
    void refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> CarrierTrunk.of("carrier", trunk(List.of(UNKNOWN), List.of(), List.of(), false, null), 1))
                .withMessageContaining("no credential whose password is known");
        SipTrunk made = trunk(List.of(KNOWN), List.of(), List.of(), false, null);
        SipTrunk domain = new SipTrunk(
                made.ref(),
                TrunkKind.DOMAIN,
                made.name(),
                made.outbound(),
                made.inbound(),
                made.credentials(),
                made.allowed(),
                made.sources(),
                false,
                true,
                made.numbers(),
                Map.of());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CarrierTrunk.of("carrier", domain, 1))
                .withMessageContaining("is a DOMAIN");
    }

    private static SipTrunk trunk(
            List<SipCredential> credentials,
            List<IpRange> allowed,
            List<SipEndpoint> inbound,
            boolean secure,
            @Nullable TrunkLimits limits) {
        return new SipTrunk(
                new TrunkRef(new ProviderId("twilio"), "TK1"),
                TrunkKind.TRUNK,
                "clinic",
                List.of(SipEndpoint.of("clinic.pstn.carrier.example")),
                inbound,
                credentials,
                allowed,
                List.of(IpRange.parse("198.51.100.0/24")),
                secure,
                true,
                List.of(Samples.CLINIC),
                limits,
                Map.of());
    }
}
