package io.careflow.pstn.desk;

import io.careflow.pstn.call.Direction;
import io.careflow.pstn.cdr.Cdr;
import io.careflow.pstn.cdr.CdrCost;
import io.careflow.pstn.cdr.CdrLeg;
import io.careflow.pstn.money.Money;
import io.careflow.pstn.rating.RatedCall;
import io.careflow.pstn.rating.Rater;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.function.Supplier;

/**
 * What the carrier takes for calls of an outbound desk: each leg that touched the public network by itself, from its answer to its
 * end; legs to phones of our own cost nothing. Every other call is priced by the pricing behind it. Thread-safe.
 */
public final class OutboundPricing implements CdrPricing {
    private static final CdrCost OWN =
            new CdrCost(Money.zero(Currency.getInstance("XXX")), BigDecimal.ZERO.setScale(10), "among own users");

    private final Supplier<Rater> rater;
    private final CdrPricing others;

    /** Prices by the rater that is current at the end of each call. */
    public OutboundPricing(Supplier<Rater> rater, CdrPricing others) {
        this.rater = rater;
        this.others = others;
    }

    @Override
    public CdrCost price(Cdr cdr) {
        List<CdrLeg> outside = cdr.legs().stream()
                .filter(leg -> leg.destination().startsWith("+"))
                .toList();
        if (cdr.cost().isKnown()) {
            return cdr.cost();
        } else if (cdr.direction() == Direction.ON_NET && outside.isEmpty()) {
            return OWN;
        } else if (cdr.direction() != Direction.OUTBOUND || !isCallback(cdr)) {
            return others.price(cdr);
        }
        String carrier = cdr.carrier();
        return carrier == null ? new CdrCost(null, null, "carrier is not known") : sum(cdr, outside, carrier);
    }

    static boolean isCallback(Cdr cdr) {
        return !cdr.legs().isEmpty()
                && cdr.legs().get(0).leg().equals(cdr.call().id());
    }

    /** One leg at somebody's prices: from its answer to its end. */
    static RatedCall talk(Cdr cdr, CdrLeg leg) {
        String digits = leg.destination().substring(1);
        String caller = cdr.from().number().map(number -> number.digits()).orElse("");
        Instant answered = leg.answered();
        Instant ended = leg.ended() == null ? cdr.times().ended() : leg.ended();
        RatedCall call = answered == null
                ? RatedCall.unanswered(digits)
                : RatedCall.answered(
                        digits,
                        answered,
                        Math.max(0, Duration.between(answered, ended).toMillis()));
        return call.from(caller);
    }

    private CdrCost sum(Cdr cdr, List<CdrLeg> outside, String carrier) {
        if (outside.isEmpty()) {
            String digits = cdr.to().number().map(number -> number.digits()).orElse("");
            return CdrCost.of(rater.get().rate(carrier, Direction.OUTBOUND, RatedCall.unanswered(digits)));
        }
        CdrCost sum = null;
        for (CdrLeg leg : outside) {
            CdrCost cost = CdrCost.of(rater.get().rate(carrier, Direction.OUTBOUND, talk(cdr, leg)));
            sum = sum == null ? cost : plus(sum, cost);
            if (!sum.isKnown()) {
                return sum;
            }
        }
        return sum == null ? new CdrCost(null, null, "no leg") : sum;
    }

    static CdrCost plus(CdrCost one, CdrCost other) {
        Money amount = one.amount();
        Money more = other.amount();
        BigDecimal exact = one.exact();
        BigDecimal moreExact = other.exact();
        if (amount == null || more == null || exact == null || moreExact == null) {
            return one.isKnown() ? other : one;
        }
        return new CdrCost(amount.plus(more), exact.add(moreExact), one.explanation() + "; " + other.explanation());
    }
}
