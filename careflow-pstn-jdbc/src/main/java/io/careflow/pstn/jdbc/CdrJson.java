package io.careflow.pstn.jdbc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.Direction;
import io.careflow.pstn.call.Disposition;
import io.careflow.pstn.call.Party;
import io.careflow.pstn.call.ReleasedBy;
import io.careflow.pstn.cdr.Cdr;
import io.careflow.pstn.cdr.CdrCost;
import io.careflow.pstn.cdr.CdrTimes;
import io.careflow.pstn.money.Money;
import java.math.BigDecimal;
import java.net.URI;

/**
 * A record as JSON for the spool, version {@value #VERSION}. Every later version must go on reading every earlier one. Amounts
 * are texts, instants ISO 8601 in UTC; pure ASCII, so that no text of a carrier can break it. Thread-safe.
 */
final class CdrJson {
    static final int VERSION = 1;

    private final JsonMapper mapper =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
    private final LegsJson legs = new LegsJson(mapper);
    private final AttemptsJson attempts = new AttemptsJson(mapper, legs);
    private final TrustJson trust = new TrustJson(mapper);

    byte[] write(Cdr cdr) {
        ObjectNode json = mapper.createObjectNode().put("version", VERSION);
        json.put("provider", cdr.call().provider().value())
                .put("call", cdr.call().id());
        json.put("tenant", cdr.tenant().value())
                .put("direction", cdr.direction().name());
        json.put("carrier", cdr.carrier());
        json.set("from", party(cdr.from()));
        json.set("to", party(cdr.to()));
        json.put("typed", cdr.typed()).put("user", cdr.userId());
        json.set("times", times(cdr.times()));
        json.put("disposition", cdr.disposition().name());
        json.set("cause", legs.cause(cdr.cause()));
        json.put("releasedBy", cdr.releasedBy().name());
        json.set("legs", legs.nodes(cdr.legs()));
        json.put("recording", cdr.recording() == null ? null : cdr.recording().toString());
        json.set("cost", cost(cdr.cost()));
        if (!cdr.attempts().isEmpty()) {
            json.set("attempts", attempts.nodes(cdr.attempts()));
        }
        if (cdr.trust() != null) {
            json.set("trust", trust.node(cdr.trust()));
        }
        try {
            return mapper.writeValueAsBytes(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError("a tree of texts and numbers can always be written", e);
        }
    }

    /**
     * Reads a record back.
     *
     * @throws IllegalArgumentException if it is none, or of a version that is not known yet
     */
    Cdr read(byte[] bytes) {
        JsonNode json;
        try {
            json = mapper.readTree(bytes);
        } catch (java.io.IOException e) {
            throw new IllegalArgumentException("not JSON", e);
        }
        int version = json.path("version").asInt();
        if (version != VERSION) {
            throw new IllegalArgumentException(
                    "version " + version + " of the record is not known; known is " + VERSION);
        }
        try {
            return cdr(json);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("not a record: " + e.getClass().getSimpleName(), e);
        }
    }

    private Cdr cdr(JsonNode json) {
        String recording = LegsJson.textOrNull(json, "recording");
        return new Cdr(
                new CallRef(new ProviderId(LegsJson.text(json, "provider")), LegsJson.text(json, "call")),
                new TenantId(LegsJson.text(json, "tenant")),
                Direction.valueOf(LegsJson.text(json, "direction")),
                LegsJson.textOrNull(json, "carrier"),
                party(json.required("from")),
                party(json.required("to")),
                LegsJson.textOrNull(json, "typed"),
                LegsJson.textOrNull(json, "user"),
                times(json.required("times")),
                Disposition.valueOf(LegsJson.text(json, "disposition")),
                legs.cause(json.required("cause")),
                ReleasedBy.valueOf(LegsJson.text(json, "releasedBy")),
                legs.legs(json.required("legs")),
                recording == null ? null : URI.create(recording),
                cost(json.required("cost")),
                attempts.attempts(json.path("attempts")),
                TrustJson.trust(json.path("trust")));
    }

    private ObjectNode party(Party party) {
        return mapper.createObjectNode().put("address", party.address()).put("name", party.displayName());
    }

    private static Party party(JsonNode json) {
        return new Party(LegsJson.text(json, "address"), LegsJson.textOrNull(json, "name"));
    }

    private ObjectNode times(CdrTimes times) {
        ObjectNode json = mapper.createObjectNode();
        LegsJson.put(json, "started", times.started());
        LegsJson.put(json, "pickedUp", times.pickedUp());
        LegsJson.put(json, "ringing", times.ringing());
        LegsJson.put(json, "ringEnded", times.ringEnded());
        LegsJson.put(json, "answered", times.answered());
        LegsJson.put(json, "talkEnded", times.talkEnded());
        LegsJson.put(json, "ended", times.ended());
        return json.put("endExact", times.endExact());
    }

    private static CdrTimes times(JsonNode json) {
        return new CdrTimes(
                LegsJson.time(json, "started"),
                LegsJson.timeOrNull(json, "pickedUp"),
                LegsJson.timeOrNull(json, "ringing"),
                LegsJson.timeOrNull(json, "ringEnded"),
                LegsJson.timeOrNull(json, "answered"),
                LegsJson.timeOrNull(json, "talkEnded"),
                LegsJson.time(json, "ended"),
                json.required("endExact").booleanValue());
    }

    private ObjectNode cost(CdrCost cost) {
        Money amount = cost.amount();
        BigDecimal exact = cost.exact();
        return mapper.createObjectNode()
                .put("amount", amount == null ? null : amount.amount().toPlainString())
                .put("currency", amount == null ? null : amount.currency().getCurrencyCode())
                .put("exact", exact == null ? null : exact.toPlainString())
                .put("explanation", cost.explanation());
    }

    private static CdrCost cost(JsonNode json) {
        String exact = LegsJson.textOrNull(json, "exact");
        String explanation = LegsJson.text(json, "explanation");
        return exact == null
                ? new CdrCost(null, null, explanation)
                : new CdrCost(
                        Money.of(LegsJson.text(json, "amount"), LegsJson.text(json, "currency")),
                        new BigDecimal(exact),
                        explanation);
    }
}
