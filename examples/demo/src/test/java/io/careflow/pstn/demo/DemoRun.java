package io.careflow.pstn.demo;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One run of the built program, as {@code ./demo} starts it. */
record DemoRun(int exit, List<String> out, List<String> err) {

    static DemoRun of(Path folder, String... arguments) throws IOException, InterruptedException {
        Process process = start(folder, arguments);
        if (!process.waitFor(90, TimeUnit.SECONDS)) {
            process.destroy();
            throw new AssertionError("no end after 90 s: " + Files.readString(folder.resolve("out")));
        }
        return new DemoRun(
                process.exitValue(),
                Files.readAllLines(folder.resolve("out")),
                Files.readAllLines(folder.resolve("err")));
    }

    static Process start(Path folder, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", "target/demo.jar"));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
    }
}
