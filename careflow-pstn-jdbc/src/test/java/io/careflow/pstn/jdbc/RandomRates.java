package io.careflow.pstn.jdbc;

import io.careflow.pstn.call.Direction;
import io.careflow.pstn.money.Rounding;
import io.careflow.pstn.rating.IncrementPolicy;
import io.careflow.pstn.rating.MaximumPolicy;
import io.careflow.pstn.rating.Rate;
import io.careflow.pstn.rating.RateBuilder;
import io.careflow.pstn.rating.RoundingStage;
import io.careflow.pstn.rating.SecondsRounding;
import io.careflow.pstn.rating.WindowPolicy;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Random;

/** Sheets with everything that a rate can have. */
final class RandomRates {
    private static final List<String> TEXTS =
            List.of("list", "tab\there", "back\\slash \\N", "new\nline", "Zoë's; --", "7");
    private static final List<String> WINDOWS =
            List.of("MON-FRI 08:00-18:00", "SAT,SUN 00:00-24:00", "WED 18:00-19:30");

    private final Random random;

    private RandomRates(Random random) {
        this.random = random;
    }

    static RateSheet sheet(Random random) {
        return new RandomRates(random).sheet();
    }

    private RateSheet sheet() {
        List<Rate> rates = new ArrayList<>();
        for (int i = 0; i < 1 + random.nextInt(200); i++) {
            rates.add(rate(i));
        }
        return new RateSheet(
                any(TEXTS),
                any(TEXTS),
                any(TEXTS),
                any(List.of(Direction.values())),
                Currency.getInstance(any(List.of("USD", "CAD", "JPY"))),
                any(List.of(SecondsRounding.values())),
                new Rounding(any(List.of(RoundingMode.UP, RoundingMode.HALF_EVEN)), random.nextInt(11)),
                any(List.of(RoundingStage.values())),
                any(List.of(IncrementPolicy.values())),
                any(List.of(WindowPolicy.values())),
                ZoneId.of(any(List.of("Europe/Berlin", "America/Toronto", "Z"))),
                rates);
    }

    /** Each has a prefix of its own. */
    private Rate rate(int number) {
        RateBuilder rate = number == 0 ? Rate.catchAll() : Rate.builder(any(List.of("1", "0", "44")) + "5" + number);
        BigDecimal least = price();
        rate.connectionFee(price()).minimumCharge(least).graceSeconds(random.nextInt(9));
        if (random.nextBoolean()) {
            rate.effectiveFrom(Instant.ofEpochMilli(random.nextInt()));
        }
        if (random.nextBoolean()) {
            rate.effectiveTo(Instant.ofEpochMilli(1L + Integer.MAX_VALUE + random.nextInt(1000)));
        }
        if (random.nextInt(3) == 0) {
            rate.originPrefix("4" + random.nextInt(1000));
        }
        if (random.nextInt(3) == 0) {
            rate.windows(WINDOWS.subList(0, 1 + random.nextInt(3)).toArray(String[]::new));
        }
        if (random.nextInt(9) == 0) {
            return rate.rejecting().build();
        }
        rate.perMinute(price()).increments(1 + random.nextInt(60), 1 + random.nextInt(60));
        if (random.nextInt(3) == 0) {
            rate.includedSeconds(random.nextInt(600));
        }
        if (random.nextInt(3) == 0) {
            rate.maximumCharge(least.add(price()), any(List.of(MaximumPolicy.values())));
        }
        for (int tier = 1; tier < random.nextInt(4); tier++) {
            rate.tier(tier * 600, price().toPlainString(), 1 + random.nextInt(60));
        }
        return rate.build();
    }

    private BigDecimal price() {
        return new BigDecimal(new BigInteger(20 + random.nextInt(30), random), 6 + random.nextInt(5))
                .remainder(new BigDecimal("100000000"));
    }

    private <T> T any(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
