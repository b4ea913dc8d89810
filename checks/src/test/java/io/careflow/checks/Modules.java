package io.careflow.checks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where the modules are. */
final class Modules {
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    static final List<String> PUBLISHED = List.of(
            "api",
            "http",
            "twilio",
            "telnyx",
            "voipms",
            "asterisk",
            "jdbc",
            "micrometer",
            "csv",
            "stir",
            "report",
            "tck",
            "cli");

    private Modules() {}

    static Path folder(String module) {
        Path folder = ROOT.resolve("careflow-pstn-" + module);
        if (!Files.isDirectory(folder)) {
            throw new IllegalStateException("no module in " + folder);
        }
        return folder;
    }
}
