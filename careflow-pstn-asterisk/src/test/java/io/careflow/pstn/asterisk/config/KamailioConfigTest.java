package io.careflow.pstn.asterisk.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.Secret;
import io.careflow.pstn.siptrunk.TrunkAuth;
import io.careflow.pstn.trunk.SipEndpoint;
import io.careflow.pstn.trunk.SipTransport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Kamailio's configuration")
class KamailioConfigTest {
    private static final SipEndpoint SERVER = new SipEndpoint("198.51.100.1", 5060, SipTransport.UDP, 10, 10);

    @Test
    @DisplayName("is the same from the same, and holds nothing that was not filled in")
    void deterministic() {
        RenderedConfig once = KamailioSamples.everything().build().render();
        assertThat(once).isEqualTo(KamailioSamples.everything().build().render());
        assertThat(text(once, "kamailio.cfg")).doesNotContainPattern("@[A-Z_]+@");
    }

    @Test
    @DisplayName("has secrets only in files that are secret")
    void secrets() {
        RenderedConfig config = KamailioSamples.everything().build().render();
        assertThat(config.files())
                .filteredOn(RenderedFile::secret)
                .extracting(RenderedFile::name)
                .containsExactly("kamailio-secrets.cfg", "uacreg");
        assertThat(config.files())
                .filteredOn(file -> !file.secret())
                .allSatisfy(file -> assertThat(file.text())
                        .doesNotContain(Samples.TRUNK_PASSWORD, KamailioSamples.KEY.reveal(), "secret-1001"));
        assertThat(text(config, "kamailio-secrets.cfg"))
                .as("a digest instead of the user's password, and a key derived from ours")
                .doesNotContain("secret-1001", KamailioSamples.KEY.reveal())
                .containsPattern("\\$sht\\(user=>1001\\) = \"[0-9a-f]{32}\";")
                .contains("$sht(secret=>digest) = \"s;cr#t>pass\\\\\";");
    }

    @Test
    @DisplayName("lets in trunks by what they say of themselves, or else by the addresses of their servers")
    void addresses() {
        assertThat(text(KamailioSamples.everything().build().render(), "address.list")
                        .lines())
                .containsExactly(
                        "# group (1 trunk, 2 node), address, prefix length, port (0 any), trunk",
                        "1 198.51.100.1 32 0 registering",
                        "1 198.51.101.0 24 0 digest",
                        "1 198.51.102.1 32 0 shared",
                        "2 10.0.0.3 32 5060 node",
                        "2 10.0.0.4 32 5060 node");
    }

    @Test
    @DisplayName("tries servers of a trunk in order of priority, and shares those of one priority by weight")
    void servers() {
        assertThat(text(KamailioSamples.everything().build().render(), "dispatcher.list")
                        .lines())
                .contains(
                        "1 sip:10.0.0.3:5060 8 0 socket=udp:10.0.0.2:5060",
                        "101 sip:198.51.100.1:5060 8 2 socket=udp:192.0.2.10:5060;weight=50",
                        "101 sip:198.51.100.1:5070 8 1 socket=udp:192.0.2.10:5060;weight=50",
                        "102 sip:sip.carrier.invalid:5060 24 1 socket=udp:192.0.2.10:5060;weight=100",
                        "103 sip:198.51.102.1:5060;transport=tcp 0 2 socket=tcp:192.0.2.10:5060;weight=25",
                        "103 sip:198.51.102.1:5080;transport=tcp 0 1 socket=tcp:192.0.2.10:5060;weight=75");
        assertThat(text(KamailioSamples.everything().build().render(), "kamailio.cfg"))
                .contains("case \"registering.trunk.invalid\":\n\t\t$var(set) = 101;\n\t\t$var(way) = 8;")
                .contains("case \"shared.trunk.invalid\":\n\t\t$var(set) = 103;\n\t\t$var(way) = 9;");
    }

    @Test
    @DisplayName("says what of it should be looked at")
    void warnings() {
        assertThat(KamailioSamples.everything().build().warnings()).isEmpty();
        KamailioConfig config = KamailioSamples.plain()
                .listen(SipListener.ws("192.0.2.10", 8080))
                .trunk(Samples.digest("nameless", SipEndpoint.of("sip.carrier.invalid"))
                        .build())
                .build();
        assertThat(KamailioSamples.plain()
                        .inside(SipListener.udp("10.0.0.2", 5060))
                        .trunk(Samples.byAddress("one", SERVER).build())
                        .trunk(Samples.byAddress("other", SERVER)
                                .source("198.51.100.0/24")
                                .build())
                        .build()
                        .warnings())
                .containsExactly("trunks one and other have the source 198.51.100.1/32 in common;"
                        + " calls from there are taken for the first one's");
        assertThat(config.warnings())
                .hasSize(3)
                .anyMatch(text -> text.startsWith("trunk nameless: sources"))
                .anyMatch(text -> text.startsWith("nodes are known by their address alone"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "nodots", "UPPER.example", "a.b\nlisten=udp:0.0.0.0", "a.b\"", "a.b;c", "a..b", "192.0.2.1 "
            })
    @DisplayName("refuses a domain that could end a line or a string")
    void domain(String domain) {
        assertThatThrownBy(() -> KamailioConfig.builder(domain, KamailioSamples.KEY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("SIP domain");
    }

    @Test
    @DisplayName("refuses dangerous text wherever text is taken")
    void dangerous() {
        KamailioConfig.Builder config = KamailioSamples.plain();
        for (String text : List.of("x\ny", "x\"y", "x;y", "x#!define", "x${y}", "x'y", "x`y", "x y\"")) {
            refused(() -> config.origin("https://" + text));
            refused(() -> config.folder(Path.of("/" + text)));
            refused(() -> config.run(Path.of("/" + text)));
            refused(() -> config.tls(Path.of("/" + text), Path.of("/key")));
            refused(() -> SipListener.udp("192.0.2.10", 5060).advertised(text));
            refused(() -> SipListener.udp(text, 5060));
            refused(() -> new AsteriskNode(text, 5060));
            refused(() -> database(text, "app", "members", "x"));
            refused(() -> database("host", text, "members", "x"));
            refused(() -> database("host", "app", text, "x"));
            refused(() -> database("host", "app", "members", text));
        }
        refused(() -> KamailioSamples.plain()
                .trunk(Samples.digest("digest", SERVER).build())
                .secrets(reference -> Secret.of("two\nlines"))
                .build()
                .render());
    }

    @Test
    @DisplayName("refuses what does not fit together")
    void consistency() {
        refused(() -> KamailioConfig.builder("sip.example.org", KamailioSamples.KEY)
                .node(new AsteriskNode("10.0.0.3", 5060))
                .build());
        refused(() -> KamailioConfig.builder("sip.example.org", KamailioSamples.KEY)
                .listen(SipListener.udp("192.0.2.10", 5060))
                .build());
        refused(() -> KamailioConfig.builder("sip.example.org", Secret.of("short")));
        refused(() -> KamailioSamples.plain()
                .listen(SipListener.tls("192.0.2.10", 5061))
                .build());
        refused(() -> KamailioSamples.plain().inside(SipListener.tcp("10.0.0.2", 5060)));
        refused(() ->
                KamailioSamples.plain().node(new AsteriskNode("10.0.0.3", 5060)).build());
        refused(() -> KamailioSamples.plain()
                .user(Samples.user("1001"))
                .user(Samples.user("1001"))
                .build());
        refused(() -> KamailioSamples.plain()
                .user(Samples.user("1001"))
                .users(database("host", "app", "members", "x"))
                .build());
        refused(() -> KamailioSamples.plain()
                .trunk(Samples.trunk("tls", SERVER.over(SipTransport.TLS), TrunkAuth.ip(KamailioSamples.ours()))
                        .build())
                .build());
        refused(() -> SipListener.udp("0.0.0.0", 5060));
        refused(() -> KamailioLimits.USUAL.turningAway(1, 5, 5, Duration.ofMinutes(1)));
        refused(() -> KamailioLimits.USUAL.nodes(Duration.ZERO, Duration.ofSeconds(10), Duration.ofSeconds(5)));
    }

    @Test
    @DisplayName("shows nobody's password in a message")
    void quiet() {
        assertThatThrownBy(() -> new UsersDatabase(
                        "host", 5432, "app", "reader", Secret.of("pass@word"), "members", "name", "secret", true))
                .hasMessageContaining("reader")
                .hasMessageNotContaining("pass@word");
    }

    private static UsersDatabase database(String host, String database, String table, String column) {
        return new UsersDatabase(host, 5432, database, "reader", Secret.of("password"), table, column, "secret", true);
    }

    private static void refused(Runnable made) {
        assertThatThrownBy(made::run).isInstanceOf(IllegalArgumentException.class);
    }

    private static String text(RenderedConfig config, String file) {
        return config.file(file).orElseThrow().text();
    }
}
