package io.careflow.pstn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.cli.Shell.Ran;
import io.careflow.pstn.number.CallerIds;
import io.careflow.pstn.number.CallerIds.CallerId;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CallerIdCommandsTest {
    private static final PhoneNumber OFFICE = new PhoneNumber("+14165550177");

    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeEach
    void start() {
        shell = Shell.in(folder);
    }

    @Test
    void aNumberIsProvenByTheCodeThatItWasTold() {
        assertThat(shell.run("caller-id", "list").out())
                .isEqualToIgnoringNewLines("No number of another carrier may be shown.");
        Ran begun = shell.answering("y").run("caller-id", "begin", OFFICE.e164(), "--by", "call");
        assertThat(begun.exit()).as(begun.err()).isZero();
        assertThat(begun.err()).contains("Call the number +14165550177 and tell it a code");

        Ran proven = shell.run("caller-id", "confirm", OFFICE.e164(), code(), "--json");
        assertThat(proven.exit()).as(proven.err()).isZero();
        assertThat(proven.json().at("/number").asText()).isEqualTo(OFFICE.e164());
        assertThat(shell.run("caller-id", "list").out()).contains("NUMBER", OFFICE.e164(), "verified");
    }

    @Test
    void beginDisturbsNobodyWithoutAYes() {
        Ran ran = shell.run("caller-id", "begin", OFFICE.e164());
        assertThat(ran.exit()).isEqualTo(ExitCode.NOT_CONFIRMED);
        Ran dry = shell.run("caller-id", "begin", OFFICE.e164(), "--dry-run");
        assertThat(dry.out()).contains("Text the number +14165550177 and tell it a code");
        assertThat(shell.provider.carrier().codeTold(OFFICE)).isEmpty();
    }

    @Test
    void aWrongCodeProvesNothing() {
        shell.run("caller-id", "begin", OFFICE.e164(), "--yes");
        Ran wrong = shell.run("caller-id", "confirm", OFFICE.e164(), "999999", "--json");
        assertThat(wrong.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(wrong.json().at("/error/kind").asText()).isEqualTo("InvalidRequest");
        Ran nobody = shell.run("caller-id", "confirm", "+14165550179", "999999");
        assertThat(nobody.exit()).isEqualTo(ExitCode.NO);
        assertThat(shell.provider.require(CallerIds.class).list()).isEmpty();
    }

    @Test
    void removeAsks() {
        shell.provider.carrier().lets(OFFICE);
        assertThat(shell.run("caller-id", "remove", OFFICE.e164()).exit()).isEqualTo(ExitCode.NOT_CONFIRMED);
        assertThat(shell.provider.require(CallerIds.class).list())
                .extracting(CallerId::number)
                .containsExactly(OFFICE);
        assertThat(shell.run("caller-id", "remove", OFFICE.e164(), "--yes").exit())
                .isZero();
        assertThat(shell.provider.require(CallerIds.class).list()).isEmpty();
    }

    private String code() {
        return shell.provider.carrier().codeTold(OFFICE).orElseThrow();
    }
}
