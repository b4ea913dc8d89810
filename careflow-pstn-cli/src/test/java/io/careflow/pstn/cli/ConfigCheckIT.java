package io.careflow.pstn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.careflow.pstn.cli.Shell.Ran;
import io.careflow.pstn.lab.AsteriskInstall;
import io.careflow.pstn.lab.KamailioInstall;
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
        ExampleSite.change(
                folder.resolve("office.properties"), "version = 22", "version = " + asterisk.majorVersion());
    }
}
