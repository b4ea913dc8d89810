package io.careflow.pstn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.cli.Shell.Ran;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.money.Money;
import io.careflow.pstn.trunk.SipTrunk;
import io.careflow.pstn.trunk.TrunkControl;
import io.careflow.pstn.trunk.TrunkLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrunkCommandsTest {
    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeEach
    void start() {
        shell = Shell.in(folder);
    }

    @Test
    void createKeepsThePasswordInAFileOfItsOwner() throws IOException {
        Ran ran = shell.run(
                "trunk",
                "create",
                "clinic-east",
                "--to",
                "tls:pbx.example.org",
                "--secure",
                "--credentials-file",
                "east",
                "--yes",
                "--json");
        assertThat(ran.exit()).as(ran.err()).isZero();
        Path file = folder.resolve("east");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        String kept = Files.readString(file);
        assertThat(kept)
                .contains("trunk=" + ran.json().at("/ref").asText() + "\n")
                .containsPattern("user\\.1=\\S+\n");
        String password = kept.replaceAll("(?s).*password\\.1=(\\S+)\n.*", "$1");
        assertThat(password).hasSizeGreaterThan(11);
        assertThat(ran.out() + ran.err()).doesNotContain(password);
        assertThat(ran.json().at("/credentials/0").has("password")).isFalse();
        assertThat(ran.json().at("/inbound/0/port").asInt()).isEqualTo(5061);
    }

    @Test
    void createNeedsAPlaceForThePassword() {
        Ran ran = shell.run("trunk", "create", "clinic-east", "--to", "pbx.example.org", "--yes");
        assertThat(ran.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(ran.err()).contains("give --credentials-file");
        assertThat(trunks()).isZero();
    }

    @Test
    void createNeedsAPlaceForThePasswordOfWhoRegistersToo() {
        Ran ran = shell.run(
                "trunk",
                "create",
                "clinic-east",
                "--kind",
                "DOMAIN",
                "--voice-url",
                "https://pbx.example.org/voice",
                "--allow",
                "192.0.2.0/24",
                "--registration",
                "--yes");
        assertThat(ran.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(ran.err()).contains("give --credentials-file");
        assertThat(trunks()).isZero();
    }

    @Test
    void createMakesNothingWhereTheFileCannotBeMade() throws IOException {
        Files.writeString(folder.resolve("east"), "precious");
        Ran ran = shell.run("trunk", "create", "clinic-east", "--credentials-file", "east", "--yes");
        assertThat(ran.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(ran.err()).contains("exists already");
        assertThat(folder.resolve("east")).hasContent("precious");
        assertThat(trunks()).isZero();
    }

    @Test
    void createThatIsRefusedLeavesNoFile() {
        create();
        Ran ran = shell.run("trunk", "create", "clinic-east", "--credentials-file", "again", "--yes", "--json");
        assertThat(ran.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(ran.json().at("/error/kind").asText()).isEqualTo("Conflict");
        assertThat(folder.resolve("again")).doesNotExist();
    }

    @Test
    void passwordsThatCannotBeKeptLeaveTheTrunkInDoubt() throws IOException {
        create();
        SipTrunk made = shell.provider.require(TrunkControl.class).list().get(0);
        Path path = folder.resolve("full");
        try (CredentialsFile file = CredentialsFile.create(path)) {
            Files.delete(path);
            Files.createDirectory(path);
            assertThatThrownBy(() -> file.write(made))
                    .isInstanceOfSatisfying(Answer.class, answer -> {
                        assertThat(answer.exitCode()).isEqualTo(ExitCode.IN_DOUBT);
                        assertThat(answer.effect()).isEqualTo(Effect.UNKNOWN);
                    })
                    .hasMessageContaining("delete it and make it again");
        }
    }

    @Test
    void createWithAddressesAloneNeedsNoFile() {
        Ran ran = shell.run("trunk", "create", "clinic-east", "--allow", "192.0.2.0/24", "--yes");
        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).contains("192.0.2.0/24");
    }

    @Test
    void createAsksAndADryRunDoesNothing() {
        Ran dry = shell.run("trunk", "create", "clinic-east", "--allow", "192.0.2.10", "--dry-run");
        assertThat(dry.out())
                .contains("Make the TRUNK clinic-east (price unknown)")
                .contains("192.0.2.10/32");
        assertThat(shell.run("trunk", "create", "clinic-east", "--allow", "192.0.2.10")
                        .exit())
                .isEqualTo(ExitCode.NOT_CONFIRMED);
        assertThat(trunks()).isZero();
    }

    @Test
    void createRefusesWhatIsNoTrunk() {
        assertThat(shell.run("trunk", "create", "X", "--allow", "192.0.2.10", "--yes")
                        .err())
                .contains("trunk name is 'X'; allowed are 3 to 40 lower-case letters");
        assertThat(shell.run("trunk", "create", "east", "--allow", "192.0.2.999", "--yes")
                        .err())
                .contains("'--allow'")
                .contains("192.0.2.999");
        assertThat(shell.run("trunk", "create", "east", "--to", "tls:", "--yes").err())
                .contains("is no SIP server");
    }

    @Test
    void listAndShowTellATrunkWithoutItsPassword() {
        assertThat(shell.run("trunk", "list").out()).isEqualToIgnoringNewLines("The account has no trunks.");
        String id = create();
        assertThat(shell.run("trunk", "list").out()).contains(id).contains("clinic-east");
        assertThat(shell.run("trunk", "show", id).out()).contains("clinic-east").doesNotContain("assword");
        assertThat(shell.run("trunk", "show", id, "--json").json().at("/name").asText())
                .isEqualTo("clinic-east");
        Ran absent = shell.run("trunk", "show", "nowhere", "--json");
        assertThat(absent.exit()).isEqualTo(ExitCode.NO);
        assertThat(absent.json().at("/error/message").asText()).isEqualTo("trunk nowhere does not exist");
    }

    @Test
    void limitsAreSetWithTheTrunkAndAnewLater() {
        Ran made = shell.run(
                "trunk",
                "create",
                "clinic-east",
                "--allow",
                "192.0.2.10",
                "--country",
                "CA",
                "--daily-spend",
                "50USD",
                "--yes",
                "--json");
        assertThat(made.json().at("/limits/dailySpend/amount").asText()).isEqualTo("50");
        String id = made.json().at("/ref").asText();

        Ran limited = shell.run(
                "trunk",
                "limit",
                id,
                "--country",
                "CA",
                "--country",
                "US",
                "--highest-rate",
                "0.05USD",
                "--calls-at-once",
                "4",
                "--yes");
        assertThat(limited.exit()).as(limited.err()).isZero();
        assertThat(shell.provider.require(TrunkControl.class).list().get(0).limits())
                .isEqualTo(TrunkLimits.countries("CA", "US")
                        .payingPerMinute(Money.of("0.05", "USD"))
                        .callsAtOnce(4));
    }

    @Test
    void limitsThatAreNoneOrMakeNoSenseAreUsage() {
        String id = create();
        Ran none = shell.run("trunk", "limit", id, "--yes");
        assertThat(none.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(none.err()).contains("no limit is named");
        assertThat(shell.run("trunk", "limit", id, "--daily-spend", "fifty", "--yes")
                        .err())
                .contains("'fifty' is no amount of money");
        assertThat(shell.run("trunk", "limit", id, "--country", "Canada", "--yes")
                        .err())
                .contains("country is 'CANADA'");
        assertThat(shell.run("trunk", "limit", "nowhere", "--country", "CA", "--yes")
                        .exit())
                .isEqualTo(ExitCode.NO);
    }

    @Test
    void deleteAsks() {
        String id = create();
        assertThat(shell.run("trunk", "delete", id).exit()).isEqualTo(ExitCode.NOT_CONFIRMED);
        assertThat(shell.run("trunk", "delete", id, "--dry-run").out()).contains("Delete the TRUNK clinic-east");
        assertThat(trunks()).isEqualTo(1);
        assertThat(shell.run("trunk", "delete", id, "--yes").exit()).isZero();
        assertThat(trunks()).isZero();
        assertThat(shell.run("trunk", "delete", id, "--yes").exit()).isEqualTo(ExitCode.NO);
    }

    private String create() {
        return shell.run("trunk", "create", "clinic-east", "--credentials-file", "east", "--yes", "--json")
                .json()
                .at("/ref")
                .asText();
    }

    private int trunks() {
        return shell.provider.require(TrunkControl.class).list().size();
    }
}
