package io.careflow.pstn.account;

import io.careflow.pstn.money.Money;
import java.util.Objects;

/**
 * What a call costs.
 *
 * @param perMinute for each minute, not negative; how minutes are rounded is the carrier's business
 * @param explanation for people: which line of the carrier's list it is, in one phrase; empty if there is nothing to say
 */
public record CallPrice(Money perMinute, String explanation) {
    public CallPrice {
        Objects.requireNonNull(perMinute, "perMinute");
        Objects.requireNonNull(explanation, "explanation");
        if (perMinute.signum() < 0) {
            throw new IllegalArgumentException(
                    "price of a minute is " + perMinute + "; what we pay is written without a sign");
        }
    }
}
