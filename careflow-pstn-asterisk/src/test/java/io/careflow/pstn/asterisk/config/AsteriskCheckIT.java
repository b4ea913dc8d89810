package io.careflow.pstn.asterisk.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.careflow.pstn.Secret;
import io.careflow.pstn.asterisk.config.ConfigFinding.Severity;
import io.careflow.pstn.lab.AsteriskInstall;
import io.careflow.pstn.trunk.SipEndpoint;
import io.careflow.pstn.trunk.SipTransport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A check lets a real Asterisk read a configuration")
class AsteriskCheckIT {
    private static final SipEndpoint SERVER = SipEndpoint.of("198.51.100.7");

    AsteriskInstall install() {
        return AsteriskInstall.find();
    }

    @Test
    @DisplayName("nothing is found in what we render")
    void content() throws Exception {
        assertThat(check(good())).isEmpty();
    }

    @Test
    @DisplayName("what it complains about is found, with file and line, and without passwords")
    void complaints() throws Exception {
        RenderedConfig broken = changed(
                changed(good(), "pjsip.conf", "direct_media = no", "direct_medium = no"),
                "pjsip_secrets.conf",
                "auth_type = userpass",
                "auth_typo = userpass");
        int line =
                broken.file("pjsip.conf").orElseThrow().text().lines().toList().indexOf("direct_medium = no") + 1;
        List<ConfigFinding> found = check(broken);
        assertThat(found).anySatisfy(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.ERROR);
            assertThat(finding.file()).isEqualTo("pjsip.conf");
            assertThat(finding.line()).isEqualTo(line);
            assertThat(finding.message()).contains("direct_medium");
        });
        assertThat(found).noneSatisfy(finding -> assertThat(finding.message()).contains("secret-1001"));
    }

    @Test
    @DisplayName("a carrier is not registered at, nor asked whether it is there")
    void nothingSent() throws Exception {
        try (DigestCarrier carrier = new DigestCarrier("127.0.0.1", "100000_sub", Samples.TRUNK_PASSWORD)) {
            RenderedConfig config = base().trunk(Samples.registering(
                                    "siproute", new SipEndpoint("127.0.0.1", carrier.port(), SipTransport.UDP, 10, 10))
                            .build())
                    .render();
            assertThat(check(config)).isEmpty();
            assertThat(carrier.refused("REGISTER") + carrier.accepted("REGISTER") + carrier.accepted("OPTIONS"))
                    .isZero();
        }
    }

    @Test
    @DisplayName("a context that is not there is found")
    void dialplan() throws Exception {
        List<ConfigFinding> found =
                check(changed(good(), "extensions.conf", "include => careflow-inbound", "include => nowhere"));
        assertThat(found).anySatisfy(finding -> assertThat(finding.message()).contains("nowhere"));
    }

    @Test
    @DisplayName("a configuration of something else, or no Asterisk, is refused before anything is started")
    void refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AsteriskCheck().check(good(), Path.of("/nowhere/asterisk")))
                .withMessageContaining("/nowhere/asterisk");
        RenderedConfig other = new RenderedConfig(List.of(new RenderedFile("kamailio.cfg", "", false)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> check(other))
                .withMessageContaining("no configuration of Asterisk");
    }

    List<ConfigFinding> check(RenderedConfig config) throws IOException, InterruptedException {
        return new AsteriskCheck().check(config, install().home().resolve("usr/sbin/asterisk"));
    }

    private RenderedConfig good() {
        return base().listen(SipTransport.TCP, "192.0.2.10", 5060)
                .trunk(Samples.registering("siproute", SERVER).build())
                .user(Samples.user("1001"))
                .user(Samples.browser("2001"))
                .render();
    }

    AsteriskConfig base() {
        return AsteriskConfig.forVersion(install().majorVersion())
                .listen(SipTransport.UDP, "192.0.2.10", 5060)
                .http("192.0.2.10", 8088)
                .ari("careflow", Secret.of("ari-password"))
                .secrets(Samples.SECRETS);
    }

    private static RenderedConfig changed(RenderedConfig config, String name, String line, String other) {
        return new RenderedConfig(config.files().stream()
                .map(file -> file.name().equals(name)
                        ? new RenderedFile(name, file.text().replaceFirst(line, other), file.secret())
                        : file)
                .toList());
    }
}
