package io.careflow.pstn.cli;

import io.careflow.pstn.http.FlatJson;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** Reads a file of dotted keys: a JSON object where it begins with a brace, else properties; UTF-8. */
final class KeysFile {
    private KeysFile() {}

    /**
     * Reads a file.
     *
     * @param what it is, for messages
     * @throws BadUsage if that is impossible
     */
    static Map<String, String> read(String what, Path path) {
        String text;
        try {
            text = Files.readString(path, StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            throw new BadUsage(what + " " + path + " does not exist", e);
        } catch (IOException e) {
            throw new BadUsage(what + " " + path + " cannot be read; expected properties or JSON in UTF-8", e);
        }
        try {
            return text.stripLeading().startsWith("{") ? new FlatJson().read(text) : properties(text);
        } catch (IOException | IllegalArgumentException e) {
            throw new BadUsage(what + " " + path + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static Map<String, String> properties(String text) throws IOException {
        Properties read = new Properties();
        read.load(new StringReader(text));
        Map<String, String> values = new TreeMap<>();
        read.stringPropertyNames().forEach(key -> values.put(key, read.getProperty(key)));
        return values;
    }
}
