package io.careflow.pstn.telnyx;

import io.careflow.pstn.http.Fields;
import io.careflow.pstn.http.HttpCall;
import io.careflow.pstn.number.NumberKind;
import io.careflow.pstn.number.NumberRequirements;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the law wants to see, from Telnyx's catalogue. Thread-safe. */
final class TelnyxRequirements implements NumberRequirements {
    private final TelnyxClient client;

    TelnyxRequirements(TelnyxClient client) {
        this.client = client;
    }

    @Override
    public List<Requirement> requirements(String country, NumberKind kind) {
        return of("number.requirements", country, kind);
    }

    /** The same, as a part of another operation. */
    List<Requirement> of(String operation, String country, NumberKind kind) {
        HttpCall list = HttpCall.of(operation, "GET", "requirements")
                .query("filter[country_code]", country)
                .query("filter[phone_number_type]", NumberWords.kind(kind))
                .query("filter[action]", "ordering");
        Instant now = client.clock().instant();
        Map<String, Requirement> found = new LinkedHashMap<>();
        client.pages(list, 250, requirement -> {
            if (isFor(requirement, country, kind) && isInForce(requirement, now)) {
                for (Fields type : requirement.list("requirement_types")) {
                    found.putIfAbsent(type.requireText("id"), read(type));
                }
            }
        });
        return List.copyOf(found.values());
    }

    // A filter that Telnyx does not understand it ignores.
    private static boolean isFor(Fields requirement, String country, NumberKind kind) {
        String action = requirement.text("action").orElse("ordering");
        return requirement.text("country_code").orElse(country).equals(country)
                && requirement
                        .text("phone_number_type")
                        .orElse(NumberWords.kind(kind))
                        .equals(NumberWords.kind(kind))
                && (action.equals("ordering") || action.equals("both"));
    }

    private static boolean isInForce(Fields requirement, Instant now) {
        return requirement
                        .instant("effective_start_at")
                        .filter(start -> start.isAfter(now))
                        .isEmpty()
                && requirement
                        .instant("effective_end_at")
                        .filter(end -> !end.isAfter(now))
                        .isEmpty();
    }

    private static Requirement read(Fields type) {
        return new Requirement(
                type.requireText("id"),
                type.text("name").orElse(""),
                type.text("type").orElse(""),
                description(type),
                type.text("example").orElse(""));
    }

    private static String description(Fields type) {
        StringBuilder text = new StringBuilder(type.text("description").orElse(""));
        type.object("acceptance_criteria").ifPresent(criteria -> {
            add(text, criteria, "time_limit", "Time: ");
            add(text, criteria, "locality_limit", "Place: ");
            add(text, criteria, "acceptable_characters", "Characters: ");
            add(text, criteria, "min_length", "At least: ");
            add(text, criteria, "max_length", "At most: ");
            List<String> values = criteria.texts("acceptable_values");
            if (!values.isEmpty()) {
                text.append(text.isEmpty() ? "" : " ").append("One of: ").append(String.join(", ", values));
            }
        });
        return text.toString();
    }

    private static void add(StringBuilder text, Fields criteria, String name, String before) {
        criteria.text(name)
                .ifPresent(value -> text.append(text.isEmpty() ? "" : " ")
                        .append(before)
                        .append(value)
                        .append('.'));
    }
}
