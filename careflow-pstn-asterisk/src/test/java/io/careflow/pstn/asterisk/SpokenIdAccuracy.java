package io.careflow.pstn.asterisk;

import io.careflow.pstn.event.InboundCall;
import io.careflow.pstn.event.InputGathered;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.flow.Continuation;
import io.careflow.pstn.flow.Gather;
import io.careflow.pstn.flow.GatheredInput;
import io.careflow.pstn.flow.InputKind;
import io.careflow.pstn.flow.SpokenDigits;
import io.careflow.pstn.lab.AsteriskInstall;
import io.careflow.pstn.lab.LiveCall;
import io.careflow.pstn.lab.RtpProbe;
import io.careflow.pstn.lab.SipCaller;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Not a test but a measurement: how many of so many IDs of four digits, spoken by espeak-ng in real calls, a recogniser
 * understands. Arguments: how many, the speed in words a minute, and the recogniser's command, which gets the WAV file as
 * <code>{wav}</code> or on its standard input.
 */
final class SpokenIdAccuracy {
    private static final List<String> DIGITS =
            List.of("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine");
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final BlockingQueue<GatheredInput> inputs = new LinkedBlockingQueue<>();
    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private int right;
    private int wrong;
    private int digitsRight;

    private SpokenIdAccuracy() {}

    public static void main(String[] args) throws Exception {
        List<String> command = List.of(args).subList(2, args.length);
        Path folder = Files.createTempDirectory("utterances");
        try (Rig rig = new Rig(AsteriskInstall.find());
                CommandRecognizer recognizer = command.contains("{wav}")
                        ? CommandRecognizer.withFile(command, LIMIT, folder)
                        : CommandRecognizer.reading(command, LIMIT)) {
            rig.extras = builder -> builder.recognizer(recognizer).recognition(LIMIT, 2);
            new SpokenIdAccuracy().measure(rig, Integer.parseInt(args[0]), Integer.parseInt(args[1]));
        } finally {
            Files.delete(folder);
        }
    }

    private void measure(Rig rig, int count, int speed) throws Exception {
        Gather gather = Gather.digits(4, Continuation.named("id"))
                .accepting(Set.of(InputKind.DTMF, InputKind.SPEECH))
                .asking(Rig.tone("ask"));
        rig.start(
                event -> {
                    if (event instanceof InputGathered gathered) {
                        inputs.add(gathered.input());
                    }
                    return event instanceof InboundCall
                            ? CallFlow.start().gather(gather)
                            : CallFlow.start().hangUp();
                },
                event -> {});
        EspeakNg voice = new EspeakNg("espeak-ng", speed, LIMIT);
        Random random = new Random(4711);
        for (int i = 0; i < count; i++) {
            String id = String.format(Locale.ROOT, "%04d", random.nextInt(10_000));
            String heard = call(rig, samples(voice, words(id)));
            digitsRight += (int) java.util.stream.IntStream.range(0, Math.min(4, heard.length()))
                    .filter(at -> heard.charAt(at) == id.charAt(at))
                    .count();
            right += heard.equals(id) ? 1 : 0;
            wrong += heard.isEmpty() || heard.equals(id) ? 0 : 1;
            out.println(id + " " + (heard.isEmpty() ? "-" : heard));
        }
        out.printf(
                "%d IDs: %d right, %d wrong, %d not understood; %d of %d digits right%n",
                count, right, wrong, count - right - wrong, digitsRight, 4 * count);
    }

    private String call(Rig rig, short[] samples) throws InterruptedException {
        try (RtpProbe probe = RtpProbe.open(rig.server, 0);
                LiveCall call =
                        SipCaller.on(rig.server).to(Rig.MAIN).media(probe).dial()) {
            probe.awaitTone(Rig.prompts().getOrDefault("ask", 0.0), LIMIT);
            probe.say(samples);
            GatheredInput input = inputs.poll(30, TimeUnit.SECONDS);
            call.result();
            return Optional.ofNullable(input)
                    .flatMap(heard -> Optional.ofNullable(heard.speech()))
                    .flatMap(SpokenDigits::find)
                    .orElse("");
        }
    }

    private static String words(String id) {
        return id.chars().mapToObj(digit -> DIGITS.get(digit - '0')).collect(Collectors.joining(" "));
    }

    /** A second of silence, because the prompt still plays, and what is said. */
    private static short[] samples(EspeakNg voice, String words) throws Exception {
        Path file = Files.createTempFile("spoken", ".wav");
        try {
            voice.synthesize(words, Locale.US, Optional.empty(), file);
            byte[] wav = Files.readAllBytes(file);
            short[] said = new short[(wav.length - PhoneWav.HEADER) / 2];
            ByteBuffer.wrap(wav, PhoneWav.HEADER, said.length * 2)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asShortBuffer()
                    .get(said);
            short[] all = new short[8_000 + said.length];
            System.arraycopy(said, 0, all, 8_000, said.length);
            return all;
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
