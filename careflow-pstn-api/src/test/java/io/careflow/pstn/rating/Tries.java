package io.careflow.pstn.rating;

import io.careflow.pstn.call.Direction;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Currency;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Decks and instants to try laws on: rates by the hour or not, with every feature, in zones whose clocks change at odd times. */
final class Tries {

    private static final List<String> ZONES = List.of(
            "UTC", "America/New_York", "Europe/London", "Australia/Lord_Howe", "Asia/Kolkata", "America/Santiago");

    private Tries() {}

    /** The rates of one prefix, which leave no hour without a price. */
    record Prices(List<Rate> rates, String zone, WindowPolicy policy, IncrementPolicy increments, RoundingStage stage) {

        RateDeck deck() {
            return deck(rates);
        }

        RateDeck shuffled(long seed) {
            List<Rate> other = new ArrayList<>(rates);
            Collections.shuffle(other, new Random(seed));
            return deck(other);
        }

        Charge charge(Instant answer, long millis) {
            return Tries.charge(deck(), answer, millis);
        }

        private RateDeck deck(List<Rate> order) {
            RateDeckBuilder deck = RateDeck.builder("d", "1", "carrier", Direction.OUTBOUND)
                    .currency(Currency.getInstance("USD"))
                    .zone(ZoneId.of(zone))
                    .windowPolicy(policy)
                    .incrementPolicy(increments)
                    .roundingStage(stage);
            order.forEach(deck::add);
            return deck.build();
        }
    }

    static Charge charge(RateDeck deck, Instant answer, long millis) {
        return Decks.charge(Rater.of(List.of(deck))
                .rate("carrier", Direction.OUTBOUND, RatedCall.answered(Decks.NUMBER, answer, millis)));
    }

    /** Any hour of two years, and often the minutes around a change of the clocks. */
    static Arbitrary<Instant> instants() {
        Instant start = Instant.parse("2026-01-01T00:00:00Z");
        Arbitrary<Instant> any =
                Arbitraries.longs().between(0, 2L * 365 * 86_400_000).map(start::plusMillis);
        Arbitrary<Instant> changes = Combinators.combine(
                        Arbitraries.of(ZONES),
                        Arbitraries.longs().between(-7_200_000, 3_600_000),
                        Arbitraries.integers().between(0, 3))
                .as((zone, offset, skipped) -> {
                    Instant at = start;
                    for (int i = 0; i <= skipped; i++) {
                        var next = ZoneId.of(zone).getRules().nextTransition(at);
                        at = next == null ? at : next.getInstant();
                    }
                    return at.plusMillis(offset);
                });
        return Arbitraries.oneOf(any, changes);
    }

    static Arbitrary<Prices> prices() {
        return Combinators.combine(
                        rates(rate()),
                        Arbitraries.of(ZONES),
                        Arbitraries.of(WindowPolicy.class),
                        Arbitraries.of(IncrementPolicy.class),
                        Arbitraries.of(RoundingStage.class))
                .as(Prices::new);
    }

    /** Billed by the second, split, and nothing but the price per minute. */
    static Arbitrary<Prices> pricesBySecond() {
        Arbitrary<RateBuilder> plain =
                price().map(price -> Rate.builder("1").perMinute(price).increments(1, 1));
        return Combinators.combine(rates(plain), Arbitraries.of(ZONES))
                .as((rates, zone) ->
                        new Prices(rates, zone, WindowPolicy.SPLIT, IncrementPolicy.INIT_PLUS_N, RoundingStage.CALL));
    }

    /** A rate without hours, and up to three with hours of their own. */
    private static Arbitrary<List<Rate>> rates(Arbitrary<RateBuilder> rate) {
        Arbitrary<List<RateBuilder>> some = rate.list().ofMinSize(1).ofMaxSize(4);
        Arbitrary<List<Integer>> edges =
                Arbitraries.integers().between(1, 95).list().ofSize(3).uniqueElements();
        Arbitrary<String> days = Arbitraries.of("MON-SUN", "MON-FRI", "SAT,SUN", "SUN-MON");
        return Combinators.combine(some, edges, days).as((builders, quarters, which) -> {
            List<Integer> sorted = quarters.stream().sorted().toList();
            List<Rate> rates = new ArrayList<>();
            rates.add(builders.get(0).build());
            for (int i = 1; i < builders.size(); i++) {
                String end = i == 3 ? "24:00" : time(sorted.get(i));
                rates.add(builders.get(i)
                        .windows(which + " " + time(sorted.get(i - 1)) + "-" + end)
                        .build());
            }
            return rates;
        });
    }

    private static Arbitrary<RateBuilder> rate() {
        Arbitrary<Integer> seconds = Arbitraries.integers().between(1, 90);
        Arbitrary<Integer> few =
                Arbitraries.oneOf(Arbitraries.just(0), Arbitraries.integers().between(1, 40));
        Arbitrary<BigDecimal> some = Arbitraries.oneOf(Arbitraries.just(BigDecimal.ZERO), price());
        return Combinators.combine(
                        price(),
                        seconds,
                        seconds,
                        some,
                        some,
                        few,
                        few,
                        Arbitraries.integers().between(0, 5))
                .as((price, initial, step, fee, minimum, grace, included, more) -> {
                    RateBuilder rate = Rate.builder("1")
                            .perMinute(price)
                            .increments(initial, step)
                            .connectionFee(fee)
                            .minimumCharge(minimum)
                            .graceSeconds(grace)
                            .includedSeconds(included);
                    if (more == 1) {
                        rate.maximumCharge(minimum.add(price), MaximumPolicy.FREE);
                    } else if (more == 2) {
                        rate.maximumCharge(minimum.add(price), MaximumPolicy.DISCONNECT);
                    } else if (more == 3) {
                        rate.tier(initial, "0.0123", step).tier(initial + 60, "1.5", 7);
                    }
                    return rate;
                });
    }

    private static Arbitrary<BigDecimal> price() {
        return Arbitraries.bigDecimals()
                .between(BigDecimal.ZERO, BigDecimal.TEN)
                .ofScale(6);
    }

    private static String time(int quarter) {
        return String.format("%02d:%02d", quarter / 4, quarter % 4 * 15);
    }
}
