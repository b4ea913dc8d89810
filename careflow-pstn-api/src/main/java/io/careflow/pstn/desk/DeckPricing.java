package io.careflow.pstn.desk;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.cdr.Cdr;
import io.careflow.pstn.cdr.CdrCost;
import io.careflow.pstn.rating.RatedCall;
import io.careflow.pstn.rating.Rater;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Prices calls by their carrier's rate deck: an inbound call by our number and from the moment it was picked up, which is
 * when the carrier's bill begins, not from the moment the user answered. Thread-safe.
 */
public final class DeckPricing implements CdrPricing {
    private final Supplier<Rater> rater;

    /** Prices by the rater that is current at the end of each call. */
    public DeckPricing(Supplier<Rater> rater) {
        this.rater = rater;
    }

    @Override
    public CdrCost price(Cdr cdr) {
        String carrier = cdr.carrier();
        Optional<PhoneNumber> priced = cdr.to().number();
        if (carrier == null || priced.isEmpty()) {
            return new CdrCost(null, null, carrier == null ? "carrier is not known" : "dialled number is not E.164");
        }
        Instant pickedUp = cdr.times().pickedUp();
        String digits = priced.get().digits();
        RatedCall call = pickedUp == null
                ? RatedCall.unanswered(digits)
                : RatedCall.answered(digits, pickedUp, cdr.times().billableMillis());
        return CdrCost.of(rater.get().rate(carrier, cdr.direction(), call));
    }
}
