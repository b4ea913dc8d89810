package io.careflow.pstn.examples.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.report.BadFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CostAnalysisTest {
    @TempDir
    private Path results;

    @Test
    void pricesNumbersAndCallsGoInAndReportsComeOut() throws IOException {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        CostAnalysis.run(Path.of("data"), results, new PrintStream(said, true, StandardCharsets.UTF_8));

        String out = said.toString(StandardCharsets.UTF_8);
        assertThat(out)
                .contains("2026-01 (America/Toronto): ")
                .contains("Cheapest single provider in USD: ")
                .contains("Cheapest mix in USD: numbers and what comes in at northline, what goes out at ")
                .contains("Not compared as a whole, as prices are missing: quickdial.");
        assertThat(Files.readString(results.resolve("report.html")))
                .contains("<canvas id=\"months-USD\"", "<canvas id=\"months-CAD\"", "clinic-south");
        long calls = Files.readAllLines(Path.of("data", "calls.csv")).size() - 1L;
        assertThat(counted(Files.readAllLines(results.resolve("report.csv")))).isEqualTo(calls);
        assertThat(Files.readAllLines(results.resolve("comparison.csv"))).hasSizeGreaterThan(10);
        assertThat(Files.readAllLines(results.resolve("report.txt"))).anyMatch(line -> line.contains("no price: "));
    }

    @Test
    void aBadRowIsNamedAndNothingIsWritten() throws IOException {
        Path data = results.resolve("data");
        try (Stream<Path> files = Files.walk(Path.of("data"))) {
            for (Path file : files.toList()) {
                Files.copy(file, data.resolve(Path.of("data").relativize(file).toString()));
            }
        }
        List<String> rows = Files.readAllLines(data.resolve("calls.csv"));
        rows.set(4, rows.get(4).replace("2026-", "MMXXVI-"));
        Files.write(data.resolve("calls.csv"), rows);

        assertThatThrownBy(() -> CostAnalysis.run(data, results.resolve("out"), System.out))
                .isInstanceOf(BadFile.class)
                .hasMessageContaining("calls.csv")
                .hasMessageContaining("line 5")
                .hasMessageContaining("MMXXVI");
        assertThat(results.resolve("out")).doesNotExist();
    }

    private static long counted(List<String> csv) {
        return csv.stream()
                .filter(row -> row.matches("[0-9-]+,all,,calls (in|out),count,.*"))
                .mapToLong(row -> Long.parseLong(row.substring(row.lastIndexOf(',') + 1)))
                .sum();
    }
}
