package io.careflow.pstn.report;

import io.careflow.pstn.cost.Comparison;
import io.careflow.pstn.cost.OfferCost;
import io.careflow.pstn.cost.OfferPart;
import io.careflow.pstn.rating.ExactTotal;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;

/** The part of a page that shows a comparison. */
final class ComparisonSection {
    private final Html page;
    private final List<Chart> charts;

    ComparisonSection(Html page, List<Chart> charts) {
        this.page = page;
        this.charts = charts;
    }

    void add(Comparison comparison) {
        page.element("h2", "The same use with each provider");
        page.paragraph(
                "small",
                "For one month: " + Sentences.profile(comparison.profile()) + ". Prices of " + comparison.at() + ".");
        page.raw("<ul>\n");
        Sentences.winners(comparison).forEach(sentence -> page.element("li", sentence));
        page.raw("</ul>\n");
        LinkedHashSet<Currency> currencies = new LinkedHashSet<>();
        comparison.offers().forEach(offer -> currencies.addAll(offer.known().keySet()));
        currencies.forEach(currency -> chart(comparison, currency));
        page.table(
                "Monthly cost by provider",
                List.of("Provider", "Total", "Not known"),
                comparison.offers().stream()
                        .map(offer -> List.of(offer.provider(), Sentences.total(offer), Sentences.unknown(offer)))
                        .toList(),
                List.of("Not known"));
        for (OfferCost offer : comparison.offers()) {
            page.table(
                    offer.provider() + ", part by part",
                    List.of("Part", "Cost", "How"),
                    offer.parts().stream()
                            .map(part -> List.of(part.what(), Sentences.cost(part), part.explanation()))
                            .toList(),
                    List.of("How"));
        }
    }

    private void chart(Comparison comparison, Currency currency) {
        List<OfferCost> offers = comparison.offers().stream()
                .filter(offer -> offer.known().containsKey(currency))
                .toList();
        LinkedHashSet<String> parts = new LinkedHashSet<>();
        offers.forEach(offer -> offer.parts().forEach(part -> parts.add(part.what())));
        List<Chart.Series> series = new ArrayList<>();
        for (String what : parts) {
            series.add(new Chart.Series(
                    what,
                    series.size(),
                    offers.stream()
                            .map(offer -> offer.parts().stream()
                                    .filter(part -> part.what().equals(what))
                                    .map(OfferPart::total)
                                    .filter(Objects::nonNull)
                                    .filter(total -> total.currency().equals(currency))
                                    .reduce(ExactTotal.in(currency), ExactTotal::plus))
                            .map(Amounts::number)
                            .toList()));
        }
        series.removeIf(Chart.Series::isEmpty);
        if (!series.isEmpty()) {
            String id = "compare-" + currency.getCurrencyCode();
            page.chart(id, "Bar chart of the monthly cost with each provider in " + currency.getCurrencyCode());
            List<String> labels = offers.stream()
                    .map(offer -> offer.provider() + (offer.unknown().isEmpty() ? "" : " (parts unknown)"))
                    .toList();
            charts.add(new Chart(id, true, currency.getCurrencyCode() + " a month", labels, series));
        }
    }
}
