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
import org.jspecify.annotations.Nullable;

/**
 * An Asterisk on this machine: either a folder made by {@code scripts/setup.sh}, whose program runs on the folder's own
 * libraries, or the one of the distribution (home {@code /}).
 *
 * <p>Looked for in this order: system property {@code careflow.asterisk.home}, environment variable
 * {@code CAREFLOW_ASTERISK_HOME}, the newest folder of the cache, {@code /usr/sbin/asterisk}. The oldest supported
 * version likewise, with {@code careflow.asterisk.oldest.home} and {@code CAREFLOW_ASTERISK_OLDEST_HOME}.
 */
public final class AsteriskInstall {

    private static final String OLDEST_SUITE = "bullseye";

    private final Path home;

    private AsteriskInstall(Path home) {
        this.home = home;
    }

    /** The Asterisk to use by default. */
    public static AsteriskInstall find() {
        return candidate("careflow.asterisk.home", "CAREFLOW_ASTERISK_HOME", false)
                .or(() -> Optional.of(Path.of("/")).filter(AsteriskInstall::usable))
                .map(AsteriskInstall::new)
                .orElseThrow(() -> new LabException("no Asterisk found; run scripts/setup.sh"));
    }

    /** The oldest Asterisk the project supports, if it was fetched. */
    public static Optional<AsteriskInstall> oldest() {
        return candidate("careflow.asterisk.oldest.home", "CAREFLOW_ASTERISK_OLDEST_HOME", true)
                .map(AsteriskInstall::new);
    }

    /** The Asterisk in a given folder. */
    public static AsteriskInstall at(Path home) {
        if (!usable(home)) {
            throw new LabException("no Asterisk in " + home + "; run scripts/setup.sh");
        }
        return new AsteriskInstall(home);
    }

    private static Optional<Path> candidate(String property, String variable, boolean oldest) {
        String configured = System.getProperty(
                property, Optional.ofNullable(System.getenv(variable)).orElse(""));
        if (!configured.isEmpty()) {
            return Optional.of(at(Path.of(configured)).home);
        }
        try (Stream<Path> folders = Files.list(cache())) {
            return folders.filter(folder -> {
                        String name = folder.getFileName().toString();
                        return name.startsWith("asterisk-")
                                && name.startsWith("asterisk-" + OLDEST_SUITE + "-") == oldest
                                && usable(folder);
                    })
                    .findFirst();
        } catch (IOException noCache) {
            return Optional.empty();
        }
    }

    /** What this user's set-up fetches and unpacks; the same folder as in {@code scripts/asterisk.sh}. */
    static Path cache() {
        String explicit = System.getenv("CAREFLOW_CACHE");
        if (explicit != null && !explicit.isEmpty()) {
            return Path.of(explicit);
        }
        if ("root".equals(System.getProperty("user.name"))) {
            return Path.of("/var/cache/careflow-pstn");
        }
        String xdg = System.getenv("XDG_CACHE_HOME");
        if (xdg != null && !xdg.isEmpty()) {
            return Path.of(xdg, "careflow-pstn");
        }
        String home = System.getenv("HOME");
        return Path.of(home == null ? System.getProperty("user.home") : home, ".cache", "careflow-pstn");
    }

    private static boolean usable(Path home) {
        return Files.isExecutable(home.resolve("usr/sbin/asterisk"));
    }

    /** The folder, {@code /} for the distribution's own Asterisk. */
    public Path home() {
        return home;
    }

    /** The version as Asterisk prints it, for example {@code 22.10.1}. */
    public String version() {
        String text = Child.output(Duration.ofSeconds(10), command("-V")).strip();
        return text.replaceFirst("^Asterisk ", "").replaceFirst("[~+-].*$", "");
    }

    /** First number of the version. */
    public int majorVersion() {
        return Integer.parseInt(version().replaceFirst("\\..*$", ""));
    }

    List<String> command(String... arguments) {
        List<String> command = new ArrayList<>();
        Path loader = loader();
        if (loader != null) {
            Path libraries = library("libc.so.6");
            command.addAll(List.of(
                    loader.toString(),
                    "--library-path",
                    (libraries == null ? "" : libraries.getParent() + ":") + home.resolve("usr/lib")));
        }
        command.add(home.resolve("usr/sbin/asterisk").toString());
        command.addAll(List.of(arguments));
        return command;
    }

    Path modules() {
        Path folder = library("asterisk/modules");
        if (folder == null || !Files.exists(folder.resolve("chan_pjsip.so"))) {
            throw new LabException("Asterisk in " + home + " has no chan_pjsip module; install asterisk-modules");
        }
        return folder.toAbsolutePath();
    }

    Path share() {
        return home.resolve("usr/share/asterisk");
    }

    private @Nullable Path loader() {
        if (home.equals(Path.of("/"))) {
            return null;
        }
        Path made = home.resolve("ld.so");
        if (!Files.exists(made)) {
            throw new LabException(home + " is not complete (no ld.so); delete it and run scripts/setup.sh");
        }
        return made;
    }

    /** The file below usr/lib, or below usr/lib and the folder of the processor's architecture. */
    private @Nullable Path library(String file) {
        Path plain = home.resolve("usr/lib").resolve(file);
        if (Files.exists(plain)) {
            return plain;
        }
        try (Stream<Path> folders = Files.list(home.resolve("usr/lib"))) {
            return folders.map(folder -> folder.resolve(file))
                    .filter(Files::exists)
                    .findFirst()
                    .orElse(null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
