package io.careflow.pstn.cli;

import io.careflow.pstn.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * One price.
 *
 * @param price what it is, or null if it is unknown
 * @param why why it is unknown, for people; empty if it is known
 */
record Quote(@Nullable Money price, String why) {
    static final String UNKNOWN = "price unknown";

    static Quote of(Money price) {
        return new Quote(price, "");
    }

    static Quote unknown(String why) {
        return new Quote(null, why);
    }

    boolean isKnown() {
        return price != null;
    }
}
