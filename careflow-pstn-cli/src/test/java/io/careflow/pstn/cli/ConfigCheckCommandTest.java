package io.careflow.pstn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.careflow.pstn.asterisk.config.ConfigCheck;
import io.careflow.pstn.asterisk.config.ConfigFinding;
import io.careflow.pstn.asterisk.config.ConfigFinding.Severity;
import io.careflow.pstn.cli.Shell.Ran;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What {@code pstn config check} makes of what servers say; the servers themselves are in {@link ConfigCheckIT}. */
class ConfigCheckCommandTest {
    private static final ConfigFinding WARNING =
            new ConfigFinding(Severity.WARNING, "pjsip.conf", 12, "old option 'x'");
    private static final ConfigFinding ERROR =
            new ConfigFinding(Severity.ERROR, null, 0, "no such password: " + ExampleSite.SECRETS.get("KAMAILIO_KEY"));

    @TempDir
    private Path folder;

    private Console console;

    @BeforeEach
    void start() {
        console = ExampleSite.in(folder);
    }

    @Test
    void aServerThatIsContentIsZero() {
        Ran ran = check((config, program) -> List.of());
        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(ran.out()).contains("has nothing to complain about");
    }

    @Test
    void aWarningIsNoFailureUnlessAsked() {
        Ran ran = check((config, program) -> List.of(WARNING));
        assertThat(ran.exit()).isZero();
        assertThat(ran.out().strip()).isEqualTo("pjsip.conf:12: warning: old option 'x'");
        assertThat(check((config, program) -> List.of(WARNING), "--strict").exit())
                .isEqualTo(ExitCode.FAILED);
    }

    @Test
    void ofManyComplaintsTheFirstOnesAreShownAndInJsonAll() {
        ConfigCheck check = (config, program) -> Collections.nCopies(58, WARNING);
        assertThat(check(check).out().lines())
                .hasSize(6)
                .last()
                .asString()
                .startsWith("... and 53 more")
                .contains("--json");
        assertThat(check(check, "--json").json().path("findings")).hasSize(58);
    }

    @Test
    void anErrorIsAFailureAndHoldsNoSecret() {
        Ran ran = check((config, program) -> List.of(WARNING, ERROR));
        assertThat(ran.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(ran.out().lines()).last().isEqualTo("error: no such password: [secret]");
        Ran json = check((config, program) -> List.of(WARNING, ERROR), "--json");
        assertThat(json.json().at("/failed").asBoolean()).isTrue();
        assertThat(json.json().at("/findings/0/line").asInt()).isEqualTo(12);
        assertThat(json.json().at("/findings/1/message").asText()).endsWith("[secret]");
    }

    @Test
    void aProgramThatCannotBeRunIsOneLine() {
        Ran ran = check((config, program) -> {
            throw new IOException("exec format error");
        });
        assertThat(ran.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(ran.err().lines()).last().asString().contains("could not be run: exec format error");
    }

    @Test
    void withoutAProgramNothingIsStarted() {
        Ran ran = check(
                (config, program) -> {
                    throw new AssertionError("started");
                },
                "--program",
                "nowhere/kamailio");
        assertThat(ran.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(ran.err()).contains("there is no program", "give one with --program");
    }

    @Test
    void aSiteThatIsWrongIsNotChecked() {
        ExampleSite.change(folder.resolve("office.properties"), "ban = 10m", "ban = long");
        Ran ran = check((config, program) -> {
            throw new AssertionError("started");
        });
        assertThat(ran.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(ran.err()).contains("kamailio.limits.ban");
    }

    private Ran check(ConfigCheck check, String... more) {
        PstnCommand root = new PstnCommand();
        Session session = new Session(console.surroundings(), root);
        CommandLine line = new CommandLine(root);
        line.addSubcommand(new ConfigCheckCommand(session, server -> check));
        Complaints complaints = new Complaints(session);
        line.setExecutionExceptionHandler(complaints)
                .setParameterExceptionHandler(complaints)
                .setCaseInsensitiveEnumValuesAllowed(true);
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        List<String> typed = new ArrayList<>(List.of(
                "check",
                "kamailio",
                "--site",
                folder.resolve("office.properties").toString()));
        if (more.length == 0 || !more[0].equals("--program")) {
            typed.addAll(List.of("--program", "/bin/true"));
        }
        typed.addAll(List.of(more));
        int exit =
                line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(typed.toArray(String[]::new));
        return new Ran(exit, out.toString(), err.toString());
    }
}
