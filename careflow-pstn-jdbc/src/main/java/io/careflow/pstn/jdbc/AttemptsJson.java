package io.careflow.pstn.jdbc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.call.NeutralCause;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.routing.CauseVerdict;
import io.careflow.pstn.routing.FailoverClass;
import io.careflow.pstn.routing.FailoverDecision.Move;
import io.careflow.pstn.routing.RouteAttempt;
import io.careflow.pstn.routing.TriedRoute;
import io.careflow.pstn.trunk.TrunkRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The attempts of a record as JSON: in the column {@code pstn_cdr.attempts} and in the spool. Besides what is read back it holds the
 * milliseconds that queries add up. Thread-safe.
 */
final class AttemptsJson {
    private final ObjectMapper mapper;
    private final LegsJson parts;

    AttemptsJson(ObjectMapper mapper, LegsJson parts) {
        this.mapper = mapper;
        this.parts = parts;
    }

    /** Null where there are none. */
    @Nullable
    String write(List<TriedRoute> attempts) {
        return attempts.isEmpty() ? null : nodes(attempts).toString();
    }

    /**
     * Reads the attempts back; none of a row that was written before they were kept.
     *
     * @throws IllegalArgumentException if they are no attempts
     */
    List<TriedRoute> read(@Nullable String json) {
        if (json == null) {
            return List.of();
        }
        try {
            return attempts(mapper.readTree(json));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("attempts are not JSON", e);
        }
    }

    ArrayNode nodes(List<TriedRoute> attempts) {
        ArrayNode array = mapper.createArrayNode();
        for (TriedRoute tried : attempts) {
            RouteAttempt attempt = tried.attempt();
            ObjectNode json = array.addObject();
            json.put("number", attempt.number())
                    .put("route", attempt.route())
                    .put("provider", attempt.provider().value())
                    .put(
                            "trunk",
                            attempt.trunk() == null ? null : attempt.trunk().id())
                    .put("line", tried.line())
                    .put("cause", attempt.verdict().cause().name())
                    .put("failover", attempt.verdict().failover().name())
                    .put(
                            "effect",
                            attempt.effect() == null ? null : attempt.effect().name())
                    .put("because", attempt.because())
                    .put("called", tried.called())
                    .put("stood", tried.stood())
                    .put("move", tried.move().name())
                    .put("delay_ms", tried.delayMillis().orElse(null))
                    .put("talk_ms", tried.talkMillis());
            json.set("network", parts.cause(attempt.network()));
            LegsJson.put(json, "began", tried.began());
            LegsJson.put(json, "rang", tried.rang());
            LegsJson.put(json, "answered", tried.answered());
            LegsJson.put(json, "ended", tried.ended());
        }
        return array;
    }

    List<TriedRoute> attempts(JsonNode array) {
        List<TriedRoute> attempts = new ArrayList<>(array.size());
        for (JsonNode json : array) {
            attempts.add(attempt(json));
        }
        return attempts;
    }

    private TriedRoute attempt(JsonNode json) {
        ProviderId provider = new ProviderId(LegsJson.text(json, "provider"));
        String trunk = LegsJson.textOrNull(json, "trunk");
        String effect = LegsJson.textOrNull(json, "effect");
        RouteAttempt attempt = new RouteAttempt(
                json.required("number").intValue(),
                LegsJson.text(json, "route"),
                provider,
                trunk == null ? null : new TrunkRef(provider, trunk),
                new CauseVerdict(
                        NeutralCause.valueOf(LegsJson.text(json, "cause")),
                        FailoverClass.valueOf(LegsJson.text(json, "failover"))),
                parts.cause(json.required("network")),
                effect == null ? null : Effect.valueOf(effect),
                LegsJson.text(json, "because"));
        return new TriedRoute(
                attempt,
                LegsJson.text(json, "called"),
                LegsJson.text(json, "stood"),
                LegsJson.time(json, "began"),
                LegsJson.timeOrNull(json, "rang"),
                LegsJson.timeOrNull(json, "answered"),
                LegsJson.time(json, "ended"),
                Move.valueOf(LegsJson.text(json, "move")));
    }

    /** As the database gives them back: instants in milliseconds, no characters that it cannot hold. */
    static TriedRoute stored(TriedRoute tried) {
        RouteAttempt attempt = tried.attempt();
        TrunkRef trunk = attempt.trunk();
        return new TriedRoute(
                new RouteAttempt(
                        attempt.number(),
                        StoredForm.clean(attempt.route()),
                        attempt.provider(),
                        trunk == null ? null : new TrunkRef(attempt.provider(), StoredForm.clean(trunk.id())),
                        attempt.verdict(),
                        StoredForm.of(attempt.network()),
                        attempt.effect(),
                        StoredForm.clean(attempt.because())),
                StoredForm.clean(tried.called()),
                StoredForm.clean(tried.stood()),
                Objects.requireNonNull(Sql.millis(tried.began())),
                Sql.millis(tried.rang()),
                Sql.millis(tried.answered()),
                Objects.requireNonNull(Sql.millis(tried.ended())),
                tried.move());
    }
}
