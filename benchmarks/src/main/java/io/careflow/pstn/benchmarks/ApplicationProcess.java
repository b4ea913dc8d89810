package io.careflow.pstn.benchmarks;

import io.careflow.pstn.lab.AsteriskServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A running {@link Application} in a JVM of its own. */
final class ApplicationProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader out;
    private final Writer in;
    private final Thread hook;

    private ApplicationProcess(Process process) {
        this.process = process;
        this.out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        this.in = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
        this.hook = new Thread(process::destroyForcibly, "bench-stop");
    }

    static ApplicationProcess start(AsteriskServer server, String number, String endpoint, List<String> jvm) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvm);
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                Bench.class.getName(),
                "application",
                "--ari=" + server.ariUri(),
                "--user=" + server.ariUser(),
                "--number=" + number,
                "--endpoint=" + endpoint,
                "--prompts=" + server.runDirectory().resolve("prompts")));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put(Application.PASSWORD, server.ariPassword());
        try {
            ApplicationProcess started = new ApplicationProcess(builder.start());
            Runtime.getRuntime().addShutdownHook(started.hook);
            started.answer("ready");
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long pid() {
        return process.pid();
    }

    /** Collects garbage there and tells what is left. */
    synchronized State state() {
        try {
            in.write("state\n");
            in.flush();
            String[] fields = answer("state ").split(" ", -1);
            return new State(
                    Long.parseLong(fields[0]),
                    Integer.parseInt(fields[1]),
                    Long.parseLong(fields[2]),
                    Long.parseLong(fields[3]),
                    Integer.parseInt(fields[4]));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The rest of the next line that begins so; a JVM has things of its own to say. */
    private String answer(String begin) throws IOException {
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(begin)) {
                return line.substring(begin.length());
            }
        }
        close();
        throw new IllegalStateException("the application ended");
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
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            // The hook is running already.
        }
    }

    /**
     * What the application says of itself.
     *
     * @param heapKilobytes used after a collection
     * @param liveCalls calls it believes to be up
     * @param records CDRs made
     * @param broken CDRs that failed
     * @param threads of Java
     */
    record State(long heapKilobytes, int liveCalls, long records, long broken, int threads) {}
}
