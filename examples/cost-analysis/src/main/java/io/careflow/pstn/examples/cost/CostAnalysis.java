package io.careflow.pstn.examples.cost;

import io.careflow.pstn.TenantId;
import io.careflow.pstn.cost.Comparison;
import io.careflow.pstn.cost.CostReport;
import io.careflow.pstn.cost.CostReportBuilder;
import io.careflow.pstn.cost.Offer;
import io.careflow.pstn.cost.UsageProfile;
import io.careflow.pstn.report.CallsCsv;
import io.careflow.pstn.report.CostCsv;
import io.careflow.pstn.report.CostPage;
import io.careflow.pstn.report.CostText;
import io.careflow.pstn.report.NumbersCsv;
import io.careflow.pstn.report.OffersFolder;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;

/** Reads a folder with prices, numbers and calls, and writes report.html, report.csv, comparison.csv and report.txt. */
public final class CostAnalysis {
    private static final ZoneId ZONE = ZoneId.of("America/Toronto");

    /** When the example's figures are from: March is not over. */
    private static final Instant AS_OF = Instant.parse("2026-03-21T16:00:00Z");

    private CostAnalysis() {}

    /** Arguments: the folder with the data, and the folder for the results. */
    public static void main(String[] args) throws IOException {
        if (args.length != 2) {
            throw new IllegalArgumentException(
                    "expected two arguments: the folder with the data, the folder for results");
        }
        run(Path.of(args[0]), Path.of(args[1]), System.out);
    }

    static void run(Path data, Path results, PrintStream out) throws IOException {
        OffersFolder offers = OffersFolder.read(data.resolve("offers"));
        CostReport report = report(data, offers);
        Comparison comparison = comparison(offers);

        Files.createDirectories(results);
        Files.writeString(
                results.resolve("report.html"),
                CostPage.titled("Telephony in the first quarter of 2026 (invented example)")
                        .with(report)
                        .with(comparison)
                        .html());
        try (Writer csv = Files.newBufferedWriter(results.resolve("report.csv"))) {
            new CostCsv().write(report, csv);
        }
        try (Writer csv = Files.newBufferedWriter(results.resolve("comparison.csv"))) {
            new CostCsv().write(comparison, csv);
        }
        CostText text = new CostText();
        List<String> lines = text.lines(report);
        Files.write(results.resolve("report.txt"), lines);
        Files.write(results.resolve("comparison.txt"), text.lines(comparison));
        lines.stream().filter(line -> !line.startsWith("  ")).forEach(out::println);
        text.lines(comparison).stream().filter(line -> !line.startsWith("  ")).forEach(out::println);
        out.println("Written to " + results);
    }

    private static CostReport report(Path data, OffersFolder offers) throws IOException {
        // snippet: cost-report
        CostReportBuilder report = CostReport.over(YearMonth.of(2026, 1), YearMonth.of(2026, 3), ZONE, AS_OF);
        for (Offer offer : offers.offers()) {
            offer.monthly().forEach(fee -> report.plan(offer.provider(), fee));
        }
        new NumbersCsv().read(data.resolve("numbers.csv")).forEach(report::number);
        new CallsCsv(TenantId.DEFAULT).read(data.resolve("calls.csv"), call -> report.add(offers.priced(call)));
        return report.build();
        // end
    }

    private static Comparison comparison(OffersFolder offers) {
        // snippet: cost-comparison
        UsageProfile use = UsageProfile.NONE
                .withMinutes("US", "12125550100", 100, 100)
                .withNumbers("US", 1)
                .withMessages("US", 20, 20);
        return Comparison.of(use, offers.offers(), AS_OF);
        // end
    }
}
