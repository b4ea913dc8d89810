package io.careflow.pstn.asterisk;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Recognition by a program of your choice, run once for each utterance, without a shell. It gets the WAV file on its standard
 * input, or as the argument <code>{wav}</code>, and writes one line of UTF-8 text: the words, and if it likes a tab and its
 * confidence from 0 to 100. No line means that nothing was understood. Thread-safe.
 *
 * <p>What it writes is believed only if it can be an answer: digits, as words or figures, no more than the gather asks for; a
 * CareFlow ID; or words that the gather hints at. The program is killed, with the programs that it started, when the time is
 * over, when it writes more than a line can hold, and by {@link #close}.
 */
public final class CommandRecognizer implements SpeechRecognizer {
    private static final String PLACE = "{wav}";
    private static final int MOST_BYTES = 1000;
    private static final Pattern LINE = Pattern.compile("([^\\t\\r\\n]*)(?:\\t\\s*([0-9]{1,3}))?\\s*");

    private final List<String> command;
    private final Duration limit;
    private final @Nullable UtteranceFolder folder;
    private final Set<Process> running = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    private CommandRecognizer(List<String> command, Duration limit, @Nullable UtteranceFolder folder) {
        if (command.isEmpty() || command.get(0).isBlank()) {
            throw new IllegalArgumentException("command is empty; expected a program and its arguments");
        }
        if (limit.compareTo(Duration.ofMillis(100)) < 0 || limit.compareTo(Duration.ofMinutes(1)) > 0) {
            throw new IllegalArgumentException("limit is " + limit + "; expected 100 milliseconds to 1 minute");
        }
        this.command = List.copyOf(command);
        this.limit = limit;
        this.folder = folder;
    }

    /**
     * A program that reads the WAV file from its standard input; it never touches a disk of ours.
     *
     * @param command the program and its arguments
     * @param limit how long one utterance may take: 100 milliseconds to 1 minute
     * @throws IllegalArgumentException if the command is empty or has the argument <code>{wav}</code>, or the limit is less or
     *     more
     */
    public static CommandRecognizer reading(List<String> command, Duration limit) {
        if (command.contains(PLACE)) {
            throw new IllegalArgumentException("command has the argument " + PLACE + ", but no folder for the file");
        }
        return new CommandRecognizer(command, limit, null);
    }

    /**
     * A program that is given the path of a WAV file. The file can be read by this user only and is deleted at once; what a
     * crash left behind is deleted when the recogniser is made, and before the next utterance once it is older than a minute.
     *
     * @param command the program and its arguments, of which at least one is <code>{wav}</code>
     * @param limit how long one utterance may take: 100 milliseconds to 1 minute
     * @param folder for the files; made, for this user only, if there is none
     * @throws IllegalArgumentException if the command has no argument <code>{wav}</code>, or the limit is less or more
     * @throws java.io.UncheckedIOException if the folder cannot be made
     */
    public static CommandRecognizer withFile(List<String> command, Duration limit, Path folder) {
        if (!command.contains(PLACE)) {
            throw new IllegalArgumentException("command has no argument " + PLACE + " for the path of the WAV file");
        }
        return new CommandRecognizer(command, limit, UtteranceFolder.at(folder));
    }

    @Override
    public String name() {
        return new File(command.get(0)).getName();
    }

    @Override
    public Optional<RecognizedSpeech> recognize(Utterance utterance) throws SpeechException, InterruptedException {
        Path file = null;
        try {
            file = folder == null ? null : folder.write(utterance);
            return understood(run(utterance, file), new SpokenGrammar(utterance));
        } catch (IOException e) {
            throw new SpeechException("the recogniser " + name() + " cannot be given the recording", e);
        } finally {
            UtteranceFolder.delete(file);
        }
    }

    private Optional<RecognizedSpeech> understood(byte[] output, SpokenGrammar grammar) throws SpeechException {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(output))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new SpeechException("the recogniser " + name() + " did not write UTF-8", null);
        }
        if (text.isBlank()) {
            return Optional.empty();
        }
        Matcher line = LINE.matcher(text);
        if (!line.matches()) {
            throw new SpeechException(
                    "the recogniser " + name() + " did not write one line: words, and a tab and 0 to 100", null);
        }
        String words = line.group(1).strip();
        Integer confidence = line.group(2) == null ? null : Integer.valueOf(line.group(2));
        if (confidence != null && confidence > 100) {
            throw new SpeechException("the recogniser " + name() + " wrote a confidence above 100", null);
        }
        return words.isEmpty() || !grammar.allows(words)
                ? Optional.empty()
                : Optional.of(new RecognizedSpeech(words, confidence));
    }

    private byte[] run(Utterance utterance, @Nullable Path file) throws SpeechException, InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        Process process = start(file);
        running.add(process);
        try {
            if (closed) {
                throw new SpeechException("the recogniser " + name() + " is closed", null);
            }
            FutureTask<byte[]> output =
                    inBackground(() -> process.getInputStream().readNBytes(MOST_BYTES + 1));
            if (file == null) {
                FutureTask<Long> unused = inBackground(() -> feed(utterance, process));
            }
            byte[] written = output.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (written.length > MOST_BYTES) {
                throw new SpeechException("the recogniser " + name() + " wrote more than one line can hold", null);
            }
            if (!process.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                throw new TimeoutException();
            }
            if (process.exitValue() != 0) {
                throw new SpeechException(
                        "the recogniser " + name() + " ended with status " + process.exitValue(), null);
            }
            return written;
        } catch (TimeoutException e) {
            throw new SpeechException("the recogniser " + name() + " took longer than " + limit, null);
        } catch (ExecutionException e) {
            throw new SpeechException("the recogniser " + name() + " broke off", e.getCause());
        } finally {
            kill(process);
            running.remove(process);
        }
    }

    private Process start(@Nullable Path file) throws SpeechException {
        List<String> arguments = command.stream()
                .map(argument -> file != null && argument.equals(PLACE) ? file.toString() : argument)
                .toList();
        ProcessBuilder builder = new ProcessBuilder(arguments).redirectError(ProcessBuilder.Redirect.DISCARD);
        if (file != null) {
            builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        }
        try {
            return builder.start();
        } catch (IOException e) {
            throw new SpeechException("cannot run the recogniser " + command.get(0), e);
        }
    }

    private static long feed(Utterance utterance, Process process) {
        try (InputStream wav = utterance.wav();
                OutputStream stdin = process.getOutputStream()) {
            return wav.transferTo(stdin);
        } catch (IOException endedWithoutReading) {
            return 0;
        }
    }

    private static <T> FutureTask<T> inBackground(java.util.concurrent.Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = new Thread(task, "careflow-recognizer");
        thread.setDaemon(true);
        thread.start();
        return task;
    }

    private static void kill(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    /** Kills what is at work; later utterances are refused. */
    @Override
    public void close() {
        closed = true;
        running.forEach(CommandRecognizer::kill);
    }
}
