package io.careflow.pstn.cli;

import io.careflow.pstn.CommandId;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A change at the carrier that was not made yet.
 *
 * @param action what, as failures call it: {@code number.order}
 * @param sentence what, for people, in the imperative and without a full stop: {@code Order the number +14165550100}
 * @param facts what else there is to know before one says yes
 * @param cost what is known of its price; null for what costs nothing by itself
 * @param asks whether somebody has to say yes
 * @param commandId the key of this one change, or null where there is none
 * @param lookUp how to find out whether it was done
 * @param work does it, and returns what to show
 */
record Plan(
        String action,
        String sentence,
        Map<String, Object> facts,
        @Nullable Cost cost,
        boolean asks,
        @Nullable CommandId commandId,
        String lookUp,
        Supplier<Object> work) {

    /** One that costs nothing by itself, asks nobody and has no key, unless the others say so. */
    static Plan to(String action, String sentence, Map<String, Object> facts, String lookUp, Supplier<Object> work) {
        return new Plan(action, sentence, facts, null, false, null, lookUp, work);
    }

    /** The same, done only if somebody says yes. */
    Plan asking() {
        return new Plan(action, sentence, facts, cost, true, commandId, lookUp, work);
    }

    /** The same at a price. */
    Plan costing(Cost price) {
        return new Plan(action, sentence, facts, price, asks, commandId, lookUp, work);
    }

    /** The same under the key of this one change. */
    Plan as(CommandId id) {
        return new Plan(action, sentence, facts, cost, asks, id, lookUp, work);
    }
}
