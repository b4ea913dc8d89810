package io.careflow.pstn.asterisk.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.careflow.pstn.Secret;
import io.careflow.pstn.asterisk.config.ConfSections.Section;
import io.careflow.pstn.siptrunk.NumberFormat;
import io.careflow.pstn.siptrunk.SipTrunkProfile;
import io.careflow.pstn.siptrunk.TrunkAuth;
import io.careflow.pstn.siptrunk.TrunkHealth;
import io.careflow.pstn.siptrunk.TrunkMedia;
import io.careflow.pstn.siptrunk.TrunkMedia.Codec;
import io.careflow.pstn.siptrunk.TrunkNumber;
import io.careflow.pstn.siptrunk.TrunkNumbering;
import io.careflow.pstn.siptrunk.TrunkNumbering.CallerIdHeader;
import io.careflow.pstn.trunk.IpRange;
import io.careflow.pstn.trunk.SipEndpoint;
import io.careflow.pstn.trunk.SipTransport;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Asterisk's configuration is rendered from trunks and users")
class AsteriskConfigTest {
    private static final SipEndpoint SERVER = SipEndpoint.of("sip.carrier.example");

    @Test
    @DisplayName("a trunk that registers has registration, digest, address and identity")
    void registering() {
        RenderedConfig config = pjsip(Samples.registering("siproute", SERVER).build());
        ConfSections sections = ConfSections.of(config, "pjsip.conf");
        Section registration = sections.one("siproute", "registration");
        assertThat(registration.value("server_uri")).isEqualTo("sip:sip.carrier.example:5060");
        assertThat(registration.value("client_uri")).isEqualTo("sip:100000_sub@sip.carrier.example:5060");
        assertThat(registration.value("contact_user")).isEqualTo("100000_sub");
        assertThat(registration.value("expiration")).isEqualTo("600");
        assertThat(registration.value("auth_rejection_permanent")).isEqualTo("no");
        assertThat(registration.value("line")).isEqualTo("yes");
        assertThat(registration.value("endpoint")).isEqualTo("siproute");
        Section endpoint = sections.one("siproute", "endpoint");
        assertThat(endpoint.value("context")).isEqualTo("from_pstn");
        assertThat(endpoint.value("outbound_auth")).isEqualTo("siproute");
        assertThat(endpoint.value("from_user")).isEqualTo("100000_sub");
        assertThat(endpoint.value("from_domain")).isEqualTo("sip.carrier.example");
        assertThat(endpoint.value("allow")).isEqualTo("ulaw,alaw");
        assertThat(endpoint.value("dtmf_mode")).isEqualTo("rfc4733");
        assertThat(endpoint.value("transport")).isEqualTo("transport-udp");
        assertThat(endpoint.value("identify_by")).isEqualTo("ip");
        assertThat(endpoint.has("media_encryption")).isFalse();
        Section record = sections.one("siproute", "aor");
        assertThat(record.value("contact")).isEqualTo("sip:sip.carrier.example:5060");
        assertThat(record.value("qualify_frequency")).isEqualTo("60");
        assertThat(record.value("qualify_timeout")).isEqualTo("3");
        assertThat(sections.one("siproute", "identify").all("match")).containsExactly("sip.carrier.example");
    }

    @Test
    @DisplayName("the password is in a file of its own, for the owner's eyes only, whatever characters it has")
    void password() {
        RenderedConfig config = pjsip(Samples.registering("siproute", SERVER).build());
        Section auth = ConfSections.of(config, "pjsip_secrets.conf").one("siproute", "auth");
        assertThat(auth.value("username")).isEqualTo("100000_sub");
        assertThat(auth.value("password")).isEqualTo(Samples.TRUNK_PASSWORD);
        assertThat(config.file("pjsip_secrets.conf").orElseThrow().secret()).isTrue();
        assertThat(config.file("ari.conf").orElseThrow().secret()).isTrue();
        assertThat(config.files().stream().filter(file -> !file.secret()))
                .allSatisfy(file -> assertThat(file.text())
                        .doesNotContain(Samples.TRUNK_PASSWORD)
                        .doesNotContain("ari-password")
                        .doesNotContain("secret-1001"));
        assertThat(ConfSections.of(config, "pjsip.conf").names()).contains("#include \"pjsip_secrets.conf\"");
    }

    @Test
    @DisplayName("digest without registration registers nothing and answers challenges, as another user if told so")
    void digest() {
        TrunkAuth auth = new TrunkAuth(
                TrunkAuth.Mode.DIGEST_NO_REGISTER,
                "account",
                "login",
                Samples.reference(),
                "carrier.example",
                "from",
                "from.example",
                null,
                Duration.ofMinutes(5),
                null,
                List.of());
        RenderedConfig config = pjsip(Samples.trunk("siproute", SERVER, auth).build());
        ConfSections sections = ConfSections.of(config, "pjsip.conf");
        assertThat(sections.names("registration")).isEmpty();
        assertThat(sections.one("siproute", "endpoint").value("from_user")).isEqualTo("from");
        assertThat(sections.one("siproute", "endpoint").value("from_domain")).isEqualTo("from.example");
        Section secret = ConfSections.of(config, "pjsip_secrets.conf").one("siproute", "auth");
        assertThat(secret.value("username")).isEqualTo("login");
        assertThat(secret.value("realm")).isEqualTo("carrier.example");
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    @DisplayName("a trunk that knows our address has no password, and its own addresses let its calls in")
    void address(boolean prefixed) {
        List<IpRange> local = List.of(IpRange.parse("192.0.2.10"));
        TrunkAuth auth = prefixed ? TrunkAuth.ip(local, new TrunkAuth.TechPrefix("123", "*")) : TrunkAuth.ip(local);
        RenderedConfig config = pjsip(Samples.trunk("siproute", SERVER, auth)
                .source("198.51.100.9")
                .source("198.51.100.0/29")
                .build());
        ConfSections sections = ConfSections.of(config, "pjsip.conf");
        assertThat(sections.one("siproute", "endpoint").has("outbound_auth")).isFalse();
        assertThat(sections.one("siproute", "endpoint").has("from_user")).isFalse();
        assertThat(sections.names("registration")).isEmpty();
        assertThat(ConfSections.of(config, "pjsip_secrets.conf").names("auth")).containsExactly("1001");
        assertThat(sections.one("siproute", "identify").all("match"))
                .containsExactly("198.51.100.0/29", "198.51.100.9/32");
    }

    @ParameterizedTest
    @CsvSource({"PAI, yes, no", "RPID, no, yes", "FROM, no, no"})
    @DisplayName("the caller is shown where the carrier looks")
    void callerId(CallerIdHeader header, String pai, String rpid) {
        Section endpoint = ConfSections.of(
                        pjsip(Samples.registering("siproute", SERVER)
                                .numbering(TrunkNumbering.of(NumberFormat.NANP_11, header))
                                .build()),
                        "pjsip.conf")
                .one("siproute", "endpoint");
        assertThat(endpoint.value("send_pai")).isEqualTo(pai);
        assertThat(endpoint.value("send_rpid")).isEqualTo(rpid);
        assertThat(endpoint.has("from_user")).isEqualTo(header != CallerIdHeader.FROM);
    }

    @ParameterizedTest
    @CsvSource({
        "NONE, SDES, , ",
        "OPTIONAL, SDES, sdes, yes",
        "REQUIRED, SDES, sdes, no",
        "REQUIRED, DTLS, dtls, no",
    })
    @DisplayName("voice is encrypted as the carrier wants it")
    void srtp(TrunkMedia.Srtp srtp, TrunkMedia.Keying keying, String encryption, String optional) {
        TrunkMedia media = new TrunkMedia(
                List.of(Codec.G729, Codec.OPUS, Codec.GSM, Codec.G722, Codec.PCMA),
                TrunkMedia.Dtmf.AUTO,
                srtp,
                keying,
                true,
                List.of(),
                null);
        Section endpoint = ConfSections.of(
                        pjsip(Samples.registering("siproute", SERVER)
                                .media(media)
                                .build()),
                        "pjsip.conf")
                .one("siproute", "endpoint");
        assertThat(endpoint.value("allow")).isEqualTo("g729,opus,gsm,g722,alaw");
        assertThat(endpoint.value("dtmf_mode")).isEqualTo("auto");
        assertThat(endpoint.value("t38_udptl")).isEqualTo("yes");
        assertThat(endpoint.all("media_encryption")).isEqualTo(encryption == null ? List.of() : List.of(encryption));
        assertThat(endpoint.all("media_encryption_optimistic"))
                .isEqualTo(optional == null ? List.of() : List.of(optional));
        assertThat(endpoint.has("dtls_auto_generate_cert")).isEqualTo(keying == TrunkMedia.Keying.DTLS);
    }

    @Test
    @DisplayName("several servers are tried in the carrier's order, each by its own transport")
    void servers() {
        SipTrunkProfile trunk = Samples.registering("siproute", SERVER.ranked(20, 1))
                .endpoint(SipEndpoint.of("first.example").over(SipTransport.TLS).ranked(10, 1))
                .endpoint(
                        SipEndpoint.of("second.example").over(SipTransport.TCP).ranked(20, 5))
                .outboundProxy(SipEndpoint.of("proxy.example"))
                .health(new TrunkHealth(false, Duration.ofSeconds(60), Duration.ofSeconds(3)))
                .build();
        RenderedConfig config = Samples.plain()
                .listen(SipTransport.TCP, "0.0.0.0", 5060)
                .listen(SipTransport.TLS, "0.0.0.0", 5061)
                .tls("/etc/asterisk/cert.pem", "/etc/asterisk/key.pem", null)
                .trunk(trunk)
                .render();
        ConfSections sections = ConfSections.of(config, "pjsip.conf");
        assertThat(sections.one("siproute", "endpoint").value("aors")).isEqualTo("siproute,siproute.2,siproute.3");
        assertThat(sections.one("siproute", "aor").value("contact")).isEqualTo("sip:first.example:5061;transport=tls");
        assertThat(sections.one("siproute.2", "aor").value("contact"))
                .isEqualTo("sip:second.example:5060;transport=tcp");
        assertThat(sections.one("siproute.3", "aor").value("contact")).isEqualTo("sip:sip.carrier.example:5060");
        assertThat(sections.one("siproute.3", "aor").value("outbound_proxy")).isEqualTo("sip:proxy.example:5060;lr");
        assertThat(sections.one("siproute", "aor").has("qualify_frequency")).isFalse();
        assertThat(sections.one("siproute", "endpoint").has("transport")).isFalse();
        Section tls = sections.one("transport-tls", "transport");
        assertThat(tls.value("bind")).isEqualTo("0.0.0.0:5061");
        assertThat(tls.value("verify_server")).isEqualTo("yes");
        assertThat(tls.value("ca_list_path")).isEqualTo("/etc/ssl/certs");
    }

    @Test
    @DisplayName("a trunk of one number registers that number, as some carriers call what was registered")
    void oneNumber() {
        SipTrunkProfile trunk = Samples.registering("siproute", SERVER)
                .numbers(List.of(TrunkNumber.of(Samples.CLINIC)))
                .build();
        assertThat(ConfSections.of(pjsip(trunk), "pjsip.conf")
                        .one("siproute", "registration")
                        .value("contact_user"))
                .isEqualTo("+15551234567");
    }

    @Test
    @DisplayName("users register with their password; a browser has WebRTC, and who has no caller ID calls nobody")
    void users() {
        RenderedConfig config = Samples.plain()
                .user(Samples.user("1001"))
                .user(Samples.browser("2001"))
                .user(new SipUser("3001", "Lobby", Secret.of("lobby-phone"), false, null))
                .https("0.0.0.0", 8089)
                .tls("/etc/asterisk/cert.pem", "/etc/asterisk/key.pem", "/etc/asterisk/ca.pem")
                .render();
        ConfSections sections = ConfSections.of(config, "pjsip.conf");
        Section phone = sections.one("1001", "endpoint");
        assertThat(phone.value("callerid")).isEqualTo("\"Counselor 1001\" <1001>");
        assertThat(phone.value("context")).isEqualTo("from_users");
        assertThat(phone.value("auth")).isEqualTo("1001");
        assertThat(phone.has("webrtc")).isFalse();
        assertThat(sections.one("2001", "endpoint").value("webrtc")).isEqualTo("yes");
        assertThat(sections.one("3001", "endpoint").value("context")).isEqualTo("careflow-denied");
        assertThat(ConfSections.of(config, "pjsip_secrets.conf")
                        .one("1001", "auth")
                        .value("password"))
                .isEqualTo("secret-1001");
        assertThat(sections.names("transport")).contains("transport-ws", "transport-wss");
        Section http = ConfSections.of(config, "http.conf").one("general");
        assertThat(http.value("bindaddr")).isEqualTo("127.0.0.1");
        assertThat(http.value("tlsbindaddr")).isEqualTo("0.0.0.0:8089");
        assertThat(ConfSections.of(config, "rtp.conf").one("general").value("icesupport"))
                .isEqualTo("yes");
    }

    @Test
    @DisplayName("without a browser there is no WebSocket and no ICE")
    void noBrowser() {
        RenderedConfig config = Samples.plain().user(Samples.user("1001")).render();
        assertThat(ConfSections.of(config, "pjsip.conf").names("transport")).containsExactly("transport-udp");
        assertThat(ConfSections.of(config, "rtp.conf").one("general").value("icesupport"))
                .isEqualTo("no");
    }

    @Test
    @DisplayName("behind Kamailio nobody else is spoken to, and trunks and users are told apart by its headers")
    void kamailio() {
        RenderedConfig config = Samples.plain()
                .secrets(reference -> {
                    throw new AssertionError("Asterisk needs no password here");
                })
                .trunk(Samples.registering("siproute", SERVER).build())
                .user(Samples.user("1001"))
                .behindKamailio("192.0.2.2", 5060, "sip.clinic.example")
                .fallbackRinging("1001")
                .render();
        ConfSections sections = ConfSections.of(config, "pjsip.conf");
        Section acl = sections.one("kamailio-only", "acl");
        assertThat(acl.value("deny")).isEqualTo("0.0.0.0/0.0.0.0");
        assertThat(acl.value("permit")).isEqualTo("192.0.2.2/255.255.255.255");
        Section trunk = sections.one("siproute", "endpoint");
        assertThat(trunk.value("context")).isEqualTo("from_pstn");
        assertThat(trunk.value("outbound_proxy")).isEqualTo("sip:192.0.2.2:5060;lr");
        assertThat(trunk.value("identify_by")).isEqualTo("header");
        assertThat(trunk.has("outbound_auth")).isFalse();
        assertThat(sections.one("siproute", "aor").value("contact")).isEqualTo("sip:siproute.trunk.invalid");
        assertThat(sections.one("siproute", "identify").value("match_header")).isEqualTo("X-CF-Trunk: siproute");
        assertThat(sections.names("registration")).isEmpty();
        assertThat(sections.names("endpoint")).containsExactly("siproute", "kam-users", "kam-web");
        assertThat(sections.one("kam-users", "endpoint").value("context")).isEqualTo("from_kamailio");
        assertThat(sections.one("kam-web", "endpoint").value("webrtc")).isEqualTo("yes");
        assertThat(sections.one("kam-web", "identify").value("match_header")).isEqualTo("X-CF-Web: yes");
        assertThat(sections.one("kam-users", "identify").value("match")).isEqualTo("192.0.2.2");
        assertThat(sections.one("global", "global").value("endpoint_identifier_order"))
                .isEqualTo("header,ip");
        assertThat(ConfSections.of(config, "pjsip_secrets.conf").sections()).isEmpty();
        assertThat(config.file("extensions.conf").orElseThrow().text())
                .contains("[from_kamailio]")
                .contains("PJSIP_HEADER(read,X-CF-User)")
                .contains(
                        "Dial(PJSIP/kam-users/sip:1001@sip.clinic.example&PJSIP/kam-web/sip:1001@sip.clinic.example,30)");
    }

    @Test
    @DisplayName("without Kamailio no header of a stranger is believed")
    void noHeaders() {
        RenderedConfig config = pjsip(Samples.registering("siproute", SERVER).build());
        ConfSections sections = ConfSections.of(config, "pjsip.conf");
        assertThat(sections.one("global", "global").value("endpoint_identifier_order"))
                .isEqualTo("ip,username");
        assertThat(sections.names("acl")).isEmpty();
        assertThat(config.file("extensions.conf").orElseThrow().text()).doesNotContain("from_kamailio");
    }

    @Test
    @DisplayName("every call goes to the application, and while it is away to whom the fallback names")
    void dialplan() {
        String text = Samples.plain()
                .application("desk")
                .user(Samples.user("1002"))
                .user(Samples.user("1001"))
                .fallbackRinging("1002", "1001")
                .fallbackPlaying("/var/prompts/sorry", "bye")
                .render()
                .file("extensions.conf")
                .orElseThrow()
                .text();
        assertThat(text)
                .contains("[from_pstn]\ninclude => careflow-inbound\n")
                .contains("Stasis(desk,inbound,")
                .containsSubsequence(
                        "[careflow-fallback]",
                        "Dial(PJSIP/1001&PJSIP/1002,30)",
                        "Playback(/var/prompts/sorry)",
                        "Playback(bye)",
                        "Hangup(41)");
    }

    @Test
    @DisplayName("ARI has one user, on loopback unless said otherwise")
    void ari() {
        RenderedConfig config = Samples.plain().render();
        Section user = ConfSections.of(config, "ari.conf").one("careflow");
        assertThat(user.value("password")).isEqualTo("ari-password");
        assertThat(user.value("read_only")).isEqualTo("no");
        Section http = ConfSections.of(config, "http.conf").one("general");
        assertThat(http.value("bindaddr")).isEqualTo("127.0.0.1");
        assertThat(http.value("bindport")).isEqualTo("8088");
        assertThat(http.has("tlsenable")).isFalse();
    }

    @Test
    @DisplayName("behind a router, others are told the public address")
    void publicAddress() {
        RenderedConfig config = Samples.plain()
                .publicAddress("203.0.113.5", "192.168.0.0/16", "10.0.0.0/8")
                .rtpPorts(12_000, 12_999)
                .render();
        Section transport = ConfSections.of(config, "pjsip.conf").one("transport-udp", "transport");
        assertThat(transport.value("external_media_address")).isEqualTo("203.0.113.5");
        assertThat(transport.value("external_signaling_address")).isEqualTo("203.0.113.5");
        assertThat(transport.all("local_net")).containsExactly("10.0.0.0/8", "192.168.0.0/16");
        assertThat(ConfSections.of(config, "rtp.conf").one("general").value("rtpend"))
                .isEqualTo("12999");
    }

    @Test
    @DisplayName("the same trunks and users in another order give the same bytes")
    void deterministic() {
        SipTrunkProfile one = Samples.registering("one", SERVER)
                .endpoint(SipEndpoint.of("b.example"))
                .source("198.51.100.1")
                .source("198.51.100.2")
                .build();
        SipTrunkProfile again = one.toBuilder()
                .endpoints(List.of(SipEndpoint.of("b.example"), SERVER))
                .sources(List.of(IpRange.parse("198.51.100.2"), IpRange.parse("198.51.100.1")))
                .build();
        SipTrunkProfile two = Samples.byAddress("two", SERVER).build();
        RenderedConfig there = Samples.plain()
                .listen(SipTransport.TCP, "192.0.2.10", 5060)
                .trunk(one)
                .trunk(two)
                .user(Samples.user("1001"))
                .user(Samples.user("1002"))
                .fallbackRinging("1001", "1002")
                .render();
        RenderedConfig back = AsteriskConfig.forVersion(22)
                .user(Samples.user("1002"))
                .user(Samples.user("1001"))
                .listen(SipTransport.TCP, "192.0.2.10", 5060)
                .trunk(two)
                .trunk(again)
                .secrets(Samples.SECRETS)
                .fallbackRinging("1002", "1001")
                .ari("careflow", Secret.of("ari-password"))
                .listen(SipTransport.UDP, "192.0.2.10", 5060)
                .render();
        assertThat(back).isEqualTo(there);
    }

    @Test
    @DisplayName("what does not go together is refused, all of it at once")
    void refusals() {
        SipTrunkProfile trunk = Samples.registering("siproute", SERVER.over(SipTransport.TLS))
                .media(TrunkMedia.USUAL.dtmf(TrunkMedia.Dtmf.INBAND).codecs(Codec.G729))
                .build();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Samples.plain()
                        .https("0.0.0.0", 8089)
                        .trunk(trunk)
                        .user(Samples.user("siproute"))
                        .render())
                .withMessageContaining("4 problems")
                .withMessageContaining("certificate for HTTPS is missing")
                .withMessageContaining("endpoints of trunk siproute need TLS")
                .withMessageContaining("media.dtmf of trunk siproute is INBAND")
                .withMessageContaining("user siproute has the name of another section");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Samples.plain().trunk(trunk).trunk(trunk).render())
                .withMessageContaining("trunk siproute is there twice");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AsteriskConfig.forVersion(22)
                        .ari("careflow", Secret.of("ari-password"))
                        .render())
                .withMessageContaining("listen addresses are missing");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AsteriskConfig.forVersion(22).render())
                .withMessageContaining("ARI user is missing");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AsteriskConfig.forVersion(23))
                .withMessageContaining("version is 23");
    }

    @Test
    @DisplayName("behind Kamailio, UDP is needed, and names of its endpoints are taken")
    void kamailioRefusals() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AsteriskConfig.forVersion(22)
                        .listen(SipTransport.TCP, "192.0.2.10", 5060)
                        .ari("careflow", Secret.of("ari-password"))
                        .trunk(Samples.registering("kam-web", SERVER).build())
                        .behindKamailio("192.0.2.2", 5060, "sip.clinic.example")
                        .render())
                .withMessageContaining("listen address of UDP is missing")
                .withMessageContaining("trunk kam-web has the name of another section");
    }

    private static RenderedConfig pjsip(SipTrunkProfile trunk) {
        return Samples.plain().trunk(trunk).user(Samples.user("1001")).render();
    }
}
