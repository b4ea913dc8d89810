package io.careflow.pstn.asterisk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A recogniser that is an external command")
class CommandRecognizerTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Duration SHORT = Duration.ofMillis(300);

    @TempDir
    Path folder;

    @Test
    @DisplayName("gets the recording on its standard input, byte by byte")
    void standardInput() throws Exception {
        byte[] wav = new byte[70_000];
        java.util.Arrays.fill(wav, (byte) 'x');
        CommandRecognizer recognizer = script("echo $(wc -c)");

        assertThat(recognizer.recognize(new Utterance(wav, Locale.US, 5, List.of())))
                .contains(new RecognizedSpeech("70000", null));
    }

    @Test
    @DisplayName("gets the recording as a file that only this user can read, and that is gone afterwards")
    void file() throws Exception {
        Path seen = folder.resolve("seen");
        CommandRecognizer recognizer = CommandRecognizer.withFile(
                List.of("/bin/sh", "-c", "stat -c %a:%s $0 > " + seen + "; echo one", "{wav}"),
                LIMIT,
                folder.resolve("new"));

        assertThat(recognizer.recognize(utterance(4)).map(RecognizedSpeech::words))
                .contains("one");
        assertThat(seen).hasContent("600:3");
        assertThat(left()).isEmpty();
        assertThat(Files.getPosixFilePermissions(folder.resolve("new")))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    @DisplayName("leaves no file behind when it fails or takes too long")
    void noFileLeft() throws IOException {
        for (String does : List.of("exit 3", "exec sleep 20")) {
            CommandRecognizer recognizer =
                    CommandRecognizer.withFile(List.of("/bin/sh", "-c", does, "{wav}"), SHORT, folder.resolve("new"));
            assertThatThrownBy(() -> recognizer.recognize(utterance(4))).isInstanceOf(SpeechException.class);
            assertThat(left()).isEmpty();
        }
    }

    @Test
    @DisplayName(
            "deletes what a crash left behind, but not what another process is at work on, nor what is not its own")
    void afterACrash() throws Exception {
        Path old = Files.createFile(folder.resolve("careflow-utterance-1.wav"));
        Path fresh = Files.createFile(folder.resolve("careflow-utterance-2.wav"));
        Path other = Files.createFile(folder.resolve("song.wav"));
        FileTime longAgo = FileTime.from(Instant.now().minusSeconds(120));
        Files.setLastModifiedTime(old, longAgo);
        Files.setLastModifiedTime(other, longAgo);
        CommandRecognizer recognizer =
                CommandRecognizer.withFile(List.of("/bin/sh", "-c", "echo one", "{wav}"), LIMIT, folder);
        assertThat(old).doesNotExist();
        assertThat(fresh).exists();
        assertThat(other).exists();

        Files.setLastModifiedTime(fresh, longAgo);
        recognizer.recognize(utterance(4));
        assertThat(fresh).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            four seven one one          | four seven one one | -
            four seven one one\\t87     | four seven one one | 87
            4711\\t0                    | 4711               | 0
            4711\\t100                  | 4711               | 100
            oh double seven one         | oh double seven one| -
            care four w oh oh oh oh oh oh one\\t50 | care four w oh oh oh oh oh oh one | 50
            YES\\t90                    | YES                | 90
            yes please                  | yes please         | -
            """)
    @DisplayName("is believed when it writes digits, an ID or hinted words, with a confidence or without")
    void believed(String written, String words, Integer confidence) throws Exception {
        assertThat(script("printf '" + written.strip() + "\\n'").recognize(utterance(4)))
                .contains(new RecognizedSpeech(words, confidence));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\\n",
                "\\t90",
                "five seven one one two",
                "hello world",
                "yes sir",
                "seven double",
                "four seven yes",
                "care four w",
                "$(id)",
                "99999999999999999999"
            })
    @DisplayName("is not believed when it writes anything else")
    void notBelieved(String written) throws Exception {
        assertThat(script("printf '%b\\n' '" + written + "'").recognize(utterance(4)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"one\\ntwo", "one\\t101", "one\\tsure", "one\\t90\\t80", "one\\t-1", "\\377one"})
    @DisplayName("has failed when it does not write one line, and its words are not quoted")
    void malformed(String written) {
        assertThatThrownBy(() -> script("printf '" + written + "\\n'").recognize(utterance(4)))
                .isInstanceOf(SpeechException.class)
                .hasMessageContaining("the recogniser sh")
                .hasMessageNotContaining("one\t")
                .hasMessageNotContaining("two");
    }

    @Test
    @DisplayName("has failed when its exit status says so, whatever it wrote")
    void status() {
        assertThatThrownBy(() -> script("echo four; exit 3").recognize(utterance(4)))
                .hasMessage("the recogniser sh ended with status 3");
    }

    @Test
    @DisplayName("is killed, with what it started, when its time is over")
    void tooLong() {
        CommandRecognizer recognizer =
                CommandRecognizer.reading(List.of("/bin/sh", "-c", "sleep 28.5 & sleep 28.6; echo one"), SHORT);
        Instant before = Instant.now();

        assertThatThrownBy(() -> recognizer.recognize(utterance(4)))
                .hasMessage("the recogniser sh took longer than PT0.3S");
        assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(10));
        await().untilAsserted(() -> assertThat(runs("28.5") || runs("28.6")).isFalse());
    }

    @Test
    @DisplayName("is killed when it closes its output but does not end")
    void silentForEver() {
        assertThatThrownBy(() -> CommandRecognizer.reading(
                                List.of("/bin/sh", "-c", "echo one; exec sleep 28.7 >&-"), SHORT)
                        .recognize(utterance(4)))
                .hasMessageContaining("took longer");
        await().untilAsserted(() -> assertThat(runs("28.7")).isFalse());
    }

    @Test
    @DisplayName("is killed when it writes and writes")
    void tooMuch() {
        Instant before = Instant.now();
        assertThatThrownBy(() -> CommandRecognizer.reading(List.of("/usr/bin/yes", "one"), LIMIT)
                        .recognize(utterance(4)))
                .hasMessage("the recogniser yes wrote more than one line can hold");
        assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(8));
    }

    @Test
    @DisplayName("is killed when it is interrupted and when it is closed, and works no more then")
    void interruptedAndClosed() throws Exception {
        CommandRecognizer recognizer = CommandRecognizer.reading(List.of("/usr/bin/sleep", "28.8"), LIMIT);
        CompletableFuture<String> outcome = new CompletableFuture<>();
        Thread worker = new Thread(() -> outcome.complete(outcome(recognizer)));
        worker.start();
        await().until(() -> runs("28.8"));
        worker.interrupt();
        assertThat(outcome.get()).isEqualTo("InterruptedException");
        await().until(() -> !runs("28.8"));

        CompletableFuture<String> second = CompletableFuture.supplyAsync(() -> outcome(recognizer));
        await().until(() -> runs("28.8"));
        recognizer.close();
        assertThat(second.get()).isEqualTo("SpeechException");
        await().until(() -> !runs("28.8"));
        assertThatThrownBy(() -> recognizer.recognize(utterance(4))).hasMessage("the recogniser sleep is closed");
    }

    @Test
    @DisplayName("that is not there is a failure that names it")
    void missing() {
        assertThatThrownBy(() -> CommandRecognizer.reading(List.of("/no/such/recogniser"), LIMIT)
                        .recognize(utterance(4)))
                .isInstanceOf(SpeechException.class)
                .hasMessage("cannot run the recogniser /no/such/recogniser");
    }

    @Test
    @DisplayName("is no shell: arguments stay what they are")
    void noShell() throws Exception {
        assertThat(CommandRecognizer.reading(List.of("/bin/echo", "one; echo two"), LIMIT)
                        .recognize(utterance(4)))
                .isEmpty();
    }

    @Test
    @DisplayName(
            "is refused without a program, with a wrong limit, and with a file where there is no folder or no place for it")
    void refused() {
        assertThatThrownBy(() -> CommandRecognizer.reading(List.of(), LIMIT))
                .hasMessage("command is empty; expected a program and its arguments");
        assertThatThrownBy(() -> CommandRecognizer.reading(List.of("x"), Duration.ofMillis(99)))
                .hasMessage("limit is PT0.099S; expected 100 milliseconds to 1 minute");
        assertThatThrownBy(() -> CommandRecognizer.reading(List.of("x"), Duration.ofSeconds(61)))
                .hasMessage("limit is PT1M1S; expected 100 milliseconds to 1 minute");
        assertThatThrownBy(() -> CommandRecognizer.reading(List.of("x", "{wav}"), LIMIT))
                .hasMessage("command has the argument {wav}, but no folder for the file");
        assertThatThrownBy(() -> CommandRecognizer.withFile(List.of("x"), LIMIT, folder))
                .hasMessage("command has no argument {wav} for the path of the WAV file");
    }

    @Test
    @DisplayName("shows nobody what was said")
    void discreet() {
        assertThat(utterance(4).toString()).isEqualTo("Utterance[3 bytes, en_US]");
        assertThat(new RecognizedSpeech("four seven", 80).toString()).doesNotContain("four");
        assertThatThrownBy(() -> new RecognizedSpeech(" ", null)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RecognizedSpeech("x", 101)).hasMessage("confidence is 101; allowed are 0 to 100");
    }

    private static String outcome(CommandRecognizer recognizer) {
        try {
            return String.valueOf(recognizer.recognize(utterance(4)));
        } catch (SpeechException | InterruptedException e) {
            return e.getClass().getSimpleName();
        } catch (CompletionException e) {
            return String.valueOf(e.getCause());
        }
    }

    private static CommandRecognizer script(String text) {
        return CommandRecognizer.reading(List.of("/bin/sh", "-c", text), LIMIT);
    }

    private static Utterance utterance(int digits) {
        return new Utterance(new byte[3], Locale.US, digits, List.of("yes please", "no", "seven", "double"));
    }

    private static boolean runs(String argument) {
        return ProcessHandle.allProcesses()
                .map(process -> process.info().arguments())
                .flatMap(Optional::stream)
                .anyMatch(arguments -> List.of(arguments).contains(argument));
    }

    private List<Path> left() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("new"))) {
            return files.toList();
        }
    }
}
