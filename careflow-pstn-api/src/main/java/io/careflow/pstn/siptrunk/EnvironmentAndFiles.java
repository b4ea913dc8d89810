package io.careflow.pstn.siptrunk;

import io.careflow.pstn.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Secrets of variables and files. */
final class EnvironmentAndFiles implements SecretSource {
    private static final long LONGEST = 10_000;

    private final Map<String, String> environment;

    EnvironmentAndFiles(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Secret secret(SecretRef reference) {
        String text = reference.text();
        String place = text.substring(text.indexOf(':') + 1);
        String value = text.startsWith("env:") ? environment.get(place) : firstLine(reference, Path.of(place));
        if (value == null || value.isEmpty()) {
            throw new IllegalArgumentException("there is no secret at " + reference);
        }
        return Secret.of(value);
    }

    private static String firstLine(SecretRef reference, Path file) {
        try {
            if (Files.size(file) > LONGEST) {
                throw new IllegalArgumentException(
                        "the file of " + reference + " has more than " + LONGEST + " bytes; it holds no secret");
            }
            return Files.readString(file).lines().findFirst().orElse("");
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "the secret at " + reference + " cannot be read: "
                            + e.getClass().getSimpleName(),
                    e);
        }
    }
}
