package io.careflow.pstn.benchmarks;

import io.careflow.pstn.call.Direction;
import io.careflow.pstn.rating.Rate;
import io.careflow.pstn.rating.RateBuilder;
import io.careflow.pstn.rating.RateDeck;
import io.careflow.pstn.rating.RateDeckBuilder;
import io.careflow.pstn.rating.RatedCall;
import io.careflow.pstn.rating.Rater;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Random;

/**
 * Prices for the prefixes of a {@link World}, and calls to its numbers, the same for the same seed. There are 2000 different prices
 * of four decimals; increments are 60/60, 60/6, 30/6, 6/6 or 1/1, one price in twenty has a connection fee, one in twenty a
 * minimum. One prefix in ten has a dearer price on working days from 8 to 18 in New York beside its price for the other hours; one
 * in ten has a price until 1 July 2026 and another from then on. Calls are answered at any time of 2026 and last up to ten minutes.
 */
final class RatedWorld {
    static final String CARRIER = "carrier";

    private static final int PRICES = 2_000;
    private static final Instant YEAR = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant CHANGE = Instant.parse("2026-07-01T00:00:00Z");
    private static final long YEAR_MILLIS = 365L * 86_400_000;
    private static final int[][] INCREMENTS = {{60, 60}, {60, 6}, {30, 6}, {6, 6}, {1, 1}};

    private RatedWorld() {}

    static RateDeck deck(World world, long seed) {
        Random random = new Random(seed);
        List<Rate> plain = new ArrayList<>();
        List<Rate> peak = new ArrayList<>();
        List<Rate> before = new ArrayList<>();
        List<Rate> after = new ArrayList<>();
        for (int i = 0; i < PRICES; i++) {
            long price = 10L + random.nextInt(9_990);
            int[] increments = INCREMENTS[random.nextInt(INCREMENTS.length)];
            long fee = random.nextInt(20) == 0 ? 50 : 0;
            long minimum = random.nextInt(20) == 0 ? 100 : 0;
            plain.add(rate(price, increments, fee, minimum).build());
            peak.add(rate(2 * price, increments, fee, minimum)
                    .windows("MON-FRI 08:00-18:00")
                    .build());
            before.add(rate(price, increments, fee, minimum).effectiveTo(CHANGE).build());
            after.add(rate(price + 5, increments, fee, minimum)
                    .effectiveFrom(CHANGE)
                    .build());
        }
        RateDeckBuilder deck = RateDeck.builder("world", "1", CARRIER, Direction.OUTBOUND)
                .currency(Currency.getInstance("USD"))
                .zone(ZoneId.of("America/New_York"));
        for (String prefix : world.prefixes()) {
            int price = random.nextInt(PRICES);
            int kind = random.nextInt(10);
            if (kind == 0) {
                deck.add(plain.get(price).withPrefix(prefix));
                deck.add(peak.get(price).withPrefix(prefix));
            } else if (kind == 1) {
                deck.add(before.get(price).withPrefix(prefix));
                deck.add(after.get(price).withPrefix(prefix));
            } else {
                deck.add(plain.get(price).withPrefix(prefix));
            }
        }
        return deck.build();
    }

    static Rater rater(RateDeck deck) {
        return Rater.of(List.of(deck));
    }

    static RatedCall[] calls(World world, long seed) {
        Random random = new Random(seed);
        return world.numbers().stream()
                .map(number -> RatedCall.answered(
                        number, YEAR.plusMillis(random.nextLong(YEAR_MILLIS)), 1 + random.nextInt(600_000)))
                .toArray(RatedCall[]::new);
    }

    private static RateBuilder rate(long price, int[] increments, long fee, long minimum) {
        return Rate.builder("1")
                .perMinute(BigDecimal.valueOf(price, 4))
                .increments(increments[0], increments[1])
                .connectionFee(BigDecimal.valueOf(fee, 4))
                .minimumCharge(BigDecimal.valueOf(minimum, 4));
    }
}
