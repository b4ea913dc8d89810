package io.careflow.pstn.jdbc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.cdr.CdrLeg;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The legs of a record as JSON: in the column {@code pstn_cdr.legs} and in the spool. Thread-safe. */
final class LegsJson {
    private final ObjectMapper mapper;

    LegsJson(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    String write(List<CdrLeg> legs) {
        return nodes(legs).toString();
    }

    /**
     * Reads the legs back.
     *
     * @throws IllegalArgumentException if they are none
     */
    List<CdrLeg> read(String json) {
        try {
            return legs(mapper.readTree(json));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("legs are not JSON", e);
        }
    }

    ArrayNode nodes(List<CdrLeg> legs) {
        ArrayNode array = mapper.createArrayNode();
        for (CdrLeg leg : legs) {
            ObjectNode json = array.addObject();
            json.put("leg", leg.leg()).put("destination", leg.destination());
            put(json, "dialled", leg.dialled());
            put(json, "ringing", leg.ringing());
            put(json, "answered", leg.answered());
            put(json, "ended", leg.ended());
            json.set("cause", cause(leg.cause()));
        }
        return array;
    }

    List<CdrLeg> legs(JsonNode array) {
        List<CdrLeg> legs = new ArrayList<>(array.size());
        for (JsonNode json : array) {
            legs.add(new CdrLeg(
                    text(json, "leg"),
                    text(json, "destination"),
                    timeOrNull(json, "dialled"),
                    timeOrNull(json, "ringing"),
                    timeOrNull(json, "answered"),
                    timeOrNull(json, "ended"),
                    cause(json.required("cause"))));
        }
        return legs;
    }

    ObjectNode cause(HangupCause cause) {
        return mapper.createObjectNode()
                .put("q850", cause.q850())
                .put("sip", cause.sipStatus())
                .put("text", cause.text());
    }

    HangupCause cause(JsonNode json) {
        JsonNode sip = json.path("sip");
        return new HangupCause(
                json.required("q850").intValue(), sip.isNumber() ? sip.intValue() : null, text(json, "text"));
    }

    static void put(ObjectNode json, String field, @Nullable Instant value) {
        json.put(field, value == null ? null : value.toString());
    }

    static String text(JsonNode json, String field) {
        JsonNode value = json.required(field);
        if (!value.isTextual()) {
            throw new IllegalArgumentException("field " + field + " is not a text");
        }
        return value.textValue();
    }

    static @Nullable String textOrNull(JsonNode json, String field) {
        return json.hasNonNull(field) ? text(json, field) : null;
    }

    static Instant time(JsonNode json, String field) {
        return Instant.parse(text(json, field));
    }

    static @Nullable Instant timeOrNull(JsonNode json, String field) {
        return json.hasNonNull(field) ? time(json, field) : null;
    }
}
