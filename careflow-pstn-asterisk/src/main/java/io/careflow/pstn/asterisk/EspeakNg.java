package io.careflow.pstn.asterisk;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Speech by the program espeak-ng: robotic, but free, offline and good for 100 languages. Immutable and thread-safe.
 */
public final class EspeakNg implements SpeechSynthesizer {
    private static final Pattern VOICE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_+-]{0,40}");

    private final String program;
    private final int wordsPerMinute;
    private final Duration limit;

    /**
     * The program of that name or path.
     *
     * @param program such as {@code espeak-ng}
     * @param wordsPerMinute 80 to 450; 150 is easy to follow on a phone
     * @param limit how long one text may take
     * @throws IllegalArgumentException if {@code wordsPerMinute} is less or more
     */
    public EspeakNg(String program, int wordsPerMinute, Duration limit) {
        if (wordsPerMinute < 80 || wordsPerMinute > 450) {
            throw new IllegalArgumentException("wordsPerMinute is " + wordsPerMinute + "; expected 80 to 450");
        }
        this.program = program;
        this.wordsPerMinute = wordsPerMinute;
        this.limit = limit;
    }

    /** The program on the path, at 150 words a minute, with 20 seconds per text. */
    public EspeakNg() {
        this("espeak-ng", 150, Duration.ofSeconds(20));
    }

    /** Whether there is such a program; a look at the path, no more. */
    boolean isInstalled() {
        if (program.contains(File.separator)) {
            return isProgram(Path.of(program));
        }
        String path = System.getenv("PATH");
        return path != null
                && Stream.of(path.split(File.pathSeparator)).anyMatch(folder -> isProgram(Path.of(folder, program)));
    }

    private static boolean isProgram(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }

    @Override
    public String name() {
        return "espeak-ng/" + wordsPerMinute;
    }

    @Override
    public void synthesize(String text, Locale locale, Optional<String> voice, Path target) throws SpeechException {
        Path raw = null;
        try {
            raw = Files.createTempFile("careflow-speech", ".wav");
            speak(text, voices(locale, voice), raw);
            PhoneWav.convert(raw, target);
        } catch (IOException e) {
            throw new SpeechException("cannot write speech to " + target, e);
        } finally {
            discard(raw);
        }
    }

    // The program knows "en-us" but not every region: fall back to the language.
    private static Set<String> voices(Locale locale, Optional<String> voice) throws SpeechException {
        Set<String> names = new LinkedHashSet<>();
        if (voice.isPresent()) {
            names.add(voice.get());
        } else {
            names.add(locale.toLanguageTag().toLowerCase(Locale.ROOT));
            names.add(locale.getLanguage());
        }
        for (String name : names) {
            if (!VOICE.matcher(name).matches()) {
                throw new SpeechException("'" + name + "' is not the name of a voice", null);
            }
        }
        return names;
    }

    private void speak(String text, Set<String> voices, Path raw) throws SpeechException, IOException {
        for (String voice : voices) {
            Files.write(raw, new byte[0]);
            if (run(text, voice, raw) == 0 && Files.size(raw) > PhoneWav.HEADER) {
                return;
            }
        }
        throw new SpeechException(
                "espeak-ng has no voice " + String.join(" or ", voices) + ", or nothing to say", null);
    }

    private int run(String text, String voice, Path raw) throws SpeechException, IOException {
        Process process = start(
                List.of(program, "-v", voice, "-s", Integer.toString(wordsPerMinute), "-w", raw.toString(), "--stdin"));
        try (OutputStream stdin = process.getOutputStream()) {
            // Two brackets would start phoneme codes.
            stdin.write(text.replace("[[", "[ [").getBytes(StandardCharsets.UTF_8));
        } catch (IOException endedWithoutReading) {
            // For example because of the voice; its exit status tells.
        }
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new SpeechException("espeak-ng took longer than " + limit.toSeconds() + " s", null);
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SpeechException("interrupted while espeak-ng was at work", e);
        } finally {
            process.destroyForcibly();
        }
    }

    private Process start(List<String> command) throws SpeechException {
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD);
            // It writes a file only, but would look for a sound server and leave folders behind.
            builder.environment().put("PULSE_SERVER", "none");
            return builder.start();
        } catch (IOException e) {
            throw new SpeechException(
                    "cannot run " + program + ": install it (Debian, Ubuntu: apt-get install espeak-ng), "
                            + "give its path, or use another SpeechSynthesizer",
                    e);
        }
    }

    private static void discard(@Nullable Path file) throws SpeechException {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new SpeechException("cannot delete " + file, e);
        }
    }
}
