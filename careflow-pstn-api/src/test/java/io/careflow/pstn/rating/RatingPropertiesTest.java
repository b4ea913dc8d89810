package io.careflow.pstn.rating;

import static org.assertj.core.api.Assertions.assertThat;

import io.careflow.pstn.call.Direction;
import io.careflow.pstn.rating.RatingResult.Rated;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What must hold for every deck and call, tried on many made from a fixed seed. */
class RatingPropertiesTest {

    private static final Instant T = Instant.parse("2026-03-02T15:00:00Z");
    private static final BigDecimal SIXTY = BigDecimal.valueOf(60);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void longerTalkNeverCostsLessAndNothingIsNegative(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            Rate rate = rate(random, "1").build();
            Charge previous = charge(rate, 0);
            for (long talk = 0; talk < 200_000; talk += 1 + random.nextInt(3000)) {
                Charge next = charge(rate, talk);
                assertThat(next.amountTimes60()).isGreaterThanOrEqualTo(previous.amountTimes60());
                assertThat(next.amount()).isGreaterThanOrEqualTo(previous.amount());
                assertThat(next.billedSeconds()).isGreaterThanOrEqualTo(previous.billedSeconds());
                assertThat(next.amount().signum()).isNotNegative();
                previous = next;
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5, 6})
    void agreesWithSteppingThroughTheIncrements(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 3000; round++) {
            Rate rate = rate(random, "1").build();
            long talk = random.nextInt(4) == 0 ? random.nextInt(10_000) : random.nextInt(4_000_000);
            Charge charge = charge(rate, talk);

            BigDecimal exactTimes60 = naiveTimes60(rate, talk);
            assertThat(charge.amountTimes60()).isEqualByComparingTo(exactTimes60);
            assertThat(charge.amount().amount())
                    .isEqualByComparingTo(exactTimes60.divide(SIXTY, 6, RoundingMode.HALF_UP));
            assertThat(charge.amountToTenDecimals()).isEqualTo(exactTimes60.divide(SIXTY, 10, RoundingMode.HALF_UP));
            assertThat(charge.amountTimes60().scale()).isLessThanOrEqualTo(10);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {7, 8, 9})
    void findsWhatASlowScanFindsInWhateverOrder(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 100; round++) {
            List<Rate> rates = rates(random, 1 + random.nextInt(300));
            RateDeck deck = deck(rates);
            Collections.shuffle(rates, random);
            RateDeck shuffled = deck(rates);
            for (int i = 0; i < 200; i++) {
                String number = digits(random, 1 + random.nextInt(22));
                Instant at = T.plusSeconds(random.nextInt(60) - 30);
                Optional<Rate> expected = rates.stream()
                        .filter(rate -> number.startsWith(rate.prefix()) && rate.isEffectiveAt(at))
                        .max(Comparator.comparingInt(rate -> rate.prefix().length()));
                assertThat(deck.find(number, at)).isEqualTo(expected);
                assertThat(shuffled.find(number, at)).isEqualTo(expected);
            }
        }
    }

    private static BigDecimal naiveTimes60(Rate rate, long talkMillis) {
        long seconds = 0;
        while (seconds * 1000 < talkMillis) {
            seconds++;
        }
        if (seconds <= rate.graceSeconds()) {
            return BigDecimal.ZERO;
        }
        long billed = rate.initialIncrement();
        while (billed < seconds) {
            billed += rate.subsequentIncrement();
        }
        BigDecimal total = rate.connectionFee().multiply(SIXTY);
        total = total.add(rate.perMinute().multiply(BigDecimal.valueOf(billed)));
        return total.max(rate.minimumCharge().multiply(SIXTY));
    }

    private static Charge charge(Rate rate, long talkMillis) {
        RatingResult result = Rater.of(List.of(deck(List.of(rate))))
                .rate("carrier", Direction.OUTBOUND, RatedCall.answered("14165550100", T, talkMillis));
        return ((Rated) result).charge();
    }

    private static RateDeck deck(List<Rate> rates) {
        RateDeckBuilder deck =
                RateDeck.builder("d", "1", "carrier", Direction.OUTBOUND).currency(Currency.getInstance("USD"));
        rates.forEach(deck::add);
        return deck.build();
    }

    /** Few digits, so that prefixes nest; a prefix may have a rate before, during and after some span, with gaps. */
    private static List<Rate> rates(Random random, int prefixes) {
        List<Rate> rates = new ArrayList<>();
        for (int i = 0; i < prefixes; i++) {
            String prefix = digits(random, random.nextInt(random.nextInt(4) == 0 ? 19 : 7));
            if (rates.stream().anyMatch(rate -> rate.prefix().equals(prefix))) {
                continue;
            }
            Instant first = T.plusSeconds(random.nextInt(20) - 20);
            Instant second = first.plusSeconds(1 + random.nextInt(20));
            switch (random.nextInt(3)) {
                case 0 -> rates.add(rate(random, prefix).build());
                case 1 ->
                    rates.add(rate(random, prefix)
                            .effectiveFrom(first)
                            .effectiveTo(second)
                            .build());
                default -> {
                    rates.add(rate(random, prefix).effectiveTo(first).build());
                    rates.add(rate(random, prefix).effectiveFrom(second).build());
                }
            }
        }
        return rates.isEmpty() ? new ArrayList<>(List.of(rate(random, "1").build())) : rates;
    }

    private static RateBuilder rate(Random random, String prefix) {
        RateBuilder rate = prefix.isEmpty() ? Rate.catchAll() : Rate.builder(prefix);
        return rate.perMinute(BigDecimal.valueOf(random.nextInt(100_000), random.nextInt(11)))
                .increments(1 + random.nextInt(70), 1 + random.nextInt(70))
                .connectionFee(BigDecimal.valueOf(random.nextBoolean() ? random.nextInt(1000) : 0, 4))
                .minimumCharge(BigDecimal.valueOf(random.nextBoolean() ? random.nextInt(1000) : 0, 4))
                .graceSeconds(random.nextBoolean() ? random.nextInt(10) : 0);
    }

    private static String digits(Random random, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append("012".charAt(random.nextInt(3)));
        }
        return text.toString();
    }
}
