package io.careflow.pstn.report;

import io.careflow.pstn.call.Direction;
import io.careflow.pstn.cdr.Cdr;
import io.careflow.pstn.cdr.CdrCost;
import io.careflow.pstn.rating.RatedCall;
import io.careflow.pstn.rating.Rater;
import java.util.Objects;

/** Prices calls that have no price yet, by the decks of their carriers. Immutable and thread-safe. */
public final class CallPrices {
    private final Rater rater;

    private CallPrices(Rater rater) {
        this.rater = rater;
    }

    /** By these decks. */
    public static CallPrices of(Rater rater) {
        return new CallPrices(Objects.requireNonNull(rater, "rater"));
    }

    /** The call with its price by these decks; one that has a price already, or that is on net, stays as it is. */
    public Cdr priced(Cdr cdr) {
        if (cdr.cost().isKnown() || cdr.direction() == Direction.ON_NET) {
            return cdr;
        }
        String provider = cdr.carrier() == null ? cdr.call().provider().value() : cdr.carrier();
        // Outbound it is who is called, inbound our own number: both times whom the call is to.
        String digits = cdr.to().address().replaceFirst("^\\+", "");
        RatedCall call = cdr.times().pickedUp() == null
                ? RatedCall.unanswered(digits)
                : RatedCall.answered(digits, cdr.times().pickedUp(), cdr.times().billableMillis());
        return cdr.costing(CdrCost.of(rater.rate(provider, cdr.direction(), call)));
    }
}
