package io.careflow.pstn.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The files of {@code docs/sip-site}, copied to where a test may change them. */
final class ExampleSite {
    static final Map<String, String> SECRETS = Map.of(
            "SIPROUTE_PASSWORD", "pw-of-the-trunk-7",
            "CAREFLOW_ARI_PASSWORD", "pw-of-ari-7",
            "KAMAILIO_KEY", "key-of-kamailio-key-of-kamailio-key-of-7",
            "SIP_PASSWORD_1001", "pw-of-1001-7",
            "SIP_PASSWORD_1002", "pw-of-1002-7");

    private static final Path EXAMPLE = Path.of("..", "docs", "sip-site");

    private ExampleSite() {}

    static Console in(Path folder) {
        Console console = new Console(folder);
        console.environment.putAll(SECRETS);
        for (String name : List.of("office.properties", "siproute.properties", "users.properties")) {
            try {
                Files.copy(EXAMPLE.resolve(name), folder.resolve(name));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return console;
    }

    static void change(Path file, String text, String other) {
        try {
            String before = Files.readString(file);
            if (!before.contains(text)) {
                throw new AssertionError(file + " has no " + text);
            }
            Files.writeString(file, before.replace(text, other));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
