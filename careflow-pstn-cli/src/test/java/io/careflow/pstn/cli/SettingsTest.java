package io.careflow.pstn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.careflow.pstn.cli.Shell.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeEach
    void start() {
        shell = Shell.in(folder);
    }

    @Test
    void ourVariableWinsOverTheFileWhichWinsOverTheCarriersVariable() throws IOException {
        Files.writeString(folder.resolve("file"), "provider=memory\nmemory.region = filed \n");
        shell.environment.put("MEMORY_REGION", "theirs");
        assertThat(origin()).isEqualTo("from variable MEMORY_REGION");
        assertThat(origin("--config", "file")).isEqualTo("from file " + folder.resolve("file"));
        shell.environment.put("PSTN_CONFIG", "file");
        assertThat(origin()).isEqualTo("from file " + folder.resolve("file"));
        shell.environment.put("PSTN_MEMORY_REGION", "ours");
        assertThat(origin()).isEqualTo("from variable PSTN_MEMORY_REGION");
    }

    @Test
    void theProviderIsNamedByOptionVariableOrFile() throws IOException {
        Files.writeString(folder.resolve("file"), "provider=memory\n");
        shell.environment.put("PSTN_PROVIDER", "nobody");
        assertThat(shell.run("balance").err()).contains("no provider 'nobody'; allowed are [memory]");
        assertThat(shell.run("balance", "--provider", "memory").exit()).isZero();
        assertThat(shell.run("--provider", "memory", "balance").exit()).isZero();
        shell.environment.remove("PSTN_PROVIDER");
        assertThat(shell.run("balance", "--config", "file").exit()).isZero();
        Ran nobody = shell.run("balance");
        assertThat(nobody.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(nobody.err()).contains("no provider is named").contains("[memory]");
    }

    @Test
    void everythingThatIsMissingIsNamedWithWhereItIsLookedFor() {
        shell.environment.remove("PSTN_MEMORY_KEY");
        Ran ran = shell.run("balance", "--json");
        assertThat(ran.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(ran.json().at("/error/message").asText())
                .isEqualTo("settings of provider 'memory' are missing: memory.key (the key of the carrier; or variable"
                        + " PSTN_MEMORY_KEY or MEMORY_KEY)");
    }

    @Test
    void aKeyThatDoesNotExistIsRefused() throws IOException {
        Files.writeString(folder.resolve("file"), "memory.regoin=east\nother.thing=1\n");
        Ran ran = shell.run("balance", "--config", "file");
        assertThat(ran.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(ran.err())
                .contains("has the key 'memory.regoin'; allowed are [memory.key, memory.region, memory.home-page]");
    }

    @Test
    void aFileThatIsNotThereOrNoUrlIsRefused() {
        assertThat(shell.run("balance", "--config", "nowhere").err()).contains("nowhere does not exist");
        shell.environment.put("PSTN_MEMORY_HOME_PAGE", "not a url");
        assertThat(shell.run("balance").err()).contains("setting memory.home-page is no URL");
    }

    @Test
    void credentialsDoNotTravelInTheClear() {
        for (String url : new String[] {"http://127.0.0.1:8080", "http://localhost", "https://proxy.example.org"}) {
            assertThat(shell.run("balance", "--base-url", url).exit()).as(url).isZero();
        }
        for (String url :
                new String[] {"http://proxy.example.org", "ftp://127.0.0.1", "http://127.0.0.1.example.org"}) {
            Ran ran = shell.run("balance", "--base-url", url);
            assertThat(ran.exit()).as(url).isEqualTo(ExitCode.USAGE);
            assertThat(ran.err())
                    .contains("--base-url is sent the credentials; allowed are https, and http to localhost");
        }
    }

    private String origin(String... more) {
        String[] arguments = new String[2 + more.length];
        arguments[0] = "doctor";
        arguments[1] = "--json";
        System.arraycopy(more, 0, arguments, 2, more.length);
        return shell.run(arguments).json().at("/findings").findParents("check").stream()
                .filter(finding -> finding.at("/check").asText().equals("setting memory.region"))
                .findFirst()
                .orElseThrow()
                .at("/text")
                .asText();
    }
}
