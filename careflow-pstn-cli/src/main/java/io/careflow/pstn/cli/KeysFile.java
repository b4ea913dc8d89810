package io.careflow.pstn.cli;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * Reads a file of dotted keys: a JSON object where it begins with a brace, else properties; UTF-8. In JSON {@code {"a": {"b":
 * 1}}} is the key {@code a.b}, and an array of words the words with commas between them; other arrays count their elements from 0.
 */
final class KeysFile {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private KeysFile() {}

    /** @throws BadUsage if the file cannot be read */
    static Map<String, String> read(String what, Path path) {
        try {
            String text = Files.readString(path, StandardCharsets.UTF_8);
            return text.stripLeading().startsWith("{") ? json(text) : properties(text);
        } catch (NoSuchFileException e) {
            throw new BadUsage(what + " " + path + " does not exist", e);
        } catch (JsonProcessingException e) {
            throw new BadUsage(
                    what + " " + path + " is no JSON object: wrong at line "
                            + e.getLocation().getLineNr(),
                    e);
        } catch (IOException | IllegalArgumentException e) {
            throw new BadUsage(what + " " + path + " cannot be read; expected properties or JSON in UTF-8", e);
        }
    }

    private static Map<String, String> properties(String text) throws IOException {
        Properties read = new Properties();
        read.load(new StringReader(text));
        Map<String, String> values = new TreeMap<>();
        read.stringPropertyNames().forEach(key -> values.put(key, read.getProperty(key)));
        return values;
    }

    private static Map<String, String> json(String text) throws JsonProcessingException {
        Map<String, String> values = new TreeMap<>();
        flatten("", JSON.readTree(text), values);
        return values;
    }

    private static void flatten(String key, JsonNode node, Map<String, String> values) {
        if (node.isObject()) {
            node.properties()
                    .forEach(field -> flatten(
                            key.isEmpty() ? field.getKey() : key + "." + field.getKey(), field.getValue(), values));
        } else if (node.isArray() && (node.isEmpty() || node.get(0).isValueNode())) {
            StringBuilder words = new StringBuilder();
            node.forEach(each -> words.append(words.isEmpty() ? "" : ",").append(each.asText()));
            values.put(key, words.toString());
        } else if (node.isArray()) {
            for (int at = 0; at < node.size(); at++) {
                flatten(key + "." + at, node.get(at), values);
            }
        } else if (!node.isNull()) {
            values.put(key, node.asText());
        }
    }
}
