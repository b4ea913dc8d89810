package io.careflow.pstn.asterisk.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.careflow.pstn.Secret;
import io.careflow.pstn.asterisk.config.ConfSections.Section;
import io.careflow.pstn.siptrunk.NumberFormat;
import io.careflow.pstn.siptrunk.TrunkMedia;
import io.careflow.pstn.siptrunk.TrunkNumbering;
import io.careflow.pstn.siptrunk.TrunkNumbering.CallerIdHeader;
import io.careflow.pstn.trunk.SipEndpoint;
import io.careflow.pstn.trunk.SipTransport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("chan_sip is rendered for Asterisks that have it")
class ChanSipTest {
    private static final SipEndpoint SERVER = SipEndpoint.of("newyork1.voip.ms");
    private static final String PASSWORD = "p;ss#word>";

    @Test
    @DisplayName("a trunk has a register line and a peer with its user, and passwords are in files of their own")
    void trunk() {
        RenderedConfig config = plain().trunk(Samples.registering("voipms", SERVER)
                        .source("208.100.60.66")
                        .source("208.100.60.68/31")
                        .numbering(TrunkNumbering.of(NumberFormat.NANP_10, CallerIdHeader.RPID))
                        .build())
                .render();
        ConfSections sections = ConfSections.of(config, "sip.conf");
        Section general = sections.one("general");
        assertThat(general.value("allowguest")).isEqualTo("no");
        assertThat(general.value("context")).isEqualTo("careflow-denied");
        assertThat(general.value("udpbindaddr")).isEqualTo("192.0.2.10:5060");
        Section peer = sections.one("voipms", "peer");
        assertThat(peer.value("host")).isEqualTo("newyork1.voip.ms");
        assertThat(peer.value("port")).isEqualTo("5060");
        assertThat(peer.value("defaultuser")).isEqualTo("100000_sub");
        assertThat(peer.value("fromuser")).isEqualTo("100000_sub");
        assertThat(peer.value("insecure")).isEqualTo("port,invite");
        assertThat(peer.value("context")).isEqualTo("from_pstn");
        assertThat(peer.value("allow")).isEqualTo("ulaw,alaw");
        assertThat(peer.value("dtmfmode")).isEqualTo("rfc2833");
        assertThat(peer.value("sendrpid")).isEqualTo("rpid");
        assertThat(peer.has("secret")).isFalse();
        assertThat(sections.names("peer")).containsExactly("voipms", "voipms.in.1", "voipms.in.2", "voipms.in.3");
        assertThat(sections.one("voipms.in.3", "peer").value("host")).isEqualTo("208.100.60.69");
        assertThat(sections.names()).contains("#include \"sip_registrations.conf\"", "#include \"sip_secrets.conf\"");
        assertThat(config.file("sip_registrations.conf").orElseThrow().text())
                .contains("register = udp://100000_sub:p\\;ss#word>@newyork1.voip.ms:5060/100000_sub~600\n");
        assertThat(config.file("sip_registrations.conf").orElseThrow().secret()).isTrue();
        Section secret = ConfSections.of(config, "sip_secrets.conf").sections().get(0);
        assertThat(secret.name()).isEqualTo("voipms");
        assertThat(secret.more()).isTrue();
        assertThat(secret.value("secret")).isEqualTo(PASSWORD);
        assertThat(config.file("sip_secrets.conf").orElseThrow().secret()).isTrue();
    }

    @Test
    @DisplayName("a trunk that knows our address has no register line")
    void byAddress() {
        RenderedConfig config = plain().trunk(Samples.byAddress("carrier", SERVER)
                        .media(TrunkMedia.USUAL.srtp(TrunkMedia.Srtp.REQUIRED))
                        .build())
                .render();
        assertThat(config.file("sip_registrations.conf").orElseThrow().text()).doesNotContain("register =");
        Section peer = ConfSections.of(config, "sip.conf").one("carrier", "peer");
        assertThat(peer.has("defaultuser")).isFalse();
        assertThat(peer.value("encryption")).isEqualTo("yes");
    }

    @Test
    @DisplayName("users register, and are rung by the fallback as chan_sip names them")
    void users() {
        RenderedConfig config = plain().user(Samples.user("1001"))
                .user(new SipUser("3001", "Lobby", Secret.of("lobby-phone"), false, null))
                .fallbackRinging("1001")
                .render();
        ConfSections sections = ConfSections.of(config, "sip.conf");
        assertThat(sections.one("1001", "friend").value("host")).isEqualTo("dynamic");
        assertThat(sections.one("1001", "friend").value("context")).isEqualTo("from_users");
        assertThat(sections.one("3001", "friend").value("context")).isEqualTo("careflow-denied");
        assertThat(config.file("extensions.conf").orElseThrow().text()).contains("Dial(SIP/1001,30)");
        assertThat(config.file("careflow_modules.conf").orElseThrow().text())
                .contains("chan_sip.so")
                .doesNotContain("chan_pjsip.so");
    }

    @ParameterizedTest
    @CsvSource({"21, which has no chan_sip", "22, which has no chan_sip"})
    @DisplayName("versions without chan_sip are refused")
    void version(int version, String why) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AsteriskConfig.forVersion(version)
                        .chanSip()
                        .listen(SipTransport.UDP, "192.0.2.10", 5060)
                        .ari("careflow", Secret.of("ari-password"))
                        .render())
                .withMessageContaining(why);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AsteriskConfig.forVersion(13)
                        .listen(SipTransport.UDP, "192.0.2.10", 5060)
                        .ari("careflow", Secret.of("ari-password"))
                        .render())
                .withMessageContaining("PJSIP is rendered for 16 to 22");
    }

    @Test
    @DisplayName("what chan_sip cannot do is refused, all of it at once")
    void refusals() {
        TrunkMedia dtls = new TrunkMedia(
                TrunkMedia.USUAL.codecs(),
                TrunkMedia.Dtmf.RFC4733,
                TrunkMedia.Srtp.OPTIONAL,
                TrunkMedia.Keying.DTLS,
                false,
                java.util.List.of(),
                null);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> plain().secrets(reference -> Secret.of("with:colon"))
                        .trunk(Samples.registering("voipms", SERVER)
                                .media(dtls)
                                .source("208.100.60.0/24")
                                .build())
                        .user(Samples.user("general"))
                        .user(Samples.browser("2001"))
                        .behindKamailio("192.0.2.2", 5060, "sip.example.org")
                        .render())
                .withMessageContaining("media.srtp of trunk voipms is OPTIONAL")
                .withMessageContaining("media.keying of trunk voipms is DTLS")
                .withMessageContaining("sources of trunk voipms are 256 addresses")
                .withMessageContaining("user 2001 has a browser")
                .withMessageContaining("chan_sip cannot tell trunks behind Kamailio apart");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> plain().secrets(reference -> Secret.of("with:colon"))
                        .trunk(Samples.registering("voipms", SERVER).build())
                        .user(Samples.user("general"))
                        .render())
                .withMessageContaining("password of trunk voipms has one of")
                .withMessageContaining("user general has a name that chan_sip keeps")
                .satisfies(refusal -> assertThat(refusal.getMessage()).doesNotContain("with:colon"));
    }

    private static AsteriskConfig plain() {
        return AsteriskConfig.forVersion(16)
                .chanSip()
                .listen(SipTransport.UDP, "192.0.2.10", 5060)
                .ari("careflow", Secret.of("ari-password"))
                .secrets(reference -> Secret.of(PASSWORD));
    }
}
