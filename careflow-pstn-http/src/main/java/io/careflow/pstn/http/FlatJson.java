package io.careflow.pstn.http;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads a JSON object as keys and values: {@code {"auth": {"mode": "IP"}, "endpoints": [{"port": 5060}]}} is {@code auth.mode=IP} and
 * {@code endpoints.0.port=5060}, as readers of properties take them. Decimals stay exact, null is absent, and nothing is read twice.
 * Immutable and thread-safe.
 */
public final class FlatJson {
    private final JsonMapper mapper = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    /**
     * The keys and values, in the order of the text.
     *
     * @throws IllegalArgumentException if the text is no JSON object, or names a key twice; its values are not repeated
     */
    public Map<String, String> read(String json) {
        JsonNode tree;
        try {
            tree = mapper.readTree(json);
        } catch (JacksonException e) {
            String where = e.getLocation() == null
                    ? ""
                    : " at line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr();
            throw new IllegalArgumentException("not the expected JSON object, or one that names a key twice" + where);
        }
        if (!tree.isObject()) {
            throw new IllegalArgumentException("the JSON is no object; expected one such as {\"id\": \"siproute\"}");
        }
        Map<String, String> flat = new LinkedHashMap<>();
        flatten("", tree, flat);
        return flat;
    }

    private static void flatten(String key, JsonNode node, Map<String, String> flat) {
        if (node.isObject()) {
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                flatten(key.isEmpty() ? field.getKey() : key + "." + field.getKey(), field.getValue(), flat);
            }
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                flatten(key + "." + i, node.get(i), flat);
            }
        } else if (!node.isNull()) {
            String value = node.isBigDecimal() ? node.decimalValue().toPlainString() : node.asText();
            if (flat.put(key, value) != null) {
                throw new IllegalArgumentException("the JSON names the key " + key + " twice");
            }
        }
    }
}
