package io.careflow.pstn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where {@code pstn config check} finds a server. */
class InstalledServerTest {
    private final Map<String, String> variables = new HashMap<>();

    @TempDir
    private Path folder;

    @BeforeEach
    void start() {
        variables.put("CAREFLOW_CACHE", folder.resolve("cache").toString());
    }

    @Test
    void whatSetUpFetchedIsFoundInItsCacheButNotTheOldestOne() throws IOException {
        program("cache/asterisk-bullseye-amd64/usr/sbin/asterisk");
        assertThatThrownBy(() -> servers().program(Site.Server.ASTERISK))
                .isInstanceOf(BadUsage.class)
                .hasMessageContaining("there is no asterisk in the folder of CAREFLOW_ASTERISK_HOME")
                .hasMessageContaining("scripts/setup.sh");
        Path fetched = program("cache/asterisk-sid-amd64/usr/sbin/asterisk");
        assertThat(servers().program(Site.Server.ASTERISK)).isEqualTo(fetched);
        assertThatThrownBy(() -> servers().program(Site.Server.KAMAILIO)).hasMessageContaining("there is no kamailio");
    }

    @Test
    void theInstalledOneComesFirstAndBeforeThatTheOneOfTheVariable() throws IOException {
        program("cache/kamailio-bookworm-amd64/usr/sbin/kamailio");
        Path installed = program("sbin/kamailio");
        assertThat(servers().program(Site.Server.KAMAILIO)).isEqualTo(installed);
        Path named = program("mine/usr/sbin/kamailio");
        variables.put("CAREFLOW_KAMAILIO_HOME", folder.resolve("mine").toString());
        assertThat(servers().program(Site.Server.KAMAILIO)).isEqualTo(named);
    }

    private InstalledServer servers() {
        return new InstalledServer(name -> Optional.ofNullable(variables.get(name)), List.of(folder.resolve("sbin")));
    }

    private Path program(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/true\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }
}
