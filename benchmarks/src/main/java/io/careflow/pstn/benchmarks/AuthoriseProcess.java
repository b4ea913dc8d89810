package io.careflow.pstn.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A running {@link AuthoriseNode}. Used by one thread. */
final class AuthoriseProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader out;
    private final Writer in;

    private AuthoriseProcess(Process process) {
        this.process = process;
        this.out = process.inputReader(StandardCharsets.UTF_8);
        this.in = process.outputWriter(StandardCharsets.UTF_8);
    }

    static AuthoriseProcess start(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                // Two nodes and a database share two cores: collecting beside the work would only take turns with it.
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Bench.class.getName(),
                "authorise-node"));
        command.addAll(arguments);
        try {
            AuthoriseProcess started = new AuthoriseProcess(new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
            Runtime.getRuntime().addShutdownHook(new Thread(started.process::destroyForcibly, "bench-stop"));
            String unused = started.answer("ready");
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long pid() {
        return process.pid();
    }

    /**
     * What they did together.
     *
     * @param rate how much in a second
     * @param done how much in all
     */
    record Done(double rate, long done) {}

    /** All do so at the same time. */
    static Done together(List<AuthoriseProcess> nodes, String side, Duration span) {
        double rate = 0;
        long done = 0;
        try {
            for (AuthoriseProcess node : nodes) {
                node.in.write(side + " " + span.toSeconds() + "\n");
                node.in.flush();
            }
            for (AuthoriseProcess node : nodes) {
                String[] words = node.answer("done ").split(" ", -1);
                done += Long.parseLong(words[0]);
                rate += Long.parseLong(words[0]) * 1e9 / Long.parseLong(words[1]);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Done(rate, done);
    }

    private String answer(String begin) throws IOException {
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(begin)) {
                return line.substring(begin.length());
            }
        }
        throw new IllegalStateException("the node ended");
    }

    @Override
    public void close() {
        try {
            in.close();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
