package io.careflow.pstn.rating;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes a charge as one line that a person can check with a pocket calculator. */
final class Explanation {

    private static final int LONGEST_SUM = 60;

    private Explanation() {}

    static String of(Charge charge) {
        String prefix = charge.rate().map(Explanation::prefix).orElse("");
        String reason = charge.zeroBecause();
        String body = reason != null
                ? reason
                : charge.rate().map(rate -> billed(charge, rate)).orElse("");
        String amount = charge.deck().rounding().apply(charge.amount().amount()).toPlainString();
        return prefix + body + " = " + amount + " " + currency(charge);
    }

    static String seconds(long millis) {
        return plain(BigDecimal.valueOf(millis, 3)) + " s";
    }

    private static String billed(Charge charge, Rate rate) {
        BigDecimal usage = charge.parts().stream()
                .map(part -> Charge.usageTimes60(
                        charge.deck().roundingStage(), charge.deck().rounding(), part))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        int included = rate.includedSeconds();
        return charge.billedSeconds() + " s billed" + increments(charge.parts()) + " of " + seconds(charge.talkMillis())
                + (included == 0 ? "" : " less " + included + " s included")
                + prices(charge)
                + (charge.deck().roundingStage() == RoundingStage.INCREMENT ? ", each increment rounded" : "")
                + (charge.parts().isEmpty() ? "" : " -> " + quotient(usage))
                + ", fee " + plain(rate.connectionFee())
                + limits(charge, rate, usage)
                + rate.plan().map(plan -> ", paid by " + plan).orElse("");
    }

    /** The increments, for example (60+3x6); left out where they change too often to be read. */
    private static String increments(List<ChargePart> parts) {
        StringBuilder text = new StringBuilder();
        long steps = 0;
        for (int i = 0; i < parts.size(); i++) {
            ChargePart part = parts.get(i);
            steps += part.steps();
            boolean last = i == parts.size() - 1;
            if (last || i == 0 || parts.get(i + 1).step() != part.step()) {
                text.append(text.isEmpty() ? "" : "+")
                        .append(steps == 1 ? "" : steps + "x")
                        .append(part.step());
                steps = 0;
            }
        }
        return text.isEmpty() || text.length() > LONGEST_SUM ? "" : " (" + text + ")";
    }

    private static String prices(Charge charge) {
        List<ChargePart> parts = charge.parts();
        if (parts.isEmpty()) {
            return "";
        }
        Map<String, Long> secondsByPrice = new LinkedHashMap<>();
        parts.forEach(part -> secondsByPrice.merge(price(charge, part), part.seconds(), Long::sum));
        return secondsByPrice.size() == 1
                ? ", " + price(charge, parts.get(0))
                : secondsByPrice.entrySet().stream()
                        .map(entry -> entry.getValue() + " s at " + entry.getKey())
                        .collect(Collectors.joining(" + ", ", ", ""));
    }

    private static String price(Charge charge, ChargePart part) {
        return plain(part.perMinute()) + " " + currency(charge) + "/min"
                + (part.hours().isEmpty() ? "" : " " + part.hours());
    }

    private static String limits(Charge charge, Rate rate, BigDecimal usageTimes60) {
        BigDecimal withFee = usageTimes60.add(rate.connectionFee().multiply(Charge.SIXTY));
        BigDecimal atLeast = charge.parts().isEmpty()
                ? withFee
                : withFee.max(rate.minimumCharge().multiply(Charge.SIXTY));
        String raised = atLeast.compareTo(withFee) > 0 ? ", raised to the minimum " + plain(rate.minimumCharge()) : "";
        String capped = atLeast.compareTo(charge.amountTimes60()) > 0
                ? ", capped at the maximum "
                        + rate.maximumCharge().map(Explanation::plain).orElse("")
                : "";
        return raised + capped;
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
