package io.careflow.pstn.asterisk.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An Asterisk with its modules and documentation: that of the system, or one unpacked into a folder that has its own libraries
 * ({@code ld.so} in the folder starts programs on them).
 */
record AsteriskInstallation(Path program, Path home, Path modules, Path share) {

    /** @throws IllegalArgumentException if there is no Asterisk */
    static AsteriskInstallation of(Path program) {
        Path real = program.toAbsolutePath().normalize();
        if (!Files.isRegularFile(real) || !Files.isExecutable(real)) {
            throw new IllegalArgumentException(
                    "there is no program " + real + "; expected Asterisk's, such as /usr/sbin/asterisk");
        }
        // usr/sbin/asterisk
        Path home = Optional.ofNullable(real.getParent())
                .map(Path::getParent)
                .map(Path::getParent)
                .orElse(Path.of("/"));
        Path modules = library(home, "asterisk/modules")
                .orElseThrow(() -> new IllegalArgumentException(real + " has no modules below "
                        + home.resolve("usr/lib") + "; expected an Asterisk that is installed with its modules"));
        return new AsteriskInstallation(real, home, modules, home.resolve("usr/share/asterisk"));
    }

    /** The command line. */
    List<String> command(String... arguments) {
        List<String> command = new ArrayList<>();
        Path loader = home.resolve("ld.so");
        if (!home.equals(Path.of("/")) && Files.exists(loader)) {
            Path libraries = library(home, "libc.so.6").map(Path::getParent).orElse(null);
            command.addAll(List.of(loader.toString(), "--library-path", libraryPath(libraries)));
        }
        command.add(program.toString());
        command.addAll(List.of(arguments));
        return command;
    }

    boolean has(String module) {
        return Files.exists(modules.resolve(module + ".so"));
    }

    private String libraryPath(@Nullable Path libraries) {
        String plain = home.resolve("usr/lib").toString();
        return libraries == null ? plain : libraries + ":" + plain;
    }

    /** The file below usr/lib, or below usr/lib and the folder of the processor's architecture. */
    private static Optional<Path> library(Path home, String file) {
        Path plain = home.resolve("usr/lib").resolve(file);
        if (Files.exists(plain)) {
            return Optional.of(plain);
        }
        try (Stream<Path> folders = Files.list(home.resolve("usr/lib"))) {
            return folders.map(folder -> folder.resolve(file))
                    .filter(Files::exists)
                    .sorted()
                    .findFirst();
        } catch (IOException noLibraries) {
            return Optional.empty();
        }
    }
}
