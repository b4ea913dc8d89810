package io.careflow.pstn.cli;

import io.careflow.pstn.cli.Shell.Ran;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/** Types commands with the providers that there really are; nobody sits at a terminal. */
final class Console {
    final Map<String, String> environment = new HashMap<>();
    private final Path folder;

    Console(Path folder) {
        this.folder = folder;
    }

    Ran run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exit = Commands.line(surroundings())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
        return new Ran(exit, out.toString(), err.toString());
    }

    Surroundings surroundings() {
        return new Surroundings(
                environment, folder, Clock.systemUTC(), () -> "made-up", new ConsoleOperator(), Carriers.all());
    }
}
