package io.careflow.pstn.asterisk.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.asterisk.config.ConfigFinding.Severity;
import io.careflow.pstn.lab.KamailioInstall;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Kamailio itself says what it thinks of a rendered configuration")
class KamailioCheckIT {
    private final KamailioCheck check = new KamailioCheck();
    private final Path program = KamailioInstall.find().home().resolve("usr/sbin/kamailio");

    @Test
    @DisplayName("nothing, of one with every kind of trunk, user, socket and list")
    void content() throws Exception {
        assertThat(check.check(KamailioSamples.everything().build().render(), program))
                .isEmpty();
    }

    @Test
    @DisplayName("nothing, of the smallest")
    void smallest() throws Exception {
        assertThat(check.check(KamailioSamples.plain().build().render(), program))
                .isEmpty();
    }

    @Test
    @DisplayName("nothing, of one with TLS and secure WebSocket")
    void encrypted(@TempDir Path folder) throws Exception {
        TestCertificate certificate = TestCertificate.in(folder);
        RenderedConfig config = KamailioSamples.everything()
                .listen(SipListener.tls("192.0.2.10", 5061))
                .listen(SipListener.wss("192.0.2.10", 443))
                .tls(certificate.certificate(), certificate.key())
                .build()
                .render();
        assertThat(check.check(config, program)).isEmpty();
    }

    @Test
    @DisplayName("which line it does not understand")
    void misspelt() throws Exception {
        RenderedConfig good = KamailioSamples.plain().build().render();
        List<RenderedFile> files = good.files().stream()
                .map(file -> file.name().equals("kamailio.cfg")
                        ? new RenderedFile(file.name(), file.text().replace("route(GUARD);", "rote(GUARD);"), false)
                        : file)
                .toList();
        int line = Math.toIntExact(good.file("kamailio.cfg")
                        .orElseThrow()
                        .text()
                        .lines()
                        .takeWhile(text -> !text.contains("route(GUARD);"))
                        .count())
                + 1;
        assertThat(check.check(new RenderedConfig(files), program)).anySatisfy(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.ERROR);
            assertThat(finding.file()).isEqualTo("kamailio.cfg");
            assertThat(finding.line()).isEqualTo(line);
        });
    }

    @Test
    @DisplayName("that a certificate is not there")
    void noCertificate() throws Exception {
        RenderedConfig config = KamailioSamples.plain()
                .listen(SipListener.tls("192.0.2.10", 5061))
                .tls(Path.of("/nowhere/chain.pem"), Path.of("/nowhere/key.pem"))
                .build()
                .render();
        assertThat(check.check(config, program)).anySatisfy(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.ERROR);
            assertThat(finding.message()).contains("/nowhere/");
        });
    }

    @Test
    @DisplayName("nothing, where there is no Kamailio: that is refused")
    void noProgram() {
        RenderedConfig config = KamailioSamples.plain().build().render();
        assertThatThrownBy(() -> check.check(config, Path.of("/nowhere/kamailio")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("/nowhere/kamailio");
        assertThatThrownBy(() -> check.check(new RenderedConfig(List.of()), program))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("kamailio.cfg");
    }
}
