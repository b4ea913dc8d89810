package io.careflow.pstn.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Prints results: one JSON document, or text for people. What is said besides goes to the other stream. */
final class Screen {
    /** Beyond ASCII everything is escaped: the document is right whatever the terminal's character set is. */
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean json;

    Screen(PrintWriter out, PrintWriter err, boolean json) {
        this.out = out;
        this.err = err;
        this.json = json;
    }

    boolean isJson() {
        return json;
    }

    /** Says something to people only; never part of the result. */
    void note(String text) {
        err.println(text);
        err.flush();
    }

    void line(String text) {
        out.println(text);
        out.flush();
    }

    /** One result. */
    void one(Object value) {
        JsonNode tree = Values.json(value);
        if (json) {
            document(tree);
        } else {
            List<List<String>> rows = rows(tree);
            List<Integer> widths = Lines.widths(rows);
            rows.forEach(row -> line(Lines.aligned(row, widths)));
        }
    }

    /** A result that people read as this sentence. */
    void said(Object value, String sentence) {
        if (json) {
            document(Values.json(value));
        } else {
            line(sentence);
        }
    }

    /** Several results. */
    <T> void list(Table<T> table, List<T> things, String nothing) {
        if (json) {
            document(Values.json(things));
        } else {
            Table.Printing<T> printing = table.onto(this);
            things.forEach(printing::add);
            printing.end(() -> nothing);
        }
    }

    /** For a JSON array that is never in memory whole. Closing it closes nothing else, and ends nothing that is open. */
    JsonGenerator array() throws IOException {
        JsonGenerator generator = MAPPER.createGenerator(out);
        generator.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        generator.disable(JsonGenerator.Feature.AUTO_CLOSE_JSON_CONTENT);
        return generator;
    }

    void document(JsonNode tree) {
        try {
            line(MAPPER.writeValueAsString(tree));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<List<String>> rows(JsonNode tree) {
        List<List<String>> rows = new ArrayList<>();
        collect("", tree, rows);
        return rows;
    }

    private static void collect(String name, JsonNode node, List<List<String>> rows) {
        if (node instanceof ObjectNode object && isMoney(object)) {
            rows.add(List.of(
                    name,
                    object.path("amount").asText() + " "
                            + object.path("currency").asText()));
        } else if (node.isObject() && !node.isEmpty()) {
            node.properties()
                    .forEach(field -> collect(
                            name.isEmpty() ? field.getKey() : name + "." + field.getKey(), field.getValue(), rows));
        } else if (node.isArray() && !node.isEmpty() && node.get(0).isObject()) {
            for (int at = 0; at < node.size(); at++) {
                collect(name + "[" + at + "]", node.get(at), rows);
            }
        } else {
            rows.add(List.of(name, plain(node)));
        }
    }

    private static boolean isMoney(ObjectNode object) {
        return object.size() == 2 && object.has("amount") && object.has("currency");
    }

    private static String plain(JsonNode node) {
        if (node.isArray()) {
            List<String> texts = new ArrayList<>();
            node.forEach(element -> texts.add(plain(element)));
            return texts.isEmpty() ? "-" : String.join(", ", texts);
        }
        if (node.isBoolean()) {
            return node.asBoolean() ? "yes" : "no";
        }
        return node.isNull() || node.isObject() || node.asText().isEmpty()
                ? "-"
                : Values.printable(Lengths.ifOne(node.asText()));
    }
}
