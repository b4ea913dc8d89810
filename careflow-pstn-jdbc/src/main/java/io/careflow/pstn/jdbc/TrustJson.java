package io.careflow.pstn.jdbc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.careflow.pstn.call.Attestation;
import io.careflow.pstn.call.CallerTrust;
import io.careflow.pstn.call.CallerTrust.Level;
import io.careflow.pstn.call.CallerTrust.Source;
import org.jspecify.annotations.Nullable;

/** How far a caller's number is to be believed, as JSON: in the column {@code pstn_cdr.caller_trust} and in the spool. Thread-safe. */
final class TrustJson {
    private final ObjectMapper mapper;

    TrustJson(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    /** Null where nobody looked. */
    @Nullable
    String write(@Nullable CallerTrust trust) {
        return trust == null ? null : node(trust).toString();
    }

    /**
     * Reads it back; null of a row that was written before it was kept.
     *
     * @throws IllegalArgumentException if it is no such thing
     */
    @Nullable
    CallerTrust read(@Nullable String json) {
        if (json == null) {
            return null;
        }
        try {
            return trust(mapper.readTree(json));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("caller trust is not JSON", e);
        }
    }

    ObjectNode node(CallerTrust trust) {
        return mapper.createObjectNode()
                .put("level", trust.level().name())
                .put("attestation", trust.attestation().name())
                .put("origid", trust.origid())
                .put("source", trust.source().name())
                .put("reason", trust.reason())
                .put("raw", trust.raw());
    }

    static @Nullable CallerTrust trust(JsonNode json) {
        return json.isMissingNode() || json.isNull()
                ? null
                : new CallerTrust(
                        Level.valueOf(LegsJson.text(json, "level")),
                        Attestation.valueOf(LegsJson.text(json, "attestation")),
                        LegsJson.textOrNull(json, "origid"),
                        Source.valueOf(LegsJson.text(json, "source")),
                        LegsJson.text(json, "reason"),
                        LegsJson.textOrNull(json, "raw"));
    }

    /** As the database gives it back: no characters that it cannot hold. */
    static @Nullable CallerTrust stored(@Nullable CallerTrust trust) {
        return trust == null
                ? null
                : new CallerTrust(
                        trust.level(),
                        trust.attestation(),
                        StoredForm.text(trust.origid()),
                        trust.source(),
                        StoredForm.clean(trust.reason()),
                        StoredForm.text(trust.raw()));
    }
}
