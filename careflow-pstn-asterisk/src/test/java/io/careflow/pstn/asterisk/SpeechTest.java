package io.careflow.pstn.asterisk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpeechTest {
    private static final int SECOND = 8000;

    @TempDir
    Path folder;

    private final AtomicInteger made = new AtomicInteger();
    private Instant now = Instant.parse("2026-11-22T10:00:00Z");

    @Test
    @DisplayName("a text is made once, readable for everybody, without extension in its URI")
    void once() throws Exception {
        SpeechCache cache = cache(1_000_000);

        String first = cache.media("Welcome", Locale.US, Optional.empty());
        String again = cache.media("Welcome", Locale.US, Optional.empty());
        String other = cache.media("Welcome", Locale.UK, Optional.empty());

        assertThat(again).isEqualTo(first).startsWith("sound:" + folder).doesNotContain(".wav");
        assertThat(other).isNotEqualTo(first);
        assertThat(made).hasValue(2);
        Path file = Path.of(first.substring(6) + ".wav");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r--r--");
        assertThat(PhoneWav.seconds(file)).isEqualTo(1.0);
    }

    @Test
    @DisplayName("many callers at once wait for one synthesis")
    void concurrent() throws Exception {
        SpeechCache cache = cache(1_000_000);
        ExecutorService callers = Executors.newFixedThreadPool(16);
        try {
            Callable<String> call = () -> cache.media("Hello", Locale.US, Optional.empty());
            for (Future<String> future :
                    callers.invokeAll(Stream.generate(() -> call).limit(64).toList())) {
                assertThat(future.get()).startsWith("sound:");
            }
        } finally {
            callers.shutdownNow();
        }
        assertThat(made).hasValue(1);
        assertThat(files()).hasSize(1);
    }

    @Test
    @DisplayName("beyond its size the cache drops what was used longest ago")
    void bounded() throws Exception {
        SpeechCache cache = cache(2 * (2 * SECOND + 44));
        String a = say(cache, "a");
        say(cache, "b");
        say(cache, "a");
        say(cache, "c");

        assertThat(files()).hasSize(2).contains(Path.of(a.substring(6) + ".wav"));
        say(cache, "b");
        assertThat(made).hasValue(4);
    }

    @Test
    @DisplayName("a failed synthesis leaves nothing, and may be tried again")
    void failing() throws Exception {
        SpeechCache cache = new SpeechCache(new Engine(true), folder, 1000, Clock.systemUTC());

        assertThatThrownBy(() -> say(cache, "a")).isInstanceOf(SpeechException.class);

        assertThat(files()).isEmpty();
        assertThatThrownBy(() -> say(cache, "a")).isInstanceOf(SpeechException.class);
        assertThat(made).hasValue(2);
    }

    @Test
    @DisplayName("a missing program says how to install it")
    void missingProgram() {
        EspeakNg absent = new EspeakNg("no-such-espeak", 150, Duration.ofSeconds(2));

        assertThatThrownBy(() -> absent.synthesize("a", Locale.US, Optional.empty(), folder.resolve("x.wav")))
                .isInstanceOf(SpeechException.class)
                .hasMessageContaining("apt-get install espeak-ng");
    }

    @Test
    @DisplayName("a program is looked for on the path, or where its path says")
    void installed() {
        Duration limit = Duration.ofSeconds(2);
        assertThat(new EspeakNg("no-such-espeak", 150, limit).isInstalled()).isFalse();
        assertThat(new EspeakNg(folder.resolve("none").toString(), 150, limit).isInstalled())
                .isFalse();
        assertThat(new EspeakNg(folder.toString(), 150, limit).isInstalled()).isFalse();
        assertThat(new EspeakNg("sh", 150, limit).isInstalled()).isTrue();
        assertThat(new EspeakNg("/bin/sh", 150, limit).isInstalled()).isTrue();
    }

    @Test
    @DisplayName("the program is kept from sound servers")
    void noSoundServer() throws Exception {
        Path seen = folder.resolve("seen");
        Path program = folder.resolve("fake-espeak");
        Files.writeString(program, "#!/bin/sh\necho \"$PULSE_SERVER\" > " + seen + "\nexit 1\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        EspeakNg espeak = new EspeakNg(program.toString(), 150, Duration.ofSeconds(10));

        assertThatThrownBy(() -> espeak.synthesize("a", Locale.US, Optional.empty(), folder.resolve("x.wav")))
                .isInstanceOf(SpeechException.class);

        assertThat(seen).hasContent("none");
    }

    @Test
    @DisplayName("a speed that the program does not know is refused")
    void speeds() {
        for (int speed : new int[] {79, 451}) {
            assertThatThrownBy(() -> new EspeakNg("espeak-ng", speed, Duration.ofSeconds(2)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("wordsPerMinute is " + speed + "; expected 80 to 450");
        }
        assertThat(new EspeakNg("espeak-ng", 80, Duration.ofSeconds(2)).name()).isEqualTo("espeak-ng/80");
        assertThat(new EspeakNg("espeak-ng", 450, Duration.ofSeconds(2)).name()).isEqualTo("espeak-ng/450");
    }

    @Test
    @DisplayName("a voice cannot smuggle an option in")
    void voiceNames() {
        assertThatThrownBy(() ->
                        new EspeakNg().synthesize("a", Locale.US, Optional.of("--path=/x"), folder.resolve("x.wav")))
                .isInstanceOf(SpeechException.class)
                .hasMessageContaining("not the name of a voice");
    }

    @Test
    @DisplayName("the resampler keeps speech and removes what telephones cannot carry")
    void resampler() {
        assertThat(level(PhoneWav.resample(tone(1000), 22050))).isBetween(6900.0, 7250.0);
        assertThat(level(PhoneWav.resample(tone(3000), 22050))).isBetween(6900.0, 7250.0);
        assertThat(level(PhoneWav.resample(tone(5000), 22050))).isLessThan(10);
        assertThat(level(PhoneWav.resample(tone(9000), 22050))).isLessThan(10);
    }

    private String say(SpeechCache cache, String text) throws SpeechException {
        now = now.plusSeconds(1);
        return cache.media(text, Locale.US, Optional.empty());
    }

    private SpeechCache cache(long maxBytes) throws IOException {
        return new SpeechCache(new Engine(false), folder, maxBytes, new Clock() {
            @Override
            public Instant instant() {
                return now;
            }

            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }
        });
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.toList();
        }
    }

    private static short[] tone(int hertz) {
        short[] samples = new short[22050];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (short) (10000 * Math.sin(2 * Math.PI * hertz * i / 22050));
        }
        return samples;
    }

    private static double level(short[] samples) {
        double sum = 0;
        for (int i = 200; i < samples.length - 200; i++) {
            sum += (double) samples[i] * samples[i];
        }
        return Math.sqrt(sum / (samples.length - 400));
    }

    private final class Engine implements SpeechSynthesizer {
        private final boolean broken;

        Engine(boolean broken) {
            this.broken = broken;
        }

        @Override
        public String name() {
            return "test";
        }

        @Override
        public void synthesize(String text, Locale locale, Optional<String> voice, Path target) throws SpeechException {
            made.incrementAndGet();
            try {
                PhoneWav.write(new short[broken ? 0 : SECOND], target);
            } catch (IOException e) {
                throw new SpeechException("test", e);
            }
        }
    }
}
