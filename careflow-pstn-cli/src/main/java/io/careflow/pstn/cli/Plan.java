package io.careflow.pstn.cli;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.number.NumberPrice;
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
        @Nullable NumberPrice cost,
        boolean asks,
        @Nullable CommandId commandId,
        String lookUp,
        Supplier<Object> work) {

    /** Whether any part of the price is known. */
    boolean isPriceKnown() {
        return cost != null && (cost.setup() != null || cost.monthly() != null);
    }

    /** The price for people. */
    String price() {
        if (cost == null) {
            return "";
        }
        String setup = cost.setup() == null ? "" : cost.setup() + " once";
        String monthly = cost.monthly() == null ? "" : cost.monthly() + " a month";
        String both = setup + (setup.isEmpty() || monthly.isEmpty() ? "" : ", ") + monthly;
        return both.isEmpty() ? "price unknown" : both;
    }
}
