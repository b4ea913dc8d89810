package io.careflow.pstn.trunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.Option;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.Secret;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrunkValuesTest {
    private static final CommandId COMMAND = new CommandId("make");
    private static final URI URL = URI.create("https://example.org/voice");
    private static final SipCredential CREDENTIAL = new SipCredential("pbx", Secret.of("hidden"));

    @Test
    @DisplayName("users and passwords in URLs of a request are not shown")
    void userInfo() {
        URI signed = URI.create("https://desk:pa55@example.org/voice");
        TrunkRequest request = TrunkRequest.domain(COMMAND, "clinic", signed)
                .asking(signed, signed, signed)
                .provenBy(CREDENTIAL);

        assertThat(request.toString())
                .doesNotContain("desk:", "pa55", "hidden")
                .contains("name=clinic", "voiceUrl=https://...@example.org/voice")
                .contains("voiceFallbackUrl=https://...@example.org", "statusUrl=https://...@example.org");
    }

    @Test
    @DisplayName("IP ranges are read with and without the length of their prefix")
    void ranges() {
        assertThat(IpRange.parse("192.0.2.10")).isEqualTo(new IpRange("192.0.2.10", 32));
        assertThat(IpRange.parse("192.0.2.0/24")).hasToString("192.0.2.0/24");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "192.0.2", "192.0.2.256", "192.0.2.01", "192.0.2.0/33", "192.0.2.0/", "2001:db8::1", "host"})
    @DisplayName("what is no IPv4 range is refused")
    void noRanges(String text) {
        assertThatThrownBy(() -> IpRange.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("what is wrong with a range is said")
    void rangeMessages() {
        refused(() -> IpRange.parse("pbx"), "'pbx'", "192.0.2.0/24");
        refused(() -> IpRange.parse("192.0.2.256"), "IP address '192.0.2.256'", "192.0.2.10");
        refused(() -> new IpRange("192.0.2.0", -1), "prefix length is -1", "0 to 32");
    }

    @Test
    @DisplayName("a SIP server has a host, a port and a rank")
    void endpoint() {
        SipEndpoint server = SipEndpoint.of("pbx.example.org");
        assertThat(server).isEqualTo(new SipEndpoint("pbx.example.org", 5060, SipTransport.UDP, 10, 10));
        assertThat(server.over(SipTransport.TLS).port()).isEqualTo(5061);
        assertThat(server.over(SipTransport.TCP).port()).isEqualTo(5060);
        assertThat(server.over(SipTransport.TLS).port(15061).ranked(0, 65535))
                .isEqualTo(new SipEndpoint("pbx.example.org", 15061, SipTransport.TLS, 0, 65535));
        refused(() -> SipEndpoint.of("sip:pbx"), "SIP host 'sip:pbx'", "host name or IPv4 address");
        refused(() -> SipEndpoint.of(""), "SIP host");
        refused(() -> server.port(0), "SIP port is 0", "1 to 65535");
        refused(() -> server.port(65536), "SIP port is 65536");
        refused(() -> server.ranked(-1, 1), "priority is -1", "0 to 65535");
        refused(() -> server.ranked(0, 0), "weight is 0", "1 to 65535");
    }

    @Test
    @DisplayName("a SIP user has a plain name; the message shows neither name nor password")
    void credential() {
        assertThat(CREDENTIAL.toString()).contains("pbx").doesNotContain("hidden");
        refused(() -> new SipCredential("", null), "SIP username has 0 characters", "1 to 64 letters");
        refused(() -> new SipCredential("a b", null), "SIP username");
        refused(() -> new SipCredential("x".repeat(65), null), "SIP username has 65 characters");
    }

    @Test
    @DisplayName("each derived trunk keeps what was said before")
    void derived() {
        Option<String> option = new Option<>("vendor.setting", String.class);
        SipEndpoint server = SipEndpoint.of("pbx.example.org");
        IpRange range = IpRange.parse("192.0.2.10");
        TrunkRequest request = TrunkRequest.trunk(COMMAND, "main")
                .to(server)
                .provenBy(CREDENTIAL)
                .allowing(range)
                .with(option, "value")
                .secured(true, false);
        assertThat(request)
                .isEqualTo(new TrunkRequest(
                        COMMAND,
                        TrunkKind.TRUNK,
                        "main",
                        List.of(server),
                        List.of(CREDENTIAL),
                        List.of(range),
                        true,
                        false,
                        null,
                        null,
                        null,
                        Map.of(option, "value")));
        assertThat(request.toString()).doesNotContain("hidden");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ab", "Main", "-main", "main-", "ma in", "ma_in", "0123456789012345678901234567890123456789x"})
    @DisplayName("a trunk has a plain name")
    void names(String name) {
        refused(() -> TrunkRequest.trunk(COMMAND, name), "trunk name is '" + name + "'", "3 to 40 lower-case letters");
    }

    @Test
    @DisplayName("a DOMAIN asks URLs and has no servers of ours; a TRUNK the other way round")
    void kinds() {
        TrunkRequest domain = TrunkRequest.domain(COMMAND, "phones", URL).asking(URL, URL, URL);
        TrunkRequest trunk = TrunkRequest.trunk(COMMAND, "main");
        assertThat(domain.statusUrl()).isEqualTo(URL);
        refused(() -> trunk.asking(URL, null, null), "a TRUNK asks no URL", "DOMAIN");
        refused(() -> trunk.asking(null, null, URL), "a TRUNK asks no URL");
        refused(() -> domain.to(SipEndpoint.of("pbx")), "a DOMAIN has no inbound servers");
    }

    @Test
    @DisplayName("a DOMAIN asks web URLs only")
    void urls() {
        URI sip = URI.create("sip:pbx@example.org");
        refused(() -> TrunkRequest.domain(COMMAND, "phones", sip), "voice URL", "'sip'", "https and http");
        TrunkRequest domain = TrunkRequest.domain(COMMAND, "phones", URL);
        refused(() -> domain.asking(URL, sip, null), "voice fallback URL");
        refused(() -> domain.asking(URL, null, URI.create("/status")), "status URL");
    }

    @Test
    @DisplayName("no trunk is open to nearly everybody")
    void open() {
        TrunkRequest trunk = TrunkRequest.trunk(COMMAND, "main");
        assertThat(trunk.allowing(IpRange.parse("10.0.0.0/8")).allowed()).hasSize(1);
        refused(() -> trunk.allowing(IpRange.parse("0.0.0.0/0")), "0.0.0.0/0", "8 to 32");
        refused(() -> trunk.allowing(IpRange.parse("128.0.0.0/7")), "allowed range");
    }

    @Test
    @DisplayName("two credentials of one user are refused")
    void twice() {
        TrunkRequest trunk = TrunkRequest.trunk(COMMAND, "main").provenBy(CREDENTIAL);
        refused(() -> trunk.provenBy(new SipCredential("pbx", null)), "credentials name one user twice");
    }

    @Test
    @DisplayName("a reference needs an id; a trunk never shows a password")
    void trunk() {
        TrunkRef ref = new TrunkRef(new ProviderId("memory"), "t-1");
        assertThat(ref).hasToString("memory/t-1");
        refused(() -> new TrunkRef(new ProviderId("memory"), ""), "trunk id", "blank");
        SipTrunk trunk = new SipTrunk(
                ref,
                TrunkKind.TRUNK,
                "main",
                List.of(),
                List.of(),
                List.of(CREDENTIAL),
                List.of(),
                List.of(),
                false,
                false,
                List.of(),
                Map.of());
        assertThat(trunk.toString()).contains("pbx").doesNotContain("hidden");
    }

    private static void refused(ThrowingCallable call, String... words) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessageContainingAll(words);
    }
}
