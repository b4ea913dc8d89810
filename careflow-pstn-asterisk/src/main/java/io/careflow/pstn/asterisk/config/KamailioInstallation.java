package io.careflow.pstn.asterisk.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A Kamailio: that of the system, or one unpacked into a folder that has its own libraries ({@code ld.so} in the folder starts
 * programs on them).
 */
record KamailioInstallation(Path program, Path home) {

    /** @throws IllegalArgumentException if there is no Kamailio */
    static KamailioInstallation of(Path program) {
        Path real = program.toAbsolutePath().normalize();
        if (!Files.isRegularFile(real) || !Files.isExecutable(real)) {
            throw new IllegalArgumentException(
                    "there is no program " + real + "; expected Kamailio's, such as /usr/sbin/kamailio");
        }
        // usr/sbin/kamailio
        Path home = Optional.ofNullable(real.getParent())
                .map(Path::getParent)
                .map(Path::getParent)
                .orElse(Path.of("/"));
        return new KamailioInstallation(real, home);
    }

    /** The command line. */
    List<String> command(String... arguments) {
        List<String> command = new ArrayList<>();
        Path loader = home.resolve("ld.so");
        boolean own = !home.equals(Path.of("/")) && Files.exists(loader);
        if (own) {
            List<String> libraries = new ArrayList<>();
            library("libc.so.6").map(Path::getParent).ifPresent(folder -> libraries.add(folder.toString()));
            library("kamailio").ifPresent(folder -> libraries.add(folder.toString()));
            libraries.add(home.resolve("usr/lib").toString());
            command.addAll(List.of(loader.toString(), "--library-path", String.join(":", libraries)));
        }
        command.add(program.toString());
        if (own) {
            library("kamailio/modules").ifPresent(folder -> command.addAll(List.of("-L", folder + "/")));
        }
        command.addAll(List.of(arguments));
        return command;
    }

    /** The file below usr/lib, or below usr/lib and the folder of the processor's architecture. */
    private Optional<Path> library(String file) {
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
