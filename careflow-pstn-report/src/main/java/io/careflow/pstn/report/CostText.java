package io.careflow.pstn.report;

import io.careflow.pstn.cost.Comparison;
import io.careflow.pstn.cost.CostDimension;
import io.careflow.pstn.cost.CostGroup;
import io.careflow.pstn.cost.CostKind;
import io.careflow.pstn.cost.CostMonth;
import io.careflow.pstn.cost.CostReport;
import io.careflow.pstn.cost.CostSums;
import io.careflow.pstn.cost.OfferCost;
import io.careflow.pstn.cost.OfferPart;
import java.util.ArrayList;
import java.util.List;

/** Reports and comparisons as lines for a terminal or a mail. Control characters are not passed on. Immutable and thread-safe. */
public final class CostText {

    /** A writer. */
    public CostText() {}

    /** A report: totals, months, and each dimension. The form may change. */
    public List<String> lines(CostReport report) {
        List<String> lines = new ArrayList<>();
        for (CostMonth month : report.months()) {
            lines.add(month.month() + " (" + report.zone() + "): " + sums(month.sums()));
            month.sums()
                    .parts()
                    .forEach((kind, part) ->
                            lines.add("  " + kind.text() + ": " + (Amounts.use(part) + ", " + cost(Amounts.of(part)))));
            for (CostDimension dimension : CostDimension.values()) {
                month.by(dimension).forEach(group -> lines.add("  " + dimension.text() + " " + group(group)));
            }
        }
        lines.add("all months: " + sums(report.sums()));
        report.projection()
                .ifPresent(projection -> lines.add("projected for the month that runs: "
                        + cost(Amounts.total(projection.totals()))
                        + " (use in straight proportion to the time that has passed, monthly fees as they are)"));
        report.sums().parts().values().forEach(part -> part.reasons().forEach(why -> lines.add("  no price: " + why)));
        if (report.undated() > 0) {
            lines.add("without a date, in no month: " + report.undated());
        }
        return lines.stream().map(CostText::printable).toList();
    }

    /** A comparison: each provider part by part, then who is cheapest. The form may change. */
    public List<String> lines(Comparison comparison) {
        List<String> lines = new ArrayList<>();
        lines.add("One month: " + Sentences.profile(comparison.profile()));
        for (OfferCost offer : comparison.offers()) {
            lines.add(offer.provider() + ": " + Sentences.total(offer));
            for (OfferPart part : offer.parts()) {
                lines.add("  " + part.what() + ": " + Sentences.cost(part) + " - " + part.explanation());
            }
        }
        lines.addAll(Sentences.winners(comparison));
        return lines.stream().map(CostText::printable).toList();
    }

    private static String group(CostGroup group) {
        String name = group.name().isEmpty() ? "(none)" : group.name();
        String share = group.allocated().isEmpty()
                ? ""
                : "; share of flat rates, in no total: " + Amounts.fine(group.allocated());
        CostSums sums = group.sums();
        return name + ": " + sums(sums) + use(" in ", sums, CostKind.CALLS_IN) + use(" out ", sums, CostKind.CALLS_OUT)
                + share;
    }

    private static String use(String what, CostSums sums, CostKind kind) {
        String use = Amounts.use(sums.part(kind));
        return use.isEmpty() ? "" : "," + what + use;
    }

    private static String sums(CostSums sums) {
        return cost(Amounts.fine(sums.totals()))
                + (sums.unknown() == 0 ? "" : " and " + sums.unknown() + " of unknown price");
    }

    private static String cost(String amounts) {
        return amounts.isEmpty() ? "nothing" : amounts;
    }

    private static String printable(String line) {
        return line.replaceAll("[\\p{Cntrl}\\p{Cf}]", "?");
    }
}
