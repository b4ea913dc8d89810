package io.careflow.pstn.rating;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Writes a charge as one line that a person can check with a pocket calculator. */
final class Explanation {

    private Explanation() {}

    static String of(Charge charge) {
        String prefix = charge.rate().map(Explanation::prefix).orElse("");
        String reason = charge.zeroBecause;
        String body = reason != null
                ? reason
                : charge.rate().map(rate -> billed(charge, rate)).orElse("");
        String amount = charge.rounding.apply(charge.amount().amount()).toPlainString();
        return prefix + body + " = " + amount + " " + currency(charge);
    }

    static String seconds(long millis) {
        return plain(BigDecimal.valueOf(millis, 3)) + " s";
    }

    private static String billed(Charge charge, Rate rate) {
        long initial = rate.initialIncrement();
        long step = rate.subsequentIncrement();
        long steps = (charge.billedSeconds() - initial) / step;
        String sum = initial + (steps == 0 ? "" : "+" + (steps == 1 ? "" : steps + "x") + step);
        BigDecimal usage = rate.perMinute().multiply(BigDecimal.valueOf(charge.billedSeconds()));
        BigDecimal withFee = usage.add(rate.connectionFee().multiply(Charge.SIXTY));
        boolean raised = withFee.compareTo(charge.amountTimes60()) < 0;
        return charge.billedSeconds() + " s billed (" + sum + ") of " + seconds(charge.talkMillis()) + ", "
                + plain(rate.perMinute()) + " " + currency(charge) + "/min -> " + quotient(usage)
                + ", fee " + plain(rate.connectionFee())
                + (raised ? ", raised to the minimum " + plain(rate.minimumCharge()) : "");
    }

    private static String prefix(Rate rate) {
        return rate.prefix().isEmpty() ? "catch-all prefix, " : "prefix " + rate.prefix() + ", ";
    }

    private static String currency(Charge charge) {
        return charge.amount().currency().getCurrencyCode();
    }

    /** A sixtieth: exact where it ends within ten decimals, else cut there and marked. */
    private static String quotient(BigDecimal times60) {
        BigDecimal cut = times60.divide(Charge.SIXTY, 10, RoundingMode.DOWN);
        boolean exact = cut.multiply(Charge.SIXTY).compareTo(times60) == 0;
        return exact ? plain(cut) : cut.toPlainString() + "...";
    }

    private static String plain(BigDecimal value) {
        return value.stripTrailingZeros().toPlainString();
    }
}
