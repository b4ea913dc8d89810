package io.careflow.pstn.asterisk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.call.Disposition;
import io.careflow.pstn.call.ReleasedBy;
import io.careflow.pstn.call.control.CallControl;
import io.careflow.pstn.call.control.CallRequest;
import io.careflow.pstn.cdr.Cdr;
import io.careflow.pstn.desk.VoiceEntry;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.UnsupportedFeature;
import io.careflow.pstn.event.InputGathered;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.flow.Continuation;
import io.careflow.pstn.flow.Gather;
import io.careflow.pstn.flow.GatheredInput;
import io.careflow.pstn.flow.GatheredInput.End;
import io.careflow.pstn.flow.InputKind;
import io.careflow.pstn.lab.LiveCall;
import io.careflow.pstn.lab.PhoneScript;
import io.careflow.pstn.lab.SipPhone;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A caller says a CareFlow ID")
class SpokenIdIT extends RealCalls {
    private static final String ONE = "zero zero zero one";
    private static final String TWO = "double oh seven two";
    private static final Duration RECOGNITION = Duration.ofSeconds(10);
    /** The prompts of {@link Rig#tones} serve for what this journey says more than the one by keypad. */
    private static final VoiceEntry VOICE = new VoiceEntry(
            Rig.tone("ask"), Rig.tone("taken"), id -> List.of(Rig.tone("leave")), 80, Set.of("yes"), Set.of("no"));

    @TempDir
    static Path examples;

    @TempDir
    Path left;

    private Ear ear;

    @BeforeAll
    void examples() throws SpeechException {
        for (String words : List.of(ONE, TWO, "yes", "nine one one three")) {
            new EspeakNg().synthesize(words, Locale.US, Optional.empty(), examples.resolve(words + ".wav"));
        }
    }

    @BeforeEach
    void userTwo() throws IOException {
        rig.user("2", "0072", List.of("sip:1002"), false);
        rig.settings = rig.settings.inputWithin(Duration.ofSeconds(3), Duration.ofMillis(900), Duration.ofSeconds(8));
        ear = scene.keep(Ear.open(rig.server, 0));
        for (Path file : files(rig.server.recordingDirectory())) {
            Files.delete(file);
        }
    }

    @AfterEach
    void nothingOfItIsLeft() {
        await().untilAsserted(() -> {
            assertThat(files(rig.server.recordingDirectory())).isEmpty();
            assertThat(files(left)).isEmpty();
        });
    }

    @Test
    @DisplayName("and its user rings: the words, recognised by a program, arrived as sound")
    void rings() throws Exception {
        SipPhone phone = phone("1002", PhoneScript.busy(Duration.ofMillis(100)));
        start(TemplateRecognizer.command(examples, "95"));
        dial(caller(Rig.MAIN).media(ear.probe));
        ear.awaitPrompt("ask");
        say(TWO);

        Cdr cdr = rig.cdr();
        assertThat(input()).isEqualTo(new GatheredInput("", TWO, 95, End.COMPLETE));
        assertEnd(cdr, Disposition.BUSY, 17, ReleasedBy.SYSTEM);
        assertThat(cdr.typed()).isEqualTo("0072");
        assertThat(cdr.userId()).isEqualTo("2");
        assertThat(phone.calls()).hasSize(1);
        assertThat(ear.prompts()).containsExactly("welcome", "ask", "busy");
    }

    @Test
    @DisplayName("which the recogniser is not sure of: it is read back, and rings after a spoken yes")
    void readBack() throws Exception {
        SipPhone phone = phone("1001", PhoneScript.busy(Duration.ofMillis(100)));
        start(withFile("40"));
        dial(caller(Rig.MAIN).media(ear.probe));
        ear.awaitPrompt("ask");
        say(ONE);
        ear.awaitPrompt("leave");
        assertThat(phone.calls()).isEmpty();
        say("yes");

        Cdr cdr = rig.cdr();
        assertThat(cdr.userId()).isEqualTo("1");
        assertThat(phone.calls()).hasSize(1);
        assertThat(ear.prompts()).containsExactly("welcome", "ask", "leave", "busy");
    }

    @Test
    @DisplayName("which the recogniser is not sure of: key 2 asks again, and keys still do")
    void refusedReadBack() throws Exception {
        phone("1002", PhoneScript.busy(Duration.ofMillis(100)));
        start(TemplateRecognizer.command(examples, "-"));
        dial(caller(Rig.MAIN).media(ear.probe));
        ear.awaitPrompt("ask");
        say(ONE);
        ear.awaitPrompt("leave");
        ear.probe.press("2");
        await().until(() -> ear.prompts().size() == 4);
        ear.probe.press("0072");

        assertThat(rig.cdr().userId()).isEqualTo("2");
        assertThat(ear.prompts()).containsExactly("welcome", "ask", "leave", "ask", "busy");
    }

    @Test
    @DisplayName("and types another one before it has ended: the keys count, and no program is asked")
    void keysWin() throws Exception {
        phone("1001", PhoneScript.busy(Duration.ofMillis(100)));
        Path asked = left.resolveSibling("asked");
        start(List.of("/usr/bin/touch", asked.toString()));
        dial(caller(Rig.MAIN).media(ear.probe));
        ear.awaitPrompt("ask");
        say(TWO);
        await().until(() -> !files(rig.server.recordingDirectory()).isEmpty());
        ear.probe.press("0001");

        assertThat(rig.cdr().userId()).isEqualTo("1");
        assertThat(input()).isEqualTo(GatheredInput.digits("0001", End.COMPLETE));
        assertThat(asked).doesNotExist();
    }

    @Test
    @DisplayName("while the recogniser is still at work keys count as well, and it is stopped")
    void keysDuringRecognition() throws Exception {
        phone("1001", PhoneScript.busy(Duration.ofMillis(100)));
        start(List.of("/usr/bin/sleep", "29.1"));
        dial(caller(Rig.MAIN).media(ear.probe));
        ear.awaitPrompt("ask");
        say(TWO);
        await().atMost(SOON).until(() -> runs("29.1"));
        ear.probe.press("0001");

        assertThat(rig.cdr().userId()).isEqualTo("1");
        await().until(() -> !runs("29.1"));
    }

    @Test
    @DisplayName("to a recogniser that takes too long: it is stopped, and the ID is asked for again")
    void slow() throws Exception {
        rig.settings = rig.settings.withAttempts(2);
        rig.extras = builder -> builder.recognizer(
                        CommandRecognizer.reading(List.of("/usr/bin/sleep", "29.2"), Duration.ofSeconds(20)))
                .recognition(Duration.ofSeconds(1), 2);
        rig.start(rig.desk().hearing(VOICE), event -> {});
        dial(caller(Rig.MAIN).media(ear.probe));
        ear.awaitPrompt("ask");
        say(TWO);
        await().atMost(SOON).until(() -> runs("29.2"));
        await().atMost(SOON).until(() -> ear.prompts().size() == 3);
        assertThat(runs("29.2")).isFalse();

        assertThat(input()).isEqualTo(GatheredInput.digits("", End.TIMEOUT));
        assertThat(rig.cdr().disposition()).isEqualTo(Disposition.NO_INPUT);
        assertThat(ear.prompts()).containsExactly("welcome", "ask", "ask", "goodbye");
    }

    @Test
    @DisplayName("to a recogniser that writes nonsense: it is not believed, and the ID is asked for again")
    void nonsense() throws Exception {
        rig.settings = rig.settings.withAttempts(2);
        start(List.of("/usr/bin/printf", "ring the emergency room\\t99\\n"));
        dial(caller(Rig.MAIN).media(ear.probe));
        ear.awaitPrompt("ask");
        say(TWO);

        assertThat(rig.cdr().disposition()).isEqualTo(Disposition.NO_INPUT);
        assertThat(input()).isEqualTo(new GatheredInput("", null, null, End.COMPLETE));
        assertThat(ear.prompts()).containsExactly("welcome", "ask", "taken", "ask", "goodbye");
    }

    @Test
    @DisplayName("or rather says nothing at all: the ID is asked for again, and no program is asked")
    void silence() throws Exception {
        rig.settings = rig.settings.withAttempts(1);
        Path asked = left.resolveSibling("asked");
        start(List.of("/usr/bin/touch", asked.toString()));
        dial(caller(Rig.MAIN).media(ear.probe));

        assertThat(rig.cdr().disposition()).isEqualTo(Disposition.NO_INPUT);
        assertThat(ear.prompts()).containsExactly("welcome", "ask", "goodbye");
        assertThat(asked).doesNotExist();
    }

    @Test
    @DisplayName("on and on: after the time for an answer the recogniser gets what there is")
    void endless() throws Exception {
        rig.settings = rig.settings
                .withAttempts(1)
                .inputWithin(Duration.ofSeconds(2), Duration.ofMillis(900), Duration.ofSeconds(3));
        start(TemplateRecognizer.command(examples, "95"));
        dial(caller(Rig.MAIN).media(ear.probe));
        ear.awaitPrompt("ask");
        ear.probe.say(CALLER_TONE);

        assertThat(rig.cdr().disposition()).isEqualTo(Disposition.NO_INPUT);
        assertThat(input()).as("a tone is no number").isEqualTo(new GatheredInput("", null, null, End.COMPLETE));
    }

    @Test
    @DisplayName("and hangs up in the middle of it")
    void hangsUp() throws Exception {
        start(TemplateRecognizer.command(examples, "95"));
        LiveCall call = dial(caller(Rig.MAIN).media(ear.probe));
        ear.awaitPrompt("ask");
        say(TWO);
        await().until(() -> !files(rig.server.recordingDirectory()).isEmpty());
        call.hangUp();

        assertThat(rig.cdr().disposition()).isEqualTo(Disposition.ABANDONED);
    }

    @Test
    @DisplayName("while the application dies: its successor asks again, and deletes what was recorded")
    void crash() throws Exception {
        phone("1002", PhoneScript.busy(Duration.ofMillis(100)));
        start(TemplateRecognizer.command(examples, "95"));
        dial(caller(Rig.MAIN).media(ear.probe));
        ear.awaitPrompt("ask");
        ear.probe.say(CALLER_TONE);
        await().until(() -> !files(rig.server.recordingDirectory()).isEmpty());
        rig.die();
        ear.probe.say(0);
        start(TemplateRecognizer.command(examples, "95"));
        await().atMost(SOON).until(() -> ear.prompts().size() == 4);
        say(TWO);

        Cdr cdr = rig.cdr();
        assertThat(cdr.userId())
                .as("events were %s, prompts %s", rig.events, ear.prompts())
                .isEqualTo("2");
        assertThat(ear.prompts()).containsExactly("welcome", "ask", "welcome", "ask", "busy");
    }

    @Test
    @DisplayName("and hangs up while no application is there: the next one deletes what was recorded")
    void crashAndHangUp() throws Exception {
        start(TemplateRecognizer.command(examples, "95"));
        LiveCall call = dial(caller(Rig.MAIN).media(ear.probe));
        ear.awaitPrompt("ask");
        say(TWO);
        await().until(() -> !files(rig.server.recordingDirectory()).isEmpty());
        rig.die();
        call.hangUp();
        await().until(() -> rig.server.channels() == 0);
        assertThat(files(rig.server.recordingDirectory())).isNotEmpty();
        start(TemplateRecognizer.command(examples, "95"));

        await().untilAsserted(
                        () -> assertThat(files(rig.server.recordingDirectory())).isEmpty());
        rig.cdr();
    }

    @Test
    @DisplayName("where nothing recognises speech: the flow is refused before anything rings, also beside keys")
    void noRecogniser() {
        AsteriskProvider provider = rig.start();
        for (Set<InputKind> kinds : List.of(Set.of(InputKind.SPEECH), Set.of(InputKind.SPEECH, InputKind.DTMF))) {
            CallFlow flow = CallFlow.start()
                    .gather(Gather.digits(4, Continuation.named("id")).accepting(kinds));
            CallRequest request = CallRequest.of(
                    new CommandId("spoken/" + kinds.size()),
                    new PhoneNumber("+14165550100"),
                    Destination.sip("sip:1001"),
                    flow);
            SipPhone phone = phone("1001", PhoneScript.ring());
            assertThatThrownBy(() -> provider.require(CallControl.class).place(request))
                    .isInstanceOfSatisfying(
                            UnsupportedFeature.class,
                            e -> assertThat(e.effect()).isEqualTo(Effect.NONE))
                    .hasMessageContaining("step 'gather-speech' is not supported")
                    .hasMessageContaining("gather,");
            assertThat(phone.calls()).isEmpty();
        }
    }

    @Test
    @DisplayName("where nothing recognises speech: a desk that asks for it apologises, and nothing is recorded")
    void deskWithoutRecogniser() {
        rig.start(rig.desk().hearing(VOICE), event -> {});
        dial(caller(Rig.MAIN).media(ear.probe));

        assertThat(rig.cdr().disposition()).isEqualTo(Disposition.FAILED);
        assertThat(ear.prompts()).isEmpty();
    }

    private void start(List<String> command) {
        start(CommandRecognizer.reading(command, RECOGNITION));
    }

    private void start(CommandRecognizer recognizer) {
        rig.extras = builder -> builder.recognizer(recognizer).recognition(RECOGNITION, 2);
        rig.start(rig.desk().hearing(VOICE), event -> {});
    }

    private CommandRecognizer withFile(String confidence) {
        return CommandRecognizer.withFile(TemplateRecognizer.command(examples, confidence, "{wav}"), RECOGNITION, left);
    }

    /** After the prompt: the caller waits until it is over, and a little longer, as people do. */
    private void say(String words) throws IOException {
        byte[] wav = Files.readAllBytes(examples.resolve(words + ".wav"));
        short[] samples = new short[(wav.length - PhoneWav.HEADER) / 2 + 8_000];
        ByteBuffer.wrap(wav, PhoneWav.HEADER, wav.length - PhoneWav.HEADER)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asShortBuffer()
                .get(samples, 8_000, samples.length - 8_000);
        ear.probe.say(samples);
    }

    private GatheredInput input() {
        return awaitEvent(InputGathered.class).input();
    }

    private static boolean runs(String argument) {
        return ProcessHandle.allProcesses()
                .anyMatch(process -> process.info()
                        .arguments()
                        .map(arguments -> List.of(arguments).contains(argument))
                        .orElse(false));
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
