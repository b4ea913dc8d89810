package io.careflow.pstn.report;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.careflow.pstn.cost.Comparison;
import io.careflow.pstn.cost.CostDimension;
import io.careflow.pstn.cost.CostGroup;
import io.careflow.pstn.cost.CostMonth;
import io.careflow.pstn.cost.CostReport;
import io.careflow.pstn.cost.CostSums;
import io.careflow.pstn.cost.OfferCost;
import io.careflow.pstn.cost.OfferPart;
import io.careflow.pstn.money.Rounding;
import io.careflow.pstn.rating.ExactTotal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.time.YearMonth;
import java.util.Currency;
import java.util.Map;

/**
 * Reports and comparisons as CSV (RFC 4180), one figure in a row, so that any tool can pivot it. Amounts are rounded half up to 6
 * decimals, once. A text that a spreadsheet would take for a formula is led by an apostrophe. Failures of the sink are thrown as
 * {@link UncheckedIOException}. Immutable and thread-safe.
 */
public final class CostCsv {

    /** A writer. */
    public CostCsv() {}

    /**
     * Writes a report: {@code month,dimension,name,kind,measure,currency,value}. The dimension {@code all} is the whole month; measures
     * are count, minutes, unknown and amount, and allocated for shares of flat rates, which are in no amount. The projection stands
     * under its month as dimension {@code projection}.
     *
     * @param sink not closed
     */
    public void write(CostReport report, Writer sink) {
        CsvWriter csv = CsvWriter.builder().build(sink);
        csv.writeRecord("month", "dimension", "name", "kind", "measure", "currency", "value");
        for (CostMonth month : report.months()) {
            write(csv, month.month(), "all", new CostGroup("", month.sums(), Map.of()));
            for (CostDimension dimension : CostDimension.values()) {
                month.by(dimension).forEach(group -> write(csv, month.month(), dimension.text(), group));
            }
        }
        report.projection()
                .ifPresent(projection -> projection
                        .totals()
                        .forEach((currency, total) -> csv.writeRecord(
                                YearMonth.from(report.asOf().atZone(report.zone()))
                                        .toString(),
                                "projection",
                                "",
                                "all",
                                "amount",
                                currency.getCurrencyCode(),
                                number(total))));
        flush(csv);
    }

    /**
     * Writes a comparison: {@code provider,part,side,currency,value,explanation}; a value that is not known is empty.
     *
     * @param sink not closed
     */
    public void write(Comparison comparison, Writer sink) {
        CsvWriter csv = CsvWriter.builder().build(sink);
        csv.writeRecord("provider", "part", "side", "currency", "value", "explanation");
        for (OfferCost offer : comparison.offers()) {
            for (OfferPart part : offer.parts()) {
                csv.writeRecord(
                        Cell.of(offer.provider()),
                        Cell.of(part.what()),
                        part.side().name(),
                        part.cost()
                                .map(total -> total.currency().getCurrencyCode())
                                .orElse(""),
                        part.cost().map(CostCsv::number).orElse(""),
                        Cell.of(part.explanation()));
            }
        }
        flush(csv);
    }

    private static void write(CsvWriter csv, YearMonth month, String dimension, CostGroup group) {
        CostSums sums = group.sums();
        sums.parts().forEach((kind, part) -> {
            Row row = (measure, currency, value) -> csv.writeRecord(
                    month.toString(), dimension, Cell.of(group.name()), kind.text(), measure, currency, value);
            row.write("count", "", Long.toString(part.count()));
            row.write("minutes", "", Amounts.minutes(part.millis()));
            row.write("unknown", "", Long.toString(part.unknown()));
            part.amounts().forEach((currency, total) -> row.write("amount", currency.getCurrencyCode(), number(total)));
        });
        for (Map.Entry<Currency, ExactTotal> share : group.allocated().entrySet()) {
            csv.writeRecord(
                    month.toString(),
                    dimension,
                    Cell.of(group.name()),
                    "plans",
                    "allocated",
                    share.getKey().getCurrencyCode(),
                    number(share.getValue()));
        }
    }

    private static String number(ExactTotal total) {
        return total.amount(Rounding.DEFAULT).amount().toPlainString();
    }

    private static void flush(CsvWriter csv) {
        try {
            csv.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Row {
        void write(String measure, String currency, String value);
    }
}
