package io.careflow.pstn.report;

import io.careflow.pstn.call.Direction;
import io.careflow.pstn.cost.Comparison;
import io.careflow.pstn.cost.OfferCost;
import io.careflow.pstn.cost.OfferPart;
import io.careflow.pstn.cost.UsageProfile;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a comparison says, in words. */
final class Sentences {
    private Sentences() {}

    static String profile(UsageProfile profile) {
        List<String> parts = new ArrayList<>();
        profile.talk()
                .forEach(talk -> parts.add(talk.total().toMinutes() + " min "
                        + (talk.direction() == Direction.INBOUND ? "in, " : "out, ") + talk.name() + " (calls of "
                        + talk.perCall().toSeconds() + " s)"));
        profile.numbers().forEach((country, count) -> parts.add(count + " number(s), " + country));
        profile.messagesIn().forEach((country, count) -> parts.add(count + " text(s) in, " + country));
        profile.messagesOut().forEach((country, count) -> parts.add(count + " text(s) out, " + country));
        return String.join("; ", parts);
    }

    static List<String> winners(Comparison comparison) {
        List<String> sentences = new ArrayList<>();
        Map<Currency, OfferCost> cheapest = comparison.cheapest();
        Map<Currency, Comparison.Mix> mixes = comparison.cheapestMix();
        if (cheapest.isEmpty()) {
            sentences.add("No provider is known to be cheapest: of each some price is not known.");
        }
        cheapest.forEach((currency, offer) -> sentences.add("Cheapest single provider in " + currency + ": "
                + offer.provider() + ", " + total(offer) + " a month."));
        mixes.forEach((currency, mix) -> sentences.add(mix(mix, cheapest.get(currency))));
        if (cheapest.size() > 1 || mixes.size() > 1) {
            sentences.add("Currencies are not converted, so there is an answer for each.");
        }
        List<String> missing = comparison.offers().stream()
                .filter(offer -> !offer.unknown().isEmpty())
                .map(OfferCost::provider)
                .toList();
        if (!missing.isEmpty()) {
            sentences.add("Not compared as a whole, as prices are missing: " + String.join(", ", missing) + ".");
        }
        return sentences;
    }

    static String total(OfferCost offer) {
        return offer.total()
                .map(Amounts::fine)
                .orElseGet(() -> offer.unknown().isEmpty()
                        ? (offer.known().isEmpty() ? "nothing" : Amounts.fine(offer.known()))
                        : "unknown; known parts " + (offer.known().isEmpty() ? "none" : Amounts.fine(offer.known())));
    }

    static String unknown(OfferCost offer) {
        return offer.unknown().stream()
                .map(part -> part.what() + ": " + part.explanation())
                .collect(Collectors.joining("; "));
    }

    static String cost(OfferPart part) {
        return part.cost().map(Amounts::fine).orElse("unknown");
    }

    private static String mix(Comparison.Mix mix, @Nullable OfferCost single) {
        if (mix.isSingle()) {
            return "No mix of two is cheaper in " + mix.total().currency() + " than " + mix.inbound() + " alone.";
        }
        String saved = single == null
                ? ""
                : single.total()
                        .map(alone -> " (" + Amounts.fine(alone) + " with " + single.provider() + " alone)")
                        .orElse("");
        return "Cheapest mix in " + mix.total().currency() + ": numbers and what comes in at " + mix.inbound()
                + ", what goes out at " + mix.outbound() + ", " + Amounts.fine(mix.total()) + " a month" + saved
                + ". The number has to be proved as caller ID at " + mix.outbound() + " where it asks for that.";
    }
}
