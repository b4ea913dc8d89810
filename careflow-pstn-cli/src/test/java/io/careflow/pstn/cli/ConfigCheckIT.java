package io.careflow.pstn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.careflow.pstn.cli.Shell.Ran;
import io.careflow.pstn.lab.AsteriskInstall;
import io.careflow.pstn.lab.KamailioInstall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code pstn config check} with the real servers, on the site of {@code docs/sip-site}. */
class ConfigCheckIT {
    @TempDir
    private Path folder;

    private Console console;
    private AsteriskInstall asterisk;
    private KamailioInstall kamailio;

    @BeforeEach
    void start() {
        console = ExampleSite.in(folder);
        asterisk = AsteriskInstall.find();
        kamailio = KamailioInstall.find();
        console.environment.put("CAREFLOW_ASTERISK_HOME", asterisk.home().toString());
        console.environment.put("CAREFLOW_KAMAILIO_HOME", kamailio.home().toString());
        ExampleSite.change(folder.resolve("office.properties"), "version = 22", "version = " + asterisk.majorVersion());
    }

    @Test
    void theExampleIsReadByARealAsteriskWithoutAComplaint() {
        Ran ran = run("config check asterisk --site office.properties --node a --strict");
        assertThat(ran.exit()).as(ran.out() + ran.err()).isZero();
        assertThat(ran.out()).contains(asterisk.home().resolve("usr/sbin/asterisk") + " has nothing to complain about");
    }

    @Test
    void theExampleIsReadByARealKamailioWithoutAComplaint() throws IOException {
        // Of the certificate there is only the name here.
        Path site = folder.resolve("office.properties");
        Files.write(
                site,
                Files.readAllLines(site).stream()
                        .filter(line -> !line.startsWith("kamailio.tls") && !line.startsWith("kamailio.listen.wss"))
                        .toList());
        Ran ran = run("config check kamailio --site office.properties --strict");
        assertThat(ran.exit()).as(ran.out() + ran.err()).isZero();
        assertThat(ran.out()).contains("has nothing to complain about");
    }

    @Test
    void whatARealAsteriskComplainsAboutIsAnError() throws IOException {
        Files.writeString(
                folder.resolve("direct.properties"), """
                trunks = siproute.properties
                asterisk.version = VERSION
                asterisk.ari.password = env:CAREFLOW_ARI_PASSWORD
                asterisk.tls.certificate = /nowhere/certificate.pem
                asterisk.tls.key = /nowhere/key.pem
                asterisk.nodes.pbx.udp = 192.0.2.10:5060
                asterisk.nodes.pbx.tls = 192.0.2.10:5061
                """.replace("VERSION", Integer.toString(asterisk.majorVersion())));
        Ran ran = run("config check asterisk --site direct.properties");
        assertThat(ran.exit()).as(ran.out()).isEqualTo(ExitCode.FAILED);
        assertThat(ran.out()).contains("error: ", "/nowhere/certificate.pem");
        ExampleSite.SECRETS
                .values()
                .forEach(secret -> assertThat(ran.out() + ran.err()).doesNotContain(secret));
    }

    @Test
    void whatARealKamailioComplainsAboutIsAnError() {
        Ran ran = run("config check kamailio --site office.properties --json");
        assertThat(ran.exit()).as(ran.out()).isEqualTo(ExitCode.FAILED);
        assertThat(ran.json().at("/findings").findValuesAsText("message"))
                .anyMatch(message -> message.contains("/etc/kamailio/tls/fullchain.pem"));
        ExampleSite.SECRETS
                .values()
                .forEach(secret -> assertThat(ran.out() + ran.err()).doesNotContain(secret));
    }

    @Test
    void whatIsNoKamailioIsRefused() {
        Ran ran = run("config check kamailio --site office.properties --program "
                + asterisk.home().resolve("usr/sbin/asterisk"));
        assertThat(ran.exit()).as(ran.out()).isNotZero();
        Ran none = run("config check kamailio --site office.properties --program /nowhere/kamailio");
        assertThat(none.exit()).isEqualTo(ExitCode.USAGE);
    }

    private Ran run(String typed) {
        return console.run(typed.split(" ", -1));
    }
}
