package io.careflow.pstn.asterisk.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** An Asterisk with its modules and documentation. */
record AsteriskInstallation(ServerProgram program, Path modules, Path share) {

    /** @throws IllegalArgumentException if there is no Asterisk */
    static AsteriskInstallation of(Path path) {
        ServerProgram program = ServerProgram.of(path, "Asterisk");
        Path modules = program.library("asterisk/modules")
                .orElseThrow(() -> new IllegalArgumentException(program.program() + " has no modules below "
                        + program.home().resolve("usr/lib")
                        + "; expected an Asterisk that is installed with its modules"));
        return new AsteriskInstallation(program, modules, program.home().resolve("usr/share/asterisk"));
    }

    /** The command line. */
    List<String> command(String... arguments) {
        return program.command(List.of(), List.of(arguments));
    }

    boolean has(String module) {
        return Files.exists(modules.resolve(module + ".so"));
    }
}
