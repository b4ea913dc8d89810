package io.careflow.pstn.rating;

import io.careflow.pstn.money.Money;
import io.careflow.pstn.money.Rounding;
import io.careflow.pstn.rating.RatingResult.NoRate;
import io.careflow.pstn.rating.RatingResult.Rated;
import io.careflow.pstn.rating.RatingResult.Refused;
import java.math.BigDecimal;

/**
 * What is left of a call: what the customer pays less what the carrier takes. Each side is rated by its own deck; this sets the two
 * results side by side, after a call or, from quotes, before it. Immutable and thread-safe.
 */
public sealed interface Margin {

    /** The margin between these two results for the same leg. */
    static Margin of(RatingResult customer, RatingResult carrier) {
        if (!(customer instanceof Rated paid)) {
            return new Unknown("the customer's price is unknown: " + reason(customer));
        }
        if (!(carrier instanceof Rated taken)) {
            return new Unknown("the carrier's price is unknown: " + reason(carrier));
        }
        Money in = paid.charge().amount();
        Money out = taken.charge().amount();
        return in.currency().equals(out.currency())
                ? new Known(paid.charge(), taken.charge())
                : new Unknown("the customer pays in " + in.currency() + ", the carrier takes " + out.currency());
    }

    private static String reason(RatingResult result) {
        if (result instanceof NoRate none) {
            return none.reason();
        }
        return result instanceof Refused refused ? refused.reason() : "";
    }

    /**
     * Both prices are known, in one currency.
     *
     * @param customer what the customer pays
     * @param carrier what the carrier takes
     */
    record Known(Charge customer, Charge carrier) implements Margin {

        /** The exact difference times 60; negative for a loss. */
        public BigDecimal amountTimes60() {
            return customer.amountTimes60().subtract(carrier.amountTimes60());
        }

        /** The exact difference, rounded once half up to 6 decimals; negative for a loss. */
        public Money amount() {
            return new Money(
                    Rounding.DEFAULT.quotient(amountTimes60(), Charge.SIXTY),
                    customer.amount().currency());
        }

        /** Whether the call costs more than it brings, however little. */
        public boolean isLoss() {
            return amountTimes60().signum() < 0;
        }
    }

    /**
     * A price is missing or the currencies differ; nothing is assumed, least of all that there is no loss.
     *
     * @param reason which, for an operator
     */
    record Unknown(String reason) implements Margin {}
}
