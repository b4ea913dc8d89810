package io.careflow.pstn.http;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Reads and writes JSON. Lenient where carriers grow (unknown fields are kept in trees and ignored in beans), strict where
 * data could be lost (decimals stay exact). Immutable and thread-safe.
 */
public final class Json {
    private final ObjectMapper mapper = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    /** An empty object to fill. */
    public ObjectNode object() {
        return mapper.createObjectNode();
    }

    /** Any value as a tree. */
    public JsonNode tree(Object value) {
        return mapper.valueToTree(value);
    }

    /** Writes a tree as UTF-8. */
    public byte[] write(JsonNode value) {
        try {
            return mapper.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a JSON tree that cannot be written", e);
        }
    }

    /** Reads a tree from UTF-8; an empty text is the missing node. */
    public JsonNode read(byte[] utf8) throws MalformedJson {
        try {
            return mapper.readTree(utf8);
        } catch (IOException e) {
            throw malformed(e);
        }
    }

    /** Reads a tree; an empty text is the missing node. */
    public JsonNode read(String text) throws MalformedJson {
        return read(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Reads a bean or record. */
    public <T> T read(byte[] utf8, Class<T> type) throws MalformedJson {
        try {
            return mapper.readValue(utf8, type);
        } catch (IOException e) {
            throw malformed(e);
        }
    }

    private static MalformedJson malformed(IOException e) {
        if (e instanceof JacksonException j && j.getLocation() != null) {
            return new MalformedJson("not the expected JSON at line "
                    + j.getLocation().getLineNr() + ", column "
                    + j.getLocation().getColumnNr());
        }
        return new MalformedJson("not the expected JSON");
    }
}
