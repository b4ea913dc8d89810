package io.careflow.pstn.cost;

import io.careflow.pstn.call.Direction;
import io.careflow.pstn.cost.OfferPart.Side;
import io.careflow.pstn.money.Money;
import io.careflow.pstn.rating.ExactTotal;
import io.careflow.pstn.rating.Fee;
import io.careflow.pstn.rating.Quote;
import io.careflow.pstn.rating.RatingResult;
import io.careflow.pstn.rating.RatingResult.Rated;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Prices a profile by one offer. Calls are charged by the formula that charges real ones. */
final class OfferPricing {
    private final Offer offer;
    private final Instant at;

    OfferPricing(Offer offer, Instant at) {
        this.offer = offer;
        this.at = at;
    }

    OfferCost cost(UsageProfile profile) {
        List<OfferPart> parts = new ArrayList<>();
        profile.numbers()
                .forEach((country, count) -> parts.add(
                        pieces("number, " + country, Side.INBOUND, country, count, offer.numbers(), " a month")));
        profile.talk().forEach(talk -> parts.add(talk(talk)));
        profile.messagesIn()
                .forEach((country, count) ->
                        parts.add(pieces("text in, " + country, Side.INBOUND, country, count, offer.messagesIn(), "")));
        profile.messagesOut()
                .forEach((country, count) -> parts.add(
                        pieces("text out, " + country, Side.OUTBOUND, country, count, offer.messagesOut(), "")));
        offer.monthly()
                .forEach(fee -> parts.add(new OfferPart(
                        fee.what(),
                        Side.EITHER,
                        ExactTotal.in(fee.each().currency()).plus(fee),
                        fee.explanation())));
        return new OfferCost(offer.provider(), parts);
    }

    private OfferPart pieces(String what, Side side, String country, int count, Map<String, Money> prices, String per) {
        String counted = count + " x " + what;
        Optional<Money> price = Optional.ofNullable(prices.get(country));
        return price.map(each -> new OfferPart(
                        counted,
                        side,
                        ExactTotal.in(each.currency()).plus(Fee.of(what, each).times(count)),
                        count + " x " + each + per))
                .orElseGet(() -> new OfferPart(counted, side, null, "no price of a " + what + " is known"));
    }

    private OfferPart talk(Talk talk) {
        boolean in = talk.direction() == Direction.INBOUND;
        Side side = in ? Side.INBOUND : Side.OUTBOUND;
        String what = talk.total().toMinutes() + " min " + (in ? "in, " : "out, ") + talk.name();
        Quote quote = offer.rater(talk.direction()).quote(offer.provider(), talk.direction(), talk.digits(), at);
        long full = talk.fullCalls();
        RatingResult one = quote.forTalk(full == 0 ? talk.rest() : talk.perCall());
        if (!(one instanceof Rated rated)) {
            return new OfferPart(what, side, null, reason(one));
        }
        ExactTotal total = ExactTotal.in(rated.charge().amount().currency())
                .plus(rated.charge())
                .share(Math.max(1, full), 1);
        String explanation = Math.max(1, full) + " x (" + rated.charge().explanation() + ")";
        Duration rest = talk.rest();
        if (full > 0 && !rest.isZero()) {
            RatingResult shorter = quote.forTalk(rest);
            if (!(shorter instanceof Rated last)) {
                return new OfferPart(what, side, null, reason(shorter));
            }
            total = total.plus(last.charge());
            explanation += " + 1 x (" + last.charge().explanation() + ")";
        }
        return new OfferPart(what, side, total, explanation);
    }

    private static String reason(RatingResult result) {
        return result instanceof RatingResult.NoRate none ? none.reason() : ((RatingResult.Refused) result).reason();
    }
}
