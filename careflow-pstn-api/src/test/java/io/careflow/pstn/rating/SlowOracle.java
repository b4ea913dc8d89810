package io.careflow.pstn.rating;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;

/** What a call costs, found one increment at a time, without anything that the rating itself uses but the values of the rates. */
final class SlowOracle {

    private static final BigDecimal SIXTY = BigDecimal.valueOf(60);

    private final Tries.Prices prices;

    SlowOracle(Tries.Prices prices) {
        this.prices = prices;
    }

    /** The exact cost times 60, and the billed seconds. */
    List<BigDecimal> times60AndSeconds(Instant answer, long millis) {
        long seconds = (millis + 999) / 1000;
        Rate atAnswer = rateAt(answer);
        if (seconds == 0 || seconds <= atAnswer.graceSeconds()) {
            return List.of(BigDecimal.ZERO, BigDecimal.ZERO);
        }
        BigDecimal usage = BigDecimal.ZERO;
        long billable = seconds - atAnswer.includedSeconds();
        long billed = 0;
        while (billed < billable) {
            Rate rate = prices.policy() == WindowPolicy.SPLIT
                    ? rateAt(answer.plusSeconds(atAnswer.includedSeconds() + billed))
                    : atAnswer;
            BigDecimal price = rate.perMinute();
            long step = rate.subsequentIncrement();
            for (RateTier tier : rate.tiers()) {
                if (billed >= tier.fromSecond()) {
                    price = tier.perMinute();
                    step = tier.increment();
                }
            }
            if (billed == 0) {
                step = rate.initialIncrement();
            } else if (prices.increments() == IncrementPolicy.TOTAL_MOD) {
                step -= billed % step;
            }
            BigDecimal cost = price.multiply(BigDecimal.valueOf(step));
            if (prices.stage() == RoundingStage.INCREMENT) {
                cost = cost.divide(SIXTY, 6, RoundingMode.HALF_UP).multiply(SIXTY);
            }
            usage = usage.add(cost);
            billed += step;
        }
        return List.of(limited(atAnswer, usage, billed), BigDecimal.valueOf(billed));
    }

    private static BigDecimal limited(Rate rate, BigDecimal usage, long billed) {
        BigDecimal total = usage.add(rate.connectionFee().multiply(SIXTY));
        if (billed > 0) {
            total = total.max(rate.minimumCharge().multiply(SIXTY));
        }
        return rate.maximumCharge().isPresent() && rate.maximumPolicy() == MaximumPolicy.FREE
                ? total.min(rate.maximumCharge().get().multiply(SIXTY))
                : total;
    }

    private Rate rateAt(Instant instant) {
        ZonedDateTime local = instant.atZone(ZoneId.of(prices.zone()));
        long second = local.getHour() * 3600L + local.getMinute() * 60L + local.getSecond();
        for (Rate rate : prices.rates()) {
            for (TimeWindow window : rate.windows()) {
                long end =
                        window.to().toSecondOfDay() == 0 ? 86_400 : window.to().toSecondOfDay();
                if (window.days().contains(local.getDayOfWeek())
                        && window.from().toSecondOfDay() <= second
                        && second < end) {
                    return rate;
                }
            }
        }
        return prices.rates().get(0);
    }
}
