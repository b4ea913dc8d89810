package io.careflow.pstn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.careflow.pstn.call.Destination;
import io.careflow.pstn.cli.Shell.Ran;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.Failure;
import io.careflow.pstn.error.ProviderUnavailable;
import io.careflow.pstn.tck.Operation;
import io.careflow.pstn.tck.SimulatedPhone;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingCommandsTest {
    @TempDir
    private Path folder;

    private Shell shell;
    private String call = "";
    private String id = "";

    @BeforeEach
    void record() {
        shell = Shell.in(folder);
        shell.provider.carrier().owns(Shell.OURS);
        shell.provider.phone(Destination.number(Shell.THEIRS), SimulatedPhone.answersAfter(Duration.ofSeconds(2)));
        call = shell.run(
                        "call",
                        "place",
                        "--from",
                        Shell.OURS.e164(),
                        "--to",
                        Shell.THEIRS.e164(),
                        "--say",
                        "Hello",
                        "--record",
                        "--yes",
                        "--json")
                .json()
                .at("/ref")
                .asText();
        shell.provider.time().runUntilIdle();
        id = shell.run("recording", "list", "--call", call, "--json")
                .json()
                .at("/0/ref")
                .asText();
    }

    @Test
    void listShowsWhatThereIs() {
        assertThat(shell.run("recording", "list", "--call", call).out())
                .contains("STATUS")
                .contains(id)
                .contains("READY");
        assertThat(shell.run("recording", "list", "--call", "call-9").out())
                .isEqualToIgnoringNewLines("The call has no recordings.");
    }

    @Test
    void fetchWritesANewFile() throws IOException {
        Ran ran = shell.run("recording", "fetch", id, "--out", "call.wav", "--json");
        assertThat(ran.exit()).as(ran.err()).isZero();
        byte[] bytes = Files.readAllBytes(folder.resolve("call.wav"));
        assertThat(new String(Arrays.copyOf(bytes, 4), StandardCharsets.US_ASCII))
                .isEqualTo("RIFF");
        assertThat(ran.json().at("/bytes").asLong()).isEqualTo(bytes.length);
        assertThat(Files.getPosixFilePermissions(folder.resolve("call.wav")))
                .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
        Ran again = shell.run("recording", "fetch", id, "--out", "call.wav");
        assertThat(again.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(again.err()).contains("exists already");
        assertThat(folder.resolve("call.wav")).hasBinaryContent(bytes);
    }

    @Test
    void fetchNamesTheFileAfterTheRecording() {
        assertThat(shell.run("recording", "fetch", id).exit()).isZero();
        assertThat(folder.resolve(id + ".wav")).exists();
    }

    @Test
    void fetchThatFailsLeavesNoFile() {
        ProviderUnavailable away =
                new ProviderUnavailable(Failure.of(shell.provider.id(), "recording.download", Effect.NONE, "away"));
        shell.provider.carrier().failNext(Operation.RECORDING_DOWNLOAD, away);
        assertThat(shell.run("recording", "fetch", id, "--out", "x.wav").exit()).isEqualTo(ExitCode.FAILED);
        assertThat(shell.run("recording", "fetch", "none", "--out", "x.wav").exit())
                .isEqualTo(ExitCode.NO);
        Ran mp3 = shell.run("recording", "fetch", id, "--out", "x.wav", "--format", "mp3");
        assertThat(mp3.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(mp3.err()).contains("not supported");
        assertThat(folder.resolve("x.wav")).doesNotExist();
    }

    @Test
    void fetchIntoAFolderThatIsNotThere() {
        Ran ran = shell.run("recording", "fetch", id, "--out", "nowhere/x.wav");
        assertThat(ran.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(ran.err()).contains("cannot be written");
    }

    @Test
    void deleteAsks() {
        assertThat(shell.run("recording", "delete", id).exit()).isEqualTo(ExitCode.NOT_CONFIRMED);
        assertThat(shell.run("recording", "delete", id, "--dry-run").out()).contains("Delete the recording " + id);
        assertThat(shell.run("recording", "list", "--call", call, "--json").json())
                .hasSize(1);
        assertThat(shell.run("recording", "delete", id, "--yes").exit()).isZero();
        assertThat(shell.run("recording", "delete", id, "--yes").exit()).isEqualTo(ExitCode.NO);
    }
}
