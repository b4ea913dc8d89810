package io.careflow.pstn.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One process that we started, ended by its own handle and never by name, at the latest when the JVM ends. */
final class Child implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    /** Of the kernel: a busy machine writes first what the process had not. */
    private static final Duration DEATH = Duration.ofSeconds(60);

    private final Process process;
    private final Thread hook;

    private Child(Process process) {
        this.process = process;
        this.hook = new Thread(process::destroyForcibly, "lab-stop-" + process.pid());
    }

    static Child start(Path dir, Path output, List<String> command) {
        return start(dir, output, command, Map.of());
    }

    static Child start(Path dir, Path output, List<String> command, Map<String, String> environment) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(dir.toFile())
                    .redirectErrorStream(true)
                    .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(Redirect.appendTo(output.toFile()));
            builder.environment().putAll(environment);
            Child child = new Child(builder.start());
            Runtime.getRuntime().addShutdownHook(child.hook);
            return child;
        } catch (IOException e) {
            throw new LabException(
                    "cannot start " + command.get(0) + ": " + e.getMessage() + "; run scripts/setup.sh", e);
        }
    }

    /** Runs a short command to its end and returns what it wrote. */
    static String output(Duration limit, List<String> command) {
        Path file = null;
        try {
            file = Files.createTempFile("cf-out-", ".txt");
            try (Child child = start(Path.of("/"), file, command)) {
                if (!child.waitFor(limit)) {
                    throw new LabException("no end after " + limit + ": " + String.join(" ", command));
                }
                String text = Files.readString(file);
                if (child.exitValue() != 0) {
                    throw new LabException(
                            "exit " + child.exitValue() + ": " + String.join(" ", command) + "\n" + text);
                }
                return text;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            if (file != null) {
                file.toFile().delete();
            }
        }
    }

    long pid() {
        return process.pid();
    }

    boolean alive() {
        return process.isAlive();
    }

    int exitValue() {
        return process.exitValue();
    }

    boolean waitFor(Duration limit) {
        try {
            boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (ended) {
                Hooks.remove(hook);
            }
            return ended;
        } catch (InterruptedException e) {
            process.destroyForcibly();
            throw LabException.interrupted(e);
        }
    }

    /** SIGKILL: the process gets no chance to say good-bye. */
    void kill() {
        process.destroyForcibly();
        if (!waitFor(DEATH)) {
            throw new LabException("killed, and still there after " + DEATH + ": " + process.pid());
        }
    }

    /** SIGTERM, and SIGKILL for those who do not obey. */
    void terminate() {
        process.destroy();
        if (!waitFor(PATIENCE)) {
            kill();
        }
    }

    @Override
    public void close() {
        terminate();
    }
}
