package io.careflow.pstn.benchmarks;

import io.careflow.pstn.lab.AsteriskServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What the figures were measured on. */
final class Machine {

    private Machine() {}

    /** Facts that do not change while we run, and the load of others before we began. */
    static List<String> facts() {
        return List.of(
                "machine: " + Runtime.getRuntime().availableProcessors() + " cores, "
                        + field("/proc/cpuinfo", "model name") + ", " + field("/proc/meminfo", "MemTotal") + ", Linux "
                        + System.getProperty("os.version"),
                "load before: " + read("/proc/loadavg").strip(),
                "java: " + System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
    }

    static String asterisk(AsteriskServer server) {
        return "asterisk: "
                + server.cli("core show version").lines().findFirst().orElse("unknown");
    }

    /** Waits until others use less than this share of one core, in percent, or the patience ends. */
    static void awaitQuiet(int percent, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        long used;
        do {
            long before = Usage.machineMillis();
            Testbed.pause(Duration.ofSeconds(1));
            used = (Usage.machineMillis() - before) / 10;
        } while (used >= percent && System.nanoTime() < end);
    }

    private static String field(String file, String name) {
        return read(file)
                .lines()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("unknown");
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
