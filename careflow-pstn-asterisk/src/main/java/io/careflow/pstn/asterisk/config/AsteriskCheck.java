package io.careflow.pstn.asterisk.config;

import io.careflow.pstn.asterisk.config.ConfigFinding.Severity;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Lets a real Asterisk load a configuration of {@link AsteriskConfig}, in a scratch folder, on loopback addresses and under the
 * user that runs this program. It does not register anywhere and probes nobody; names of carriers' servers are looked up, and
 * one that is not found is a finding. Thread-safe.
 *
 * <p>The program may be the system's ({@code /usr/sbin/asterisk}), or that of a folder with its own libraries.
 */
public final class AsteriskCheck implements ConfigCheck {
    private static final List<String> FOLDERS =
            List.of("etc", "lib/keys", "spool", "run", "log", "data/agi-bin", "cache");
    // Asterisk complains about the absence of these, whether they are needed or not.
    private static final List<String> SECTIONED =
            List.of("ccss.conf", "cdr.conf", "cel.conf", "features.conf", "manager.conf", "sorcery.conf", "udptl.conf");
    private static final List<String> BARE = List.of(
            "acl.conf",
            "extconfig.conf",
            "geolocation.conf",
            "pjproject.conf",
            "pjsip_notify.conf",
            "sip_notify.conf",
            "stasis.conf",
            "websocket_client.conf");
    // Only some versions have them, and need them then.
    private static final List<String> HELPERS = List.of("res_websocket_client", "res_geolocation");
    private static final String INDICATIONS = """
            [general]
            country = us
            [us]
            description = United States / North America
            ringcadence = 2000,4000
            dial = 350+440
            busy = 480+620/500,0/500
            ring = 440+480/2000,0/4000
            congestion = 480+620/250,0/250
            """;
    private static final String MODULES = "careflow_modules.conf";

    private final Duration limit;

    /** A check that gives Asterisk 60 seconds to start. */
    public AsteriskCheck() {
        this(Duration.ofSeconds(60));
    }

    /**
     * A check with another limit.
     *
     * @param limit how long Asterisk may take to start; looking up names that nobody answers for takes its time
     */
    public AsteriskCheck(Duration limit) {
        this.limit = Objects.requireNonNull(limit, "limit");
    }

    @Override
    public List<ConfigFinding> check(RenderedConfig config, Path program) throws IOException, InterruptedException {
        if (config.file("extensions.conf").isEmpty() || config.file(MODULES).isEmpty()) {
            throw new IllegalArgumentException("this is no configuration of Asterisk; it has no extensions.conf");
        }
        AsteriskInstallation asterisk = AsteriskInstallation.of(program);
        Path scratch = Files.createTempDirectory("cf-chk-");
        try {
            write(config, asterisk, scratch);
            return run(config, asterisk, scratch);
        } finally {
            delete(scratch);
        }
    }

    private List<ConfigFinding> run(RenderedConfig config, AsteriskInstallation asterisk, Path scratch)
            throws IOException, InterruptedException {
        String main = scratch.resolve("etc/asterisk.conf").toString();
        Path console = scratch.resolve("console");
        Process daemon = start(asterisk.command("-f", "-C", main), console);
        List<ConfigFinding> found = new ArrayList<>();
        try {
            boolean up = awaitBooted(daemon, asterisk.command("-C", main, "-rx", "core waitfullybooted"), scratch);
            if (!up) {
                found.add(new ConfigFinding(
                        Severity.ERROR,
                        null,
                        0,
                        (daemon.isAlive()
                                        ? "Asterisk has not started within " + limit.toSeconds() + " seconds"
                                        : "Asterisk ended with status " + daemon.exitValue())
                                + "; it said: " + tail(console)));
            }
        } finally {
            stop(daemon);
        }
        found.addAll(0, new ComplaintReader(config).read(lines(scratch.resolve("log/full"))));
        return List.copyOf(found);
    }

    /** Asks until it is up, as the socket to ask on comes late. */
    private boolean awaitBooted(Process daemon, List<String> question, Path scratch)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        Path answer = scratch.resolve("answer");
        while (System.nanoTime() - deadline < 0) {
            if (daemon.waitFor(200, TimeUnit.MILLISECONDS)) {
                return false;
            }
            Process asked = start(question, answer);
            try {
                if (asked.waitFor(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS)
                        && asked.exitValue() == 0
                        && String.join(" ", lines(answer)).contains("fully booted")) {
                    return true;
                }
            } finally {
                asked.destroyForcibly();
            }
        }
        return false;
    }

    private static Process start(List<String> command, Path output) throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(Redirect.appendTo(output.toFile()))
                .start();
    }

    private static void stop(Process daemon) throws InterruptedException {
        daemon.destroy();
        if (!daemon.waitFor(5, TimeUnit.SECONDS)) {
            daemon.destroyForcibly();
            if (!daemon.waitFor(5, TimeUnit.SECONDS)) {
                throw new IllegalStateException("Asterisk with process id " + daemon.pid() + " does not end");
            }
        }
    }

    private static void write(RenderedConfig config, AsteriskInstallation asterisk, Path scratch) throws IOException {
        for (String folder : FOLDERS) {
            Files.createDirectories(scratch.resolve(folder));
        }
        for (String shared : List.of("documentation", "rest-api")) {
            if (Files.exists(asterisk.share().resolve(shared))) {
                Files.createSymbolicLink(
                        scratch.resolve("data").resolve(shared),
                        asterisk.share().resolve(shared));
            }
        }
        Map<String, String> files = new LinkedHashMap<>();
        SECTIONED.forEach(name -> files.put(name, "[general]\n"));
        BARE.forEach(name -> files.put(name, "; nothing\n"));
        Path hold = Files.createDirectories(scratch.resolve("hold"));
        Files.write(hold.resolve("hold.ulaw"), new byte[1600]);
        files.put("musiconhold.conf", "[general]\n[default]\nmode = files\ndirectory = " + hold + "\n");
        files.put("amd.conf", "[general]\n");
        files.put("indications.conf", INDICATIONS);
        files.put("logger.conf", "[general]\ndateformat = %F %T\n[logfiles]\nfull => warning,error\n");
        files.putAll(new HarmlessCopy(config).files());
        files.put("modules.conf", modules(files.getOrDefault(MODULES, ""), asterisk));
        files.put("asterisk.conf", main(asterisk, scratch));
        List<RenderedFile> all = files.entrySet().stream()
                .map(file -> new RenderedFile(file.getKey(), file.getValue(), true))
                .toList();
        new RenderedConfig(all).writeTo(scratch.resolve("etc"));
    }

    private static String modules(String needed, AsteriskInstallation asterisk) {
        StringBuilder text = new StringBuilder("[modules]\nautoload = no\n#include \"" + MODULES + "\"\n");
        for (String helper : HELPERS) {
            if (asterisk.has(helper) && !needed.contains(helper + ".so")) {
                text.append("load = ").append(helper).append(".so\n");
            }
        }
        return text.toString();
    }

    private static String main(AsteriskInstallation asterisk, Path scratch) {
        Map<String, Path> folders = new LinkedHashMap<>();
        folders.put("astcachedir", scratch.resolve("cache"));
        folders.put("astetcdir", scratch.resolve("etc"));
        folders.put("astmoddir", asterisk.modules());
        folders.put("astvarlibdir", scratch.resolve("lib"));
        folders.put("astdbdir", scratch.resolve("lib"));
        folders.put("astkeydir", scratch.resolve("lib"));
        folders.put("astdatadir", scratch.resolve("data"));
        folders.put("astagidir", scratch.resolve("data/agi-bin"));
        folders.put("astspooldir", scratch.resolve("spool"));
        folders.put("astrundir", scratch.resolve("run"));
        folders.put("astlogdir", scratch.resolve("log"));
        StringBuilder text = new StringBuilder("[directories]\n");
        folders.forEach(
                (name, path) -> text.append(name).append(" => ").append(path).append('\n'));
        return text.append("[options]\nnocolor = yes\nverbose = 0\ndebug = 0\nhighpriority = no\n")
                .append("systemname = check\nentityid = 02:00:00:00:00:01\n")
                .toString();
    }

    private static String tail(Path file) throws IOException {
        List<String> all = lines(file);
        return String.join(" / ", all.subList(Math.max(0, all.size() - 3), all.size()));
    }

    private static List<String> lines(Path file) throws IOException {
        return Files.exists(file) ? Files.readAllLines(file, StandardCharsets.ISO_8859_1) : List.of();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
