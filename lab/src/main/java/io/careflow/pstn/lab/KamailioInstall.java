package io.careflow.pstn.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A Kamailio on this machine: a folder made by {@code scripts/setup.sh}, whose programs run on the folder's own libraries, or the
 * one of the distribution (home {@code /}).
 *
 * <p>Looked for in this order: system property {@code careflow.kamailio.home}, environment variable
 * {@code CAREFLOW_KAMAILIO_HOME}, the folder of the cache, {@code /usr/sbin/kamailio}.
 */
public final class KamailioInstall {

    private final Path home;

    private KamailioInstall(Path home) {
        this.home = home;
    }

    /** The Kamailio to use. */
    public static KamailioInstall find() {
        String configured = System.getProperty(
                "careflow.kamailio.home",
                Optional.ofNullable(System.getenv("CAREFLOW_KAMAILIO_HOME")).orElse(""));
        if (!configured.isEmpty()) {
            return at(Path.of(configured));
        }
        try (Stream<Path> folders = Files.list(AsteriskInstall.cache())) {
            Optional<Path> cached = folders.filter(
                            folder -> folder.getFileName().toString().startsWith("kamailio-") && usable(folder))
                    .findFirst();
            if (cached.isPresent()) {
                return new KamailioInstall(cached.get());
            }
        } catch (IOException noCache) {
            // The distribution may have one.
        }
        return at(Path.of("/"));
    }

    /** The Kamailio in a given folder. */
    public static KamailioInstall at(Path home) {
        if (!usable(home)) {
            throw new LabException("no Kamailio in " + home + "; run scripts/setup.sh");
        }
        return new KamailioInstall(home);
    }

    private static boolean usable(Path home) {
        return Files.isExecutable(home.resolve("usr/sbin/kamailio"));
    }

    /** The folder, {@code /} for the distribution's own. */
    public Path home() {
        return home;
    }

    /** The version, for example {@code 5.6.3}. */
    public String version() {
        return Child.output(Duration.ofSeconds(10), command("kamailio", "-v"))
                .replaceFirst("(?s)^version: kamailio (\\S+) .*$", "$1");
    }

    /** The command line of one of its programs, {@code kamailio} (with the folder of modules) or {@code kamcmd}. */
    public List<String> command(String program, String... arguments) {
        List<String> command = new ArrayList<>();
        boolean own = !home.equals(Path.of("/"));
        if (own) {
            command.addAll(List.of(
                    home.resolve("ld.so").toString(),
                    "--library-path",
                    library("libc.so.6").getParent() + ":" + library("kamailio") + ":" + home.resolve("usr/lib")));
        }
        command.add(home.resolve("usr/sbin").resolve(program).toString());
        if (own && program.equals("kamailio")) {
            command.addAll(List.of("-L", library("kamailio/modules") + "/"));
        }
        command.addAll(List.of(arguments));
        return command;
    }

    private Path library(String file) {
        try (Stream<Path> folders = Files.list(home.resolve("usr/lib"))) {
            return Stream.concat(Stream.of(home.resolve("usr/lib")), folders)
                    .map(folder -> folder.resolve(file))
                    .filter(Files::exists)
                    .findFirst()
                    .orElseThrow(() -> new LabException("Kamailio in " + home + " has no " + file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
