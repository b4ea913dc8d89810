package io.careflow.pstn.cost;

import io.careflow.pstn.cost.OfferPart.Side;
import io.careflow.pstn.rating.ExactTotal;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a profile costs with each provider, who is cheapest, and whether two together are cheaper: one for what comes in and one for
 * what goes out. Providers of which a part is not known are shown and never win. Currencies are not converted: there is a winner of
 * each. Immutable and thread-safe.
 *
 * @param profile what is used
 * @param at when it is used; decks are read at this instant
 * @param offers what it costs with each provider, in the order given
 */
public record Comparison(UsageProfile profile, Instant at, List<OfferCost> offers) {

    /** Copies the list. */
    public Comparison {
        Objects.requireNonNull(profile, "profile");
        Objects.requireNonNull(at, "at");
        offers = List.copyOf(offers);
    }

    /**
     * Compares.
     *
     * @throws IllegalArgumentException if two offers are of one provider
     */
    public static Comparison of(UsageProfile profile, List<Offer> offers, Instant at) {
        Set<String> seen = new HashSet<>();
        for (Offer offer : offers) {
            if (!seen.add(offer.provider())) {
                throw new IllegalArgumentException("two offers of provider " + offer.provider());
            }
        }
        return new Comparison(
                profile,
                at,
                offers.stream()
                        .map(offer -> new OfferPricing(offer, at).cost(profile))
                        .toList());
    }

    /** The cheapest single provider of each currency; of equals the first by name. Empty where every offer misses something. */
    public Map<Currency, OfferCost> cheapest() {
        Map<Currency, OfferCost> best = byCode();
        offers.stream()
                .sorted(Comparator.comparing(OfferCost::provider))
                .forEach(offer -> offer.total()
                        .ifPresent(total -> best.merge(
                                total.currency(), offer, (old, one) -> isLess(total, old.total()) ? one : old)));
        return Collections.unmodifiableMap(best);
    }

    /**
     * The cheapest way of each currency, with one provider or two; of equals one provider, then the first by names. Empty where no two
     * offers know all that they need to, or nothing comes in or nothing goes out. A provider that shows another's number may ask to
     * prove first that it is ours.
     */
    public Map<Currency, Mix> cheapestMix() {
        Map<Currency, Mix> best = byCode();
        mixes().sorted(Comparator.comparing(Mix::isSingle)
                        .reversed()
                        .thenComparing(Mix::inbound)
                        .thenComparing(Mix::outbound))
                .forEach(mix -> best.merge(
                        mix.total().currency(),
                        mix,
                        (old, one) -> isLess(one.total(), Optional.of(old.total())) ? one : old));
        return Collections.unmodifiableMap(best);
    }

    private Stream<Mix> mixes() {
        return offers.stream().flatMap(in -> offers.stream().flatMap(out -> mix(in, out).stream()));
    }

    private static Optional<Mix> mix(OfferCost in, OfferCost out) {
        if (!in.serves(Side.INBOUND) || !out.serves(Side.OUTBOUND)) {
            return Optional.empty();
        }
        if (in.equals(out)) {
            return in.total().map(total -> new Mix(in.provider(), in.provider(), total));
        }
        Optional<ExactTotal> some = in.total(Side.INBOUND);
        Optional<ExactTotal> others = out.total(Side.OUTBOUND);
        return some.isPresent()
                        && others.isPresent()
                        && some.get().currency().equals(others.get().currency())
                ? Optional.of(new Mix(in.provider(), out.provider(), some.get().plus(others.get())))
                : Optional.empty();
    }

    /** Exactly, not by what is shown. */
    private static boolean isLess(ExactTotal one, Optional<ExactTotal> other) {
        return other.isPresent() && one.compareTo(other.get()) < 0;
    }

    private static <T> Map<Currency, T> byCode() {
        return new TreeMap<>(Comparator.comparing(Currency::getCurrencyCode));
    }

    /**
     * Who takes what comes in, who takes what goes out, and what both cost together.
     *
     * @param inbound whose numbers are called
     * @param outbound who carries calls that go out
     * @param total the exact cost
     */
    public record Mix(String inbound, String outbound, ExactTotal total) {
        /** Whether it is one provider for both. */
        public boolean isSingle() {
            return inbound.equals(outbound);
        }
    }
}
