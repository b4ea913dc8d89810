package io.careflow.pstn.cli;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A properties file with settings, or none.
 *
 * @param path where it is, or null if there is none
 * @param values what it says
 */
record SettingsFile(@Nullable Path path, Map<String, String> values) {
    static final SettingsFile NONE = new SettingsFile(null, Map.of());

    SettingsFile {
        values = Map.copyOf(values);
    }

    /** Reads a file in UTF-8. */
    static SettingsFile read(Path path) {
        Properties read = new Properties();
        try (Reader reader = Files.newBufferedReader(path, StandardCharsets.UTF_8)) {
            read.load(reader);
        } catch (NoSuchFileException e) {
            throw new BadUsage("settings file " + path + " does not exist");
        } catch (IOException | IllegalArgumentException e) {
            throw new BadUsage(
                    "settings file " + path + " cannot be read; expected a readable properties file in UTF-8", e);
        }
        Map<String, String> values = new TreeMap<>();
        read.stringPropertyNames()
                .forEach(key -> values.put(key, read.getProperty(key).strip()));
        return new SettingsFile(path, values);
    }

    Optional<String> value(String key) {
        return Optional.ofNullable(values.get(key)).filter(text -> !text.isEmpty());
    }

    /** Whether others than its owner can read or change it, where the file system knows. */
    boolean isOpenToOthers() {
        return path != null && OwnerOnly.isOpenToOthers(path);
    }
}
