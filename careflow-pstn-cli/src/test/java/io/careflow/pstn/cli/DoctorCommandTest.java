package io.careflow.pstn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.careflow.pstn.account.Account;
import io.careflow.pstn.account.CountryPermission;
import io.careflow.pstn.account.DialingPermissions;
import io.careflow.pstn.cli.Shell.Ran;
import io.careflow.pstn.error.AuthenticationFailed;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.Failure;
import io.careflow.pstn.message.Messaging;
import io.careflow.pstn.number.NumberInventory;
import io.careflow.pstn.tck.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {
    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeEach
    void start() {
        shell = Shell.in(folder);
    }

    @Test
    void allIsWell() {
        Ran ran = shell.run("doctor");
        assertThat(ran.exit()).as(ran.out()).isZero();
        assertThat(ran.out())
                .containsPattern("OK +setting memory\\.key +from variable PSTN_MEMORY_KEY")
                .containsPattern("OK +reachability +the provider answers")
                .containsPattern("OK +credentials +accepted; balance 100 USD")
                .containsPattern("OK +health +requests are sent")
                .containsPattern("OK +can CallControl +yes; flows: .*dial, .*say")
                .containsPattern("OK +can TrunkControl +yes; kinds: DOMAIN, TRUNK")
                .doesNotContain("WARNING");
    }

    @Test
    void whatIsMissingFails() {
        shell.environment.remove("PSTN_MEMORY_KEY");
        Ran ran = shell.run("doctor", "--json");
        assertThat(ran.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(ran.json().at("/failed").asBoolean()).isTrue();
        assertThat(finding(ran, "setting memory.key").at("/status").asText()).isEqualTo("FAILED");
        assertThat(finding(ran, "setting memory.key").at("/text").asText()).contains("PSTN_MEMORY_KEY or MEMORY_KEY");
    }

    @Test
    void badSettingsAndBadCredentialsFail() {
        shell.provider
                .carrier()
                .failNext(
                        Operation.ACCOUNT_BALANCE,
                        new AuthenticationFailed(
                                Failure.of(shell.provider.id(), "account.balance", Effect.NONE, "no such key")));
        Ran ran = shell.run("doctor", "--json");
        assertThat(ran.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(finding(ran, "reachability").at("/status").asText()).isEqualTo("OK");
        assertThat(finding(ran, "credentials").at("/text").asText()).isEqualTo("memory account.balance: no such key");
        shell.environment.put("PSTN_MEMORY_KEY", "short");
        assertThat(finding(shell.run("doctor", "--json"), "settings")
                        .at("/text")
                        .asText())
                .contains("key is too short");
    }

    @Test
    void aProviderThatIsDownFails() {
        shell.provider.carrier().goesDown("cable cut");
        Ran ran = shell.run("doctor", "--json");
        assertThat(ran.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(finding(ran, "reachability").at("/text").asText()).contains("cable cut");
        assertThat(finding(ran, "health").at("/status").asText()).isEqualTo("WARNING");
    }

    @Test
    void countriesOpenToTollFraudAreAWarning() {
        shell.provider.carrier().permits(new CountryPermission("LV", "Latvia", true, false, true, List.of("+371")));
        Ran ran = shell.run("doctor", "--json");
        assertThat(ran.exit()).isZero();
        assertThat(finding(ran, "dialing permissions").at("/text").asText())
                .isEqualTo("high-risk numbers are open in 1 country: LV");
    }

    @Test
    void whatAProviderCannotDoIsSaid() {
        shell = new Shell(
                Shell.carrier()
                        .without(Messaging.class)
                        .without(Account.class)
                        .without(DialingPermissions.class)
                        .start(),
                folder);
        Ran ran = shell.run("doctor", "--json");
        assertThat(ran.exit()).isZero();
        assertThat(finding(ran, "can Messaging").at("/text").asText()).isEqualTo("no: this provider cannot do it");
        assertThat(finding(ran, "credentials").at("/text").asText()).isEqualTo("accepted; 0 numbers");
        shell = new Shell(
                Shell.carrier()
                        .without(Account.class)
                        .without(NumberInventory.class)
                        .start(),
                folder);
        assertThat(finding(shell.run("doctor", "--json"), "credentials")
                        .at("/text")
                        .asText())
                .isEqualTo("accepted; 0 trunks");
    }

    @Test
    void aSettingsFileThatOthersCanReadIsAWarning() throws IOException {
        Path file = Files.writeString(folder.resolve("pstn.properties"), "memory.region=east\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        Ran open = shell.run("doctor", "--config", "pstn.properties", "--json");
        assertThat(finding(open, "settings file").at("/status").asText()).isEqualTo("WARNING");
        assertThat(finding(open, "setting memory.region").at("/text").asText()).startsWith("from file ");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        Ran closed = shell.run("doctor", "--config", "pstn.properties", "--json");
        assertThat(finding(closed, "settings file").at("/status").asText()).isEqualTo("OK");
    }

    private static JsonNode finding(Ran ran, String check) {
        for (JsonNode finding : ran.json().at("/findings")) {
            if (finding.at("/check").asText().equals(check)) {
                return finding;
            }
        }
        throw new AssertionError("no finding '" + check + "' in " + ran.out());
    }
}
