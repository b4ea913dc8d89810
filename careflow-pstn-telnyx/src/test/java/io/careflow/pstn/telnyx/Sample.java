package io.careflow.pstn.telnyx;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** A file of {@code src/test/resources/telnyx}, changed here and there. Immutable; its text is its JSON. */
final class Sample {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode tree;

    private Sample(JsonNode tree) {
        this.tree = tree;
    }

    static Sample of(String file) {
        return json(WireMockTelnyx.text(file));
    }

    static Sample json(String text) {
        return new Sample(WireMockTelnyx.tree(text));
    }

    static Sample empty() {
        return json("{}");
    }

    /**
     * The same with this field changed or added.
     *
     * @param path names and indexes with dots between them, such as {@code phone_numbers.0.status}
     * @param value anything that JSON can say, or null
     */
    Sample with(String path, @Nullable Object value) {
        JsonNode copy = tree.deepCopy();
        String[] steps = path.split("\\.", -1);
        JsonNode place = copy;
        for (int i = 0; i < steps.length - 1; i++) {
            place = place.isArray() ? place.get(Integer.parseInt(steps[i])) : place.get(steps[i]);
        }
        String last = steps[steps.length - 1];
        JsonNode node = value instanceof Sample sample ? sample.tree : JSON.valueToTree(value);
        if (place instanceof ArrayNode array) {
            array.set(Integer.parseInt(last), node);
        } else {
            ((ObjectNode) place).set(last, node);
        }
        return new Sample(copy);
    }

    /** The same without this field of its outermost object. */
    Sample without(String name) {
        ObjectNode copy = tree.deepCopy();
        copy.remove(name);
        return new Sample(copy);
    }

    /** The same with fields that are documented nowhere. */
    Sample withMore() {
        ObjectNode copy = tree.deepCopy();
        copy.put("x_text", "new").put("x_number", 7).putNull("x_none");
        copy.putObject("x_object").putArray("x_list").add(1).addNull();
        return new Sample(copy);
    }

    boolean has(String name) {
        return tree.has(name);
    }

    @Override
    public String toString() {
        return tree.toString();
    }
}
