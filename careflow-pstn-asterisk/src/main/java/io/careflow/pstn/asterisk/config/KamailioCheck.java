package io.careflow.pstn.asterisk.config;

import io.careflow.pstn.asterisk.config.ConfigFinding.Severity;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Lets a real Kamailio start on a configuration of {@link KamailioConfig}, in a scratch folder, on loopback addresses and under
 * the user that runs this program. It does not register anywhere and probes nobody; a database of users is connected to.
 * Thread-safe.
 *
 * <p>The program may be the system's ({@code /usr/sbin/kamailio}), or that of a folder with its own libraries.
 */
public final class KamailioCheck implements ConfigCheck {
    private static final int TRIES = 4;
    private static final Duration SETTLED = Duration.ofMillis(1500);

    private final Duration limit;

    /** A check that gives Kamailio 20 seconds to start. */
    public KamailioCheck() {
        this(Duration.ofSeconds(20));
    }

    /**
     * A check with another limit.
     *
     * @param limit how long Kamailio may take to start
     */
    public KamailioCheck(Duration limit) {
        this.limit = Objects.requireNonNull(limit, "limit");
    }

    @Override
    public List<ConfigFinding> check(RenderedConfig config, Path program) throws IOException, InterruptedException {
        RenderedFile script = config.file("kamailio.cfg")
                .orElseThrow(() ->
                        new IllegalArgumentException("this is no configuration of Kamailio; it has no kamailio.cfg"));
        KamailioInstallation kamailio = KamailioInstallation.of(program);
        List<ConfigFinding> found = checkOnce(config, script, kamailio);
        // The ports of the copy were free a moment ago: that another program has one now says nothing of the
        // configuration.
        for (int tries = 1; tries < TRIES && found.stream().anyMatch(KamailioCheck::isPortTaken); tries++) {
            found = checkOnce(config, script, kamailio);
        }
        return found;
    }

    private static boolean isPortTaken(ConfigFinding finding) {
        return finding.message().contains("Address already in use");
    }

    private List<ConfigFinding> checkOnce(RenderedConfig config, RenderedFile script, KamailioInstallation kamailio)
            throws IOException, InterruptedException {
        Path scratch = Files.createTempDirectory("cf-chk-");
        try {
            KamailioScratch copy = new KamailioScratch(config, script, scratch);
            Map<String, RenderedFile> files = new LinkedHashMap<>();
            copy.files().forEach((name, text) -> files.put(name, new RenderedFile(name, text, true)));
            new RenderedConfig(List.copyOf(files.values())).writeTo(scratch);
            return run(new KamailioComplaints(config, scratch), kamailio, scratch);
        } finally {
            delete(scratch);
        }
    }

    private List<ConfigFinding> run(KamailioComplaints complaints, KamailioInstallation kamailio, Path scratch)
            throws IOException, InterruptedException {
        Path log = scratch.resolve("log");
        String folder = scratch.toString();
        Process daemon = new ProcessBuilder(kamailio.command(
                        "-DD", "-E", "-m", "64", "-M", "8", "-f", folder + "/kamailio.cfg", "-Y", folder, "-w", folder))
                .redirectErrorStream(true)
                .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(Redirect.appendTo(log.toFile()))
                .start();
        boolean up;
        try {
            up = awaitUp(daemon, scratch.resolve(KamailioScratch.CONTROL));
        } finally {
            stop(daemon);
        }
        List<String> lines = Files.readAllLines(log, StandardCharsets.ISO_8859_1);
        List<ConfigFinding> found = complaints.read(lines);
        if (!up && found.stream().noneMatch(finding -> finding.severity() == Severity.ERROR)) {
            found.add(new ConfigFinding(
                    Severity.ERROR,
                    null,
                    0,
                    "Kamailio did not start within " + limit.toSeconds() + " seconds, and did not say why"));
        }
        return List.copyOf(found);
    }

    /** Its processes begin their work, and complain about it, after the control socket is there. */
    private boolean awaitUp(Process daemon, Path control) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (System.nanoTime() - deadline < 0) {
            if (daemon.waitFor(50, TimeUnit.MILLISECONDS)) {
                return false;
            }
            if (Files.exists(control)) {
                return !daemon.waitFor(SETTLED.toMillis(), TimeUnit.MILLISECONDS);
            }
        }
        return false;
    }

    private static void stop(Process daemon) throws InterruptedException {
        List<ProcessHandle> children = daemon.descendants().toList();
        daemon.destroy();
        if (!daemon.waitFor(5, TimeUnit.SECONDS)) {
            daemon.destroyForcibly();
            children.forEach(ProcessHandle::destroyForcibly);
            if (!daemon.waitFor(5, TimeUnit.SECONDS)) {
                throw new IllegalStateException("Kamailio with process id " + daemon.pid() + " does not end");
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
