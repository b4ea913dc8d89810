package io.careflow.pstn.cli;

import java.nio.file.Path;
import java.time.Clock;
import java.util.UUID;

/** The program {@code pstn}. What it takes, prints and returns stands in {@code docs/cli.md}. */
public final class Main {
    private Main() {}

    /** Runs one command and ends the process with its exit code: see {@link ExitCode}. */
    public static void main(String[] args) {
        Surroundings real = new Surroundings(
                System.getenv(),
                Path.of(""),
                Clock.systemUTC(),
                () -> "cli-" + UUID.randomUUID(),
                new ConsoleOperator(),
                Carriers.all());
        // Picocli's own writers go to the standard streams, and are the only ones that do.
        System.exit(Commands.line(real).execute(args));
    }
}
