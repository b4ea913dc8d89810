package io.careflow.pstn.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;

/** JSON into a tree, by Jackson as its defaults are. Thread-safe. */
final class TreeReader {
    private final ObjectMapper mapper = new ObjectMapper();

    JsonNode read(byte[] json) {
        try {
            return mapper.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
