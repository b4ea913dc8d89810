package io.careflow.pstn.telnyx;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.flow.Conference;
import io.careflow.pstn.flow.Continuation;
import io.careflow.pstn.flow.Dial;
import io.careflow.pstn.flow.Ending;
import io.careflow.pstn.flow.Enqueue;
import io.careflow.pstn.flow.Gather;
import io.careflow.pstn.flow.HangUp;
import io.careflow.pstn.flow.InputKind;
import io.careflow.pstn.flow.Redirect;
import io.careflow.pstn.flow.Reject;
import io.careflow.pstn.flow.Voicemail;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Endings of flows as JSON. Part of {@link FlowJson}. */
final class EndingJson {
    private static final String NAME = "name";
    private static final String THEN = "then";
    private static final String LONGEST = "longest";

    private final FlowJson flows;

    EndingJson(FlowJson flows) {
        this.flows = flows;
    }

    ObjectNode write(Ending ending) {
        ObjectNode node = flows.object().put(NAME, ending.name());
        if (ending instanceof Gather gather) {
            return gather(node.put(NAME, "gather"), gather);
        } else if (ending instanceof Dial dial) {
            return dial(node, dial);
        } else if (ending instanceof Conference conference) {
            return then(node.put("room", conference.room()).put("host", conference.host()), conference.then());
        } else if (ending instanceof Voicemail voicemail) {
            return then(
                    node.put(LONGEST, voicemail.longest().toMillis())
                            .put("silence", voicemail.silence().toMillis()),
                    voicemail.then());
        } else if (ending instanceof Enqueue enqueue) {
            return then(node.put("queue", enqueue.queue()), enqueue.then());
        } else if (ending instanceof Redirect redirect) {
            return then(node, redirect.then());
        } else if (ending instanceof Reject reject) {
            return node.put("reason", reject.reason().name());
        } else if (ending instanceof HangUp hangUp) {
            HangupCause cause = hangUp.cause();
            return node.put("q850", cause.q850()).put("sip", cause.sipStatus()).put("text", cause.text());
        }
        throw new IllegalArgumentException("ending '" + ending.name() + "' is not known");
    }

    Ending read(JsonNode node) {
        String name = node.path(NAME).asText();
        return switch (name) {
            case "gather" -> gather(node);
            case "dial" -> dial(node);
            case "conference" ->
                new Conference(
                        node.path("room").asText(),
                        then(node),
                        node.path("host").asBoolean());
            case "voicemail" -> new Voicemail(millis(node, LONGEST), millis(node, "silence"), then(node));
            case "enqueue" -> new Enqueue(node.path("queue").asText(), then(node));
            case "redirect" -> new Redirect(then(node));
            case "reject" ->
                new Reject(Reject.Reason.valueOf(node.path("reason").asText()));
            case "hang-up" ->
                new HangUp(new HangupCause(
                        node.path("q850").asInt(),
                        node.hasNonNull("sip") ? node.path("sip").asInt() : null,
                        node.path("text").asText()));
            default -> throw new IllegalArgumentException("ending '" + name + "' is not known");
        };
    }

    private ObjectNode gather(ObjectNode node, Gather gather) {
        ArrayNode kinds = node.putArray("kinds");
        gather.kinds().stream().sorted().forEach(kind -> kinds.add(kind.name()));
        flows.steps(node, "prompts", gather.prompts());
        node.put("most", gather.maxDigits())
                .put("finish", text(gather.finishKey()))
                .put("restart", text(gather.restartKey()))
                .put("first", gather.firstDigit().toMillis())
                .put("between", gather.betweenDigits().toMillis())
                .put("total", gather.total().toMillis());
        ArrayNode hints = node.putArray("hints");
        gather.hints().forEach(hints::add);
        return then(node, gather.then());
    }

    private Gather gather(JsonNode node) {
        Set<InputKind> kinds = new LinkedHashSet<>(list(node.path("kinds"), InputKind::valueOf));
        return new Gather(
                kinds,
                flows.prompts(node.path("prompts")),
                node.path("most").asInt(),
                key(node, "finish"),
                key(node, "restart"),
                millis(node, "first"),
                millis(node, "between"),
                millis(node, "total"),
                list(node.path("hints"), hint -> hint),
                then(node));
    }

    private static ObjectNode dial(ObjectNode node, Dial dial) {
        ArrayNode destinations = node.putArray("to");
        dial.destinations().forEach(destination -> destinations.add(destination.address()));
        node.put("callerId", dial.callerId() == null ? null : dial.callerId().e164())
                .put("ringFor", dial.ringFor().toMillis())
                .put(LONGEST, dial.longest().toMillis());
        return then(node, dial.then());
    }

    private static Dial dial(JsonNode node) {
        String callerId = FlowJson.text(node, "callerId");
        return new Dial(
                list(node.path("to"), Destination::parse),
                callerId == null ? null : new PhoneNumber(callerId),
                millis(node, "ringFor"),
                millis(node, LONGEST),
                then(node));
    }

    private static ObjectNode then(ObjectNode node, Continuation then) {
        ObjectNode into = node.putObject(THEN).put(NAME, then.name());
        ObjectNode state = into.putObject("state");
        new TreeMap<>(then.state()).forEach(state::put);
        return node;
    }

    private static Continuation then(JsonNode node) {
        Map<String, String> state = new LinkedHashMap<>();
        JsonNode then = node.path(THEN);
        then.path("state")
                .properties()
                .forEach(field -> state.put(field.getKey(), field.getValue().asText()));
        return new Continuation(then.path(NAME).asText(), state);
    }

    private static <T> List<T> list(JsonNode nodes, Function<String, T> reader) {
        List<T> all = new ArrayList<>();
        nodes.forEach(node -> all.add(reader.apply(node.asText())));
        return all;
    }

    private static Duration millis(JsonNode node, String name) {
        return Duration.ofMillis(node.path(name).asLong());
    }

    private static @Nullable String text(@Nullable Character key) {
        return key == null ? null : key.toString();
    }

    private static @Nullable Character key(JsonNode node, String name) {
        String text = FlowJson.text(node, name);
        return text == null ? null : text.charAt(0);
    }
}
