package io.careflow.pstn.telnyx;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.call.Attestation;
import io.careflow.pstn.call.CallNote;
import io.careflow.pstn.call.CallerTrust;
import io.careflow.pstn.call.Disposition;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.flow.Pause;
import io.careflow.pstn.flow.Play;
import io.careflow.pstn.flow.Prompt;
import io.careflow.pstn.flow.Say;
import io.careflow.pstn.flow.SendDigits;
import io.careflow.pstn.flow.StartRecording;
import io.careflow.pstn.flow.Step;
import io.careflow.pstn.flow.StopRecording;
import io.careflow.pstn.http.Json;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Flows as JSON, for keeping them. Thread-safe. */
final class FlowJson {
    private static final String NAME = "name";
    private static final String OUTCOME = "outcome";
    private static final String TENANT = "tenant";

    private final Json json = new Json();
    private final EndingJson endings = new EndingJson(this);

    ObjectNode write(CallFlow flow) {
        ObjectNode node = json.object();
        steps(node, "steps", flow.steps());
        node.set("ending", endings.write(flow.ending()));
        node.set("note", note(flow.note()));
        return node;
    }

    /**
     * Reads what was written.
     *
     * @throws IllegalArgumentException if it was not
     */
    CallFlow read(JsonNode node) {
        return new CallFlow(steps(node.path("steps")), endings.read(node.path("ending")), note(node.path("note")));
    }

    ObjectNode object() {
        return json.object();
    }

    void steps(ObjectNode into, String name, List<? extends Step> steps) {
        ArrayNode all = into.putArray(name);
        steps.forEach(step -> all.add(step(step)));
    }

    List<Step> steps(JsonNode nodes) {
        List<Step> steps = new ArrayList<>();
        nodes.forEach(node -> steps.add(step(node)));
        return steps;
    }

    List<Prompt> prompts(JsonNode nodes) {
        return steps(nodes).stream().map(Prompt.class::cast).toList();
    }

    static @Nullable String text(JsonNode node, String name) {
        JsonNode value = node.path(name);
        return value.isMissingNode() || value.isNull() ? null : value.asText();
    }

    private ObjectNode step(Step step) {
        ObjectNode node = json.object().put(NAME, step.name());
        if (step instanceof Say say) {
            return node.put("text", say.text()).put("language", say.language().toLanguageTag());
        } else if (step instanceof Play play) {
            return node.put("media", play.media().toString());
        } else if (step instanceof Pause pause) {
            return node.put("millis", pause.length().toMillis());
        } else if (step instanceof SendDigits digits) {
            return node.put("digits", digits.digits());
        } else if (step instanceof StartRecording || step instanceof StopRecording) {
            return node;
        }
        throw new IllegalArgumentException("step '" + step.name() + "' is not known");
    }

    private static Step step(JsonNode node) {
        String name = node.path(NAME).asText();
        return switch (name) {
            case "say" ->
                new Say(
                        node.path("text").asText(),
                        Locale.forLanguageTag(node.path("language").asText()));
            case "play" -> new Play(URI.create(node.path("media").asText()));
            case "pause" -> new Pause(Duration.ofMillis(node.path("millis").asLong()));
            case "send-digits" -> new SendDigits(node.path("digits").asText());
            case "start-recording" -> new StartRecording();
            case "stop-recording" -> new StopRecording();
            default -> throw new IllegalArgumentException("step '" + name + "' is not known");
        };
    }

    ObjectNode note(CallNote note) {
        ObjectNode node = json.object()
                .put(TENANT, note.tenant() == null ? null : note.tenant().value())
                .put("carrier", note.carrier())
                .put("user", note.userId())
                .put("typed", note.typed())
                .put(OUTCOME, note.outcome() == null ? null : note.outcome().name());
        CallerTrust trust = note.trust();
        if (trust != null) {
            node.putObject("trust")
                    .put("level", trust.level().name())
                    .put("attestation", trust.attestation().name())
                    .put("origid", trust.origid())
                    .put("source", trust.source().name())
                    .put("reason", trust.reason())
                    .put("raw", trust.raw());
        }
        return node;
    }

    static CallNote note(JsonNode node) {
        String tenant = text(node, TENANT);
        String outcome = text(node, OUTCOME);
        return new CallNote(
                tenant == null ? null : new TenantId(tenant),
                text(node, "carrier"),
                text(node, "user"),
                text(node, "typed"),
                outcome == null ? null : Disposition.valueOf(outcome),
                trust(node.path("trust")));
    }

    private static @Nullable CallerTrust trust(JsonNode node) {
        return node.isMissingNode()
                ? null
                : new CallerTrust(
                        CallerTrust.Level.valueOf(node.path("level").asText()),
                        Attestation.valueOf(node.path("attestation").asText()),
                        text(node, "origid"),
                        CallerTrust.Source.valueOf(node.path("source").asText()),
                        node.path("reason").asText(),
                        text(node, "raw"));
    }
}
