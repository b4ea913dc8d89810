package io.careflow.pstn.asterisk.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The program of a server: that of the system, or one unpacked into a folder that has its own libraries ({@code ld.so} in the folder
 * starts programs on them).
 *
 * @param home the folder in which usr lies
 */
record ServerProgram(Path program, Path home) {

    /**
     * @param program such as {@code /usr/sbin/asterisk}
     * @param name of the server, for messages
     * @throws IllegalArgumentException if there is no such program
     */
    static ServerProgram of(Path program, String name) {
        Path real = program.toAbsolutePath().normalize();
        if (!Files.isRegularFile(real) || !Files.isExecutable(real)) {
            throw new IllegalArgumentException("there is no program " + real + "; expected that of " + name
                    + ", such as /usr/sbin/" + real.getFileName());
        }
        Path home = Optional.ofNullable(real.getParent())
                .map(Path::getParent)
                .map(Path::getParent)
                .orElse(Path.of("/"));
        return new ServerProgram(real, home);
    }

    /** Whether it starts on libraries of its own. */
    boolean isUnpacked() {
        return !home.equals(Path.of("/")) && Files.exists(home.resolve("ld.so"));
    }

    /**
     * The command line.
     *
     * @param libraries folders below usr/lib with more libraries of an unpacked one
     */
    List<String> command(List<String> libraries, List<String> arguments) {
        List<String> command = new ArrayList<>();
        if (isUnpacked()) {
            List<String> folders = new ArrayList<>();
            library("libc.so.6").map(Path::getParent).ifPresent(folder -> folders.add(folder.toString()));
            libraries.forEach(name -> library(name).ifPresent(folder -> folders.add(folder.toString())));
            folders.add(home.resolve("usr/lib").toString());
            command.addAll(List.of(home.resolve("ld.so").toString(), "--library-path", String.join(":", folders)));
        }
        command.add(program.toString());
        command.addAll(arguments);
        return command;
    }

    /** The file below usr/lib, or below usr/lib and the folder of the processor's architecture. */
    Optional<Path> library(String file) {
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
