package io.careflow.pstn.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.careflow.pstn.CommandId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is shown of a change that was made. */
final class Results {
    private Results() {}

    /** The result with the id of its command. */
    static JsonNode of(Object result, @Nullable CommandId id) {
        JsonNode tree = Values.json(result);
        if (id != null && tree instanceof ObjectNode object) {
            object.put("commandId", id.value());
        }
        return tree;
    }

    /** An object whose fields stay in this order. */
    static JsonNode ordered(Map<String, ? extends @Nullable Object> fields) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        fields.forEach((name, value) -> object.set(name, Values.json(value)));
        return object;
    }

    /** Something is gone. */
    static JsonNode gone(String kind, String id) {
        return JsonNodeFactory.instance.objectNode().put(kind, id).put("done", true);
    }
}
