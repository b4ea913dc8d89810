package io.careflow.pstn.demo;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Runs the demo in a process of its own that outlives this one, and shows what it says until it is up or has failed. */
final class Detached {
    static final String OPTION = "--detached";
    private static final String UP = "up";

    private Detached() {}

    /** Tells the process in front that it may go. */
    static void announceUp(RunFolder run) throws IOException {
        Files.writeString(run.file(UP), "");
    }

    static int launch(List<String> arguments, PrintStream out, PrintStream err) throws IOException {
        RunFolder run = RunFolder.create();
        List<String> command = new ArrayList<>(List.of(
                "setsid",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Demo.class.getName(),
                OPTION,
                run.path().toString()));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(run.file("out").toFile())
                .redirectError(run.file("err").toFile())
                .start();
        Thread stop = new Thread(process::destroy, "stop");
        Runtime.getRuntime().addShutdownHook(stop);
        Tail stdout = new Tail(run.file("out"), out);
        Tail stderr = new Tail(run.file("err"), err);
        while (process.isAlive() && !Files.exists(run.file(UP))) {
            stderr.copy();
            stdout.copy();
            Journey.pause(Duration.ofMillis(30));
        }
        stderr.copy();
        stdout.copy();
        Runtime.getRuntime().removeShutdownHook(stop);
        return process.isAlive() ? 0 : process.exitValue();
    }

    private static final class Tail {
        private final RandomAccessFile file;
        private final OutputStream to;

        Tail(Path path, OutputStream to) throws IOException {
            this.file = new RandomAccessFile(path.toFile(), "r");
            this.to = to;
        }

        void copy() {
            byte[] buffer = new byte[8_192];
            try {
                for (int length = file.read(buffer); length > 0; length = file.read(buffer)) {
                    to.write(buffer, 0, length);
                }
                to.flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
