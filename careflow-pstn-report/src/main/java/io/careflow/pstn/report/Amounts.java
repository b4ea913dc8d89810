package io.careflow.pstn.report;

import io.careflow.pstn.cost.CostPart;
import io.careflow.pstn.money.Money;
import io.careflow.pstn.money.Rounding;
import io.careflow.pstn.rating.ExactTotal;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.Map;
import java.util.stream.Collectors;

/** Amounts and durations as people read them: each rounded once, from its exact value. */
final class Amounts {
    private static final BigDecimal MINUTE = BigDecimal.valueOf(60_000);

    private Amounts() {}

    /** To the minor unit, with all its decimals. */
    static String total(ExactTotal total) {
        return shown(total, 0);
    }

    /** With two more decimals, as calls cost parts of a cent. */
    static String fine(ExactTotal total) {
        return shown(total, 2);
    }

    static BigDecimal number(ExactTotal total) {
        return rounded(total, 2);
    }

    static String total(Map<Currency, ExactTotal> totals) {
        return joined(totals, 0);
    }

    static String fine(Map<Currency, ExactTotal> totals) {
        return joined(totals, 2);
    }

    /** Of a part: what is known, and how many are not. Empty if there was nothing. */
    static String of(CostPart part) {
        String known = fine(part.amounts());
        String unknown = part.unknown() == 0 ? "" : part.unknown() + " unknown";
        return known + (known.isEmpty() || unknown.isEmpty() ? "" : " + ") + unknown;
    }

    static String minutes(long millis) {
        return BigDecimal.valueOf(millis)
                .divide(MINUTE, 1, RoundingMode.HALF_UP)
                .toPlainString();
    }

    /** So many, and their minutes; empty if none. */
    static String use(CostPart part) {
        if (part.count() == 0) {
            return "";
        }
        return part.count() + (part.millis() == 0 ? "" : " / " + minutes(part.millis()) + " min");
    }

    private static String joined(Map<Currency, ExactTotal> totals, int more) {
        return totals.values().stream().map(total -> shown(total, more)).collect(Collectors.joining(", "));
    }

    private static String shown(ExactTotal total, int more) {
        return rounded(total, more).toPlainString() + " " + total.currency().getCurrencyCode();
    }

    private static BigDecimal rounded(ExactTotal total, int more) {
        int decimals =
                Math.min(Rounding.MAX_DECIMALS, Math.max(0, total.currency().getDefaultFractionDigits()) + more);
        Money amount = total.amount(new Rounding(RoundingMode.HALF_UP, decimals));
        return amount.amount().setScale(decimals, RoundingMode.UNNECESSARY);
    }
}
