package io.careflow.pstn.report;

import io.careflow.pstn.cost.CostDimension;
import io.careflow.pstn.cost.CostGroup;
import io.careflow.pstn.cost.CostKind;
import io.careflow.pstn.cost.CostMonth;
import io.careflow.pstn.cost.CostPart;
import io.careflow.pstn.cost.CostReport;
import io.careflow.pstn.cost.CostSums;
import io.careflow.pstn.rating.ExactTotal;
import java.math.BigDecimal;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/** The part of a page that shows a report. */
final class ReportSection {
    private static final int BARS = 12;
    private static final DateTimeFormatter UNTIL = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);

    private final Html page;
    private final List<Chart> charts;

    ReportSection(Html page, List<Chart> charts) {
        this.page = page;
        this.charts = charts;
    }

    void add(CostReport report) {
        List<CostMonth> months = report.months();
        if (!months.isEmpty()) {
            page.paragraph(
                    "small",
                    months.get(0).month() + " to "
                            + months.get(months.size() - 1).month() + ", months by the clock of "
                            + report.zone() + "; use counted until "
                            + UNTIL.format(report.asOf().atZone(report.zone())) + ".");
        }
        cards(report);
        months(report);
        for (CostDimension dimension : CostDimension.values()) {
            dimension(report, dimension);
        }
        reasons(report);
    }

    private void cards(CostReport report) {
        CostSums sums = report.sums();
        page.raw("<div class=\"cards\">\n");
        if (sums.totals().isEmpty()) {
            page.card("", "Total", "nothing", "no cost is known in these months");
        }
        sums.totals()
                .values()
                .forEach(total -> page.card(
                        "",
                        "Total",
                        Amounts.total(total),
                        "of it by the month " + amount(sums.monthly(), total.currency()) + ", by use "
                                + amount(sums.marginal(), total.currency())));
        report.projection()
                .ifPresent(projection -> projection
                        .totals()
                        .values()
                        .forEach(total -> page.card(
                                "",
                                "Projected for this month",
                                Amounts.total(total),
                                "straight proportion of the time that has passed ("
                                        + projection.elapsed().toHours() + " of "
                                        + projection.whole().toHours()
                                        + " hours); monthly fees as they are")));
        if (sums.unknown() > 0) {
            page.card("warn", "Price unknown", sums.unknown() + " items", "in none of the totals; reasons below");
        }
        if (report.undated() > 0) {
            page.card("warn", "Without a date", report.undated() + " items", "in no month and none of the totals");
        }
        page.raw("</div>\n");
    }

    private static String amount(Map<Currency, ExactTotal> amounts, Currency currency) {
        return Amounts.total(amounts.getOrDefault(currency, ExactTotal.in(currency)));
    }

    private void months(CostReport report) {
        page.element("h2", "By month");
        for (Currency currency : report.sums().totals().keySet()) {
            chart(
                    "months-" + currency.getCurrencyCode(),
                    false,
                    currency,
                    report.months().stream()
                            .map(month -> month.month().toString())
                            .toList(),
                    report.months().stream().map(CostMonth::sums).toList());
        }
        page.table(
                "Cost by month",
                titles("Month", false),
                report.months().stream()
                        .map(month -> row(month.month().toString(), month.sums(), Map.of(), false))
                        .toList(),
                List.of());
    }

    private void dimension(CostReport report, CostDimension dimension) {
        List<CostGroup> groups = new ArrayList<>(report.by(dimension));
        if (groups.isEmpty()) {
            return;
        }
        String title = dimension.text();
        page.element("h2", "By " + title);
        for (Currency currency : report.sums().totals().keySet()) {
            Comparator<CostGroup> dearest =
                    Comparator.comparing(group -> cost(group.sums().totals(), currency));
            groups.sort(dearest.reversed().thenComparing(CostGroup::name));
            List<CostGroup> shown = groups.stream()
                    .filter(group -> cost(group.sums().totals(), currency).signum() > 0)
                    .limit(BARS)
                    .toList();
            if (shown.size() > 1) {
                chart(
                        title + "-" + currency.getCurrencyCode(),
                        true,
                        currency,
                        shown.stream().map(group -> name(dimension, group)).toList(),
                        shown.stream().map(CostGroup::sums).toList());
            }
        }
        boolean flat = groups.stream().anyMatch(group -> !group.allocated().isEmpty());
        page.table(
                "Cost by " + title,
                titles(title.substring(0, 1).toUpperCase(Locale.ROOT) + title.substring(1), flat),
                groups.stream()
                        .map(group -> row(name(dimension, group), group.sums(), group.allocated(), flat))
                        .toList(),
                List.of());
        if (flat) {
            page.paragraph(
                    "small",
                    "Share of flat rates: what the talk would carry of the monthly fee, by its part of all talk with that"
                            + " provider. It is in no total.");
        }
    }

    private void chart(String id, boolean across, Currency currency, List<String> labels, List<CostSums> sums) {
        List<Chart.Series> series = Stream.of(CostKind.values())
                .map(kind -> new Chart.Series(
                        kind.text(),
                        List.of(CostKind.values()).indexOf(kind),
                        sums.stream()
                                .map(sum -> cost(sum.part(kind).amounts(), currency))
                                .toList()))
                .filter(one -> !one.isEmpty())
                .toList();
        if (!series.isEmpty()) {
            page.chart(id, "Bar chart of cost in " + currency.getCurrencyCode());
            charts.add(new Chart(id, across, currency.getCurrencyCode(), labels, series));
        }
    }

    private static BigDecimal cost(Map<Currency, ExactTotal> amounts, Currency currency) {
        return Amounts.number(amounts.getOrDefault(currency, ExactTotal.in(currency)));
    }

    private static String name(CostDimension dimension, CostGroup group) {
        return group.name().isEmpty() ? "no " + dimension.text() : group.name();
    }

    private static List<String> titles(String first, boolean flat) {
        List<String> titles = new ArrayList<>(List.of(first, "Total"));
        Stream.of(CostKind.values()).map(ReportSection::title).forEach(titles::add);
        titles.addAll(List.of("Calls in, use", "Calls out, use", "Calls on net, use", "Texts"));
        if (flat) {
            titles.add("Share of flat rates");
        }
        return titles;
    }

    private static String title(CostKind kind) {
        String text = kind.text();
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    private static List<String> row(String name, CostSums sums, Map<Currency, ExactTotal> allocated, boolean flat) {
        List<String> row = new ArrayList<>();
        row.add(name);
        String total = Amounts.fine(sums.totals());
        row.add(
                sums.unknown() == 0
                        ? (total.isEmpty() ? "nothing" : total)
                        : total + (total.isEmpty() ? "" : " + ") + sums.unknown() + " unknown");
        Stream.of(CostKind.values()).map(sums::part).map(Amounts::of).forEach(row::add);
        Function<CostKind, String> use = kind -> Amounts.use(sums.part(kind));
        row.add(use.apply(CostKind.CALLS_IN));
        row.add(use.apply(CostKind.CALLS_OUT));
        row.add(use.apply(CostKind.CALLS_ON_NET));
        row.add(Amounts.use(sums.part(CostKind.MESSAGES_IN).plus(sums.part(CostKind.MESSAGES_OUT))));
        if (flat) {
            row.add(Amounts.fine(allocated));
        }
        return row;
    }

    private void reasons(CostReport report) {
        CostSums sums = report.sums();
        if (sums.unknown() == 0) {
            return;
        }
        page.element("h2", "What has no known price");
        page.paragraph(
                "small", "Not in any total. Of each kind at most " + CostPart.REASONS_KEPT + " reasons are kept.");
        page.raw("<ul>\n");
        sums.parts().forEach((kind, part) -> {
            if (part.unknown() > 0) {
                page.element(
                        "li",
                        kind.text() + ": " + part.unknown() + " of " + part.count() + " ("
                                + String.join("; ", new TreeSet<>(part.reasons())) + ")");
            }
        });
        page.raw("</ul>\n");
    }
}
