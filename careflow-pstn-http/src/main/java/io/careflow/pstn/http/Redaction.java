package io.careflow.pstn.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.careflow.pstn.Secret;
import io.careflow.pstn.http.HttpCall.Parameter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes out of a carrier's words what we sent: carriers quote passwords, numbers and texts in their refusals. Made only when
 * there is a refusal.
 */
final class Redaction {
    /** Shorter values, such as "1" or "US", hide nothing and would tear words apart. */
    private static final int SHORTEST = 4;

    private static final String MASK = "[...]";

    private final List<String> sent;

    Redaction(HttpCall call, List<Secret> credentials, Json json) {
        Set<String> values = new LinkedHashSet<>();
        credentials.forEach(secret -> values.add(secret.reveal()));
        call.headers().stream().map(Parameter::value).forEach(values::add);
        call.query().stream().map(Parameter::value).forEach(values::add);
        call.form().stream().map(Parameter::value).forEach(values::add);
        addBody(call, json, values);
        this.sent = new ArrayList<>();
        // As it was sent, and as it looks on one line.
        values.forEach(value -> sent.addAll(List.of(value, Refusal.oneLine(value))));
        sent.removeIf(value -> value.strip().length() < SHORTEST);
        // The longest first: what is a part of another value would leave the rest of it standing.
        sent.sort(Comparator.comparingInt(String::length).reversed());
    }

    Refusal clean(Refusal refusal) {
        return new Refusal(refusal.kind(), clean(refusal.code()), clean(refusal.reason()), refusal.why());
    }

    private @Nullable String clean(@Nullable String text) {
        if (text == null) {
            return null;
        }
        String clean = text;
        for (String value : sent) {
            clean = withoutBeginningAtCut(clean.replace(value, MASK), value);
        }
        return clean;
    }

    // A text that was cut may end in the beginning of a value.
    private static String withoutBeginningAtCut(String text, String value) {
        if (!text.endsWith(Refusal.CUT)) {
            return text;
        }
        String rest = text.substring(0, text.length() - Refusal.CUT.length());
        for (int length = Math.min(value.length(), rest.length()); length >= SHORTEST; length--) {
            if (rest.endsWith(value.substring(0, length))) {
                return rest.substring(0, rest.length() - length) + MASK;
            }
        }
        return text;
    }

    private static void addBody(HttpCall call, Json json, Set<String> values) {
        byte[] body = call.body();
        if (body == null || !call.form().isEmpty()) {
            return;
        }
        try {
            addTexts(json.read(body), values);
        } catch (MalformedJson e) {
            values.add(new String(body, StandardCharsets.UTF_8));
        }
    }

    private static void addTexts(JsonNode node, Set<String> values) {
        if (node.isContainerNode()) {
            node.forEach(child -> addTexts(child, values));
        } else {
            values.add(node.asText());
        }
    }
}
