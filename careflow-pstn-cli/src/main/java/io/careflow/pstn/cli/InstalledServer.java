package io.careflow.pstn.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Where a server's program is on this machine: below the folder of its variable, installed, or in the cache that
 * {@code scripts/setup.sh} fetches into.
 */
final class InstalledServer {
    private static final String OLDEST = "asterisk-bullseye-";

    private final Function<String, Optional<String>> variables;
    private final List<Path> folders;

    /** Looks on this machine; variables are those of the process that are set. */
    InstalledServer(Function<String, Optional<String>> variables) {
        this(variables, List.of(Path.of("/usr/sbin"), Path.of("/usr/local/sbin")));
    }

    InstalledServer(Function<String, Optional<String>> variables, List<Path> folders) {
        this.variables = variables;
        this.folders = List.copyOf(folders);
    }

    /**
     * The program.
     *
     * @throws BadUsage saying where there is none, and what to do
     */
    Path program(Site.Server server) {
        String name = server.name().toLowerCase(Locale.ROOT);
        String home = "CAREFLOW_" + server.name() + "_HOME";
        Stream<Path> places = Stream.of(
                        variables.apply(home).stream().map(folder -> Path.of(folder, "usr", "sbin", name)),
                        folders.stream().map(folder -> folder.resolve(name)),
                        fetched(name))
                .flatMap(Function.identity());
        return places.filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new BadUsage("there is no " + name + " in the folder of " + home + ", in " + folders
                        + " or fetched into " + cache()
                        + "; install one, run scripts/setup.sh, or give its program with"
                        + " --program"));
    }

    private Stream<Path> fetched(String name) {
        try (Stream<Path> found = Files.list(cache())) {
            return found
                    .filter(folder -> {
                        String at = String.valueOf(folder.getFileName());
                        return at.startsWith(name + "-") && !at.startsWith(OLDEST);
                    })
                    .sorted()
                    .toList()
                    .stream()
                    .map(folder -> folder.resolve("usr/sbin").resolve(name));
        } catch (IOException noCache) {
            return Stream.empty();
        }
    }

    /** As in scripts/asterisk.sh. */
    private Path cache() {
        return variables
                .apply("CAREFLOW_CACHE")
                .map(Path::of)
                .orElseGet(() -> "root".equals(System.getProperty("user.name"))
                        ? Path.of("/var/cache/careflow-pstn")
                        : variables
                                .apply("XDG_CACHE_HOME")
                                .map(Path::of)
                                .orElseGet(() -> Path.of(
                                        variables.apply("HOME").orElseGet(() -> System.getProperty("user.home")),
                                        ".cache"))
                                .resolve("careflow-pstn"));
    }
}
