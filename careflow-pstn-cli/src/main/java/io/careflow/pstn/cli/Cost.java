package io.careflow.pstn.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.careflow.pstn.number.NumberPrice;

/** What is known of the price of a change. It may have to be asked for: that is done when somebody looks. */
interface Cost {
    /** For people, such as {@code 1.15 USD a month} or {@code price unknown}. Never fails because there is no price. */
    String text();

    /** Adds it to the document of a dry run. Unknown is null. */
    void describe(ObjectNode document);

    /** What a number costs, or anything else that is paid for once and every month. */
    static Cost of(NumberPrice price) {
        return new Cost() {
            @Override
            public String text() {
                String setup = price.setup() == null ? "" : price.setup() + " once";
                String monthly = price.monthly() == null ? "" : price.monthly() + " a month";
                String both = setup + (setup.isEmpty() || monthly.isEmpty() ? "" : ", ") + monthly;
                return both.isEmpty() ? Quote.UNKNOWN : both;
            }

            @Override
            public void describe(ObjectNode document) {
                boolean known = price.setup() != null || price.monthly() != null;
                document.set("price", Values.json(known ? price : null));
            }
        };
    }
}
