package io.careflow.pstn.desk;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.call.Direction;
import io.careflow.pstn.cdr.Cdr;
import io.careflow.pstn.cdr.CdrCost;
import io.careflow.pstn.cdr.CdrLeg;
import io.careflow.pstn.money.Money;
import io.careflow.pstn.rating.RatedCall;
import io.careflow.pstn.rating.Rater;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Prices calls by their carrier's rate deck: an inbound call by our number and from the moment it was picked up, which is
 * when the carrier's bill begins, not from the moment the user answered. A call that went on to a telephone number has a second
 * leg that is paid and whose price nobody knows: its cost is unknown. A call between two of our own users costs 0, in no
 * currency ({@code XXX}). Thread-safe.
 */
public final class DeckPricing implements CdrPricing {
    private static final CdrCost OWN_USERS =
            new CdrCost(Money.zero(Currency.getInstance("XXX")), BigDecimal.ZERO.setScale(10), "between own users");

    private final Supplier<Rater> rater;

    /** Prices by the rater that is current at the end of each call. */
    public DeckPricing(Supplier<Rater> rater) {
        this.rater = rater;
    }

    @Override
    public CdrCost price(Cdr cdr) {
        Optional<String> forwarded = forwarded(cdr);
        if (forwarded.isPresent()) {
            return unknown("went on to " + forwarded.get() + ", whose price is not known");
        }
        String carrier = cdr.carrier();
        if (carrier == null) {
            return isBetweenOwnUsers(cdr) ? OWN_USERS : unknown("carrier is not known");
        }
        Optional<PhoneNumber> priced = cdr.to().number();
        if (priced.isEmpty()) {
            return unknown("dialled number is not E.164");
        }
        Instant pickedUp = cdr.times().pickedUp();
        String digits = priced.get().digits();
        RatedCall call = pickedUp == null
                ? RatedCall.unanswered(digits)
                : RatedCall.answered(digits, pickedUp, cdr.times().billableMillis());
        String caller = cdr.from().number().map(PhoneNumber::digits).orElse("");
        return CdrCost.of(rater.get().rate(carrier, cdr.direction(), call.from(caller)));
    }

    /** The telephone number beyond the call itself that answered, reached over a trunk. */
    private static Optional<String> forwarded(Cdr cdr) {
        return cdr.legs().stream()
                .filter(leg -> leg.answered() != null)
                .map(CdrLeg::destination)
                .filter(DeckPricing::isTelephone)
                .filter(to -> cdr.direction() == Direction.INBOUND
                        || !to.equals(cdr.to().address()))
                .findFirst();
    }

    private static boolean isBetweenOwnUsers(Cdr cdr) {
        return cdr.direction() == Direction.ON_NET
                && !isTelephone(cdr.from().address())
                && !isTelephone(cdr.to().address());
    }

    private static boolean isTelephone(String address) {
        return address.startsWith("+");
    }

    private static CdrCost unknown(String reason) {
        return new CdrCost(null, null, reason);
    }
}
