package io.careflow.pstn.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.TenantId;
import io.careflow.pstn.cdr.Cdr;
import io.careflow.pstn.cost.Comparison;
import io.careflow.pstn.cost.CostReport;
import io.careflow.pstn.cost.CostReportBuilder;
import io.careflow.pstn.cost.UsageProfile;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportsTest {
    private static final String HEADER = "call,provider,direction,from,to,user,started,answered,ended,price,currency\n";
    private static final String HOSTILE = "</script><script>alert(1)</script>";
    private static final Instant AS_OF = Instant.parse("2026-04-02T00:00:00Z");

    @TempDir
    private Path folder;

    @BeforeEach
    void offers() throws IOException {
        write("fees.csv", "provider,item,country,price,currency\nacme,number,US,1,USD\nother,number,US,2,USD\n");
        write("acme-outbound.csv", "prefix,price,increments,connection_fee\n1,0.01,60/60,\n");
        write("other-outbound.csv", "prefix,price,increments,connection_fee\n1,0.02,60/60,\n");
        write(
                "calls.csv",
                HEADER + "1,acme,outbound,+12125550100,+13125550111,anna,2026-03-05T12:00:00Z,2026-03-05T12:00:05Z,"
                        + "2026-03-05T12:01:10Z,,\n"
                        + "2,acme,OUTBOUND,+12125550100,+442079460018," + HOSTILE
                        + ",2026-03-05T13:00:00+01:00,2026-03-05T12:00:05Z,2026-03-05T12:01:10Z,,\n"
                        + "3,other,inbound,,+12125550100,=1+1,2026-03-05T12:00:00Z,2026-03-05T12:00:05Z,"
                        + "2026-03-05T12:01:10Z,0.5,CAD\n");
    }

    @Test
    void callsArePricedByTheListsOfTheFolder() throws IOException {
        List<Cdr> calls = new ArrayList<>();
        OffersFolder offers = OffersFolder.read(folder);
        new CallsCsv(TenantId.DEFAULT).read(folder.resolve("calls.csv"), call -> calls.add(offers.priced(call)));
        assertThat(calls).extracting(call -> call.cost().amount() + "").containsExactly("0.02 USD", "null", "0.5 CAD");
        assertThat(calls.get(1).cost().explanation()).contains("no rate for 442079460018");
        assertThat(calls.get(2).from().isAnonymous()).isTrue();
    }

    @Test
    void noNameCanLeaveItsPlaceInThePage() throws IOException {
        String page = CostPage.titled("Costs of " + HOSTILE).with(report()).html();
        assertThat(page)
                .doesNotContain(HOSTILE)
                .contains("&lt;/script&gt;&lt;script&gt;alert(1)")
                .containsOnlyOnce("<h1>")
                .contains("Content-Security-Policy", "default-src &#39;none&#39;");
        assertThat(page.split("<script", -1)).hasSize(4);
        assertThat(page.split("</script", -1)).hasSize(4);
    }

    @Test
    void aFigureStaysWithItsUnitAndSentencesAreBrokenAnywhere() throws IOException {
        String page = CostPage.titled("Costs").with(report()).html();
        assertThat(page)
                .contains("<bdi>0.0200\u00A0USD +\u00A01\u00A0unknown</bdi>")
                .contains("use counted until 2026-04-02 00:00.");
        String table = new Html()
                .table("t", List.of("a", "b"), List.of(List.of("x", "1 USD of 2 USD")), List.of("b"))
                .toString();
        assertThat(table).contains("1 USD of 2 USD");
    }

    @Test
    void textsOfChartsCannotEndTheirScript() {
        Chart chart = new Chart("a", true, HOSTILE, List.of(HOSTILE, "\u2028<!--"), List.of());
        assertThat(ChartJson.of(List.of(chart)))
                .doesNotContain("<", ">", "\u2028")
                .contains("\\u003C/script\\u003E");
    }

    @Test
    void thePageIsOneFileWithItsLibraryAndATableForEveryChart() throws IOException {
        Comparison comparison = comparison();
        String page = CostPage.titled("Costs").with(report()).with(comparison).html();
        assertThat(page).contains("Chart.js v4", "<canvas id=\"months-USD\"", "<canvas id=\"compare-USD\"");
        assertThat(page).doesNotContainPattern("(src|href)=").doesNotContain("@import");
        assertThat(page.split("<table>", -1).length).isGreaterThanOrEqualTo(page.split("<canvas", -1).length);
        assertThat(page).contains("1 of 2 (no rate for 442079460018");
    }

    @Test
    void aReportOfNothingIsAPageToo() {
        YearMonth march = YearMonth.of(2026, 3);
        String page = CostPage.titled("Nothing")
                .with(CostReport.over(march, march, ZoneOffset.UTC, AS_OF).build())
                .html();
        assertThat(page).contains("no cost is known in these months", "2026-03").doesNotContain("<canvas");
    }

    @Test
    void csvHasOneFigureInARowAndNoFormulas() throws IOException {
        StringWriter csv = new StringWriter();
        new CostCsv().write(report(), csv);
        assertThat(csv.toString().lines())
                .startsWith("month,dimension,name,kind,measure,currency,value")
                .contains(
                        "2026-03,all,,calls out,count,,2",
                        "2026-03,all,,calls out,unknown,,1",
                        "2026-03,all,,calls out,amount,USD,0.02",
                        "2026-03,all,,calls in,amount,CAD,0.5",
                        "2026-03,number,+12125550100,calls out,count,,2",
                        "2026-03,user,'=1+1,calls in,count,,1");
        StringWriter compared = new StringWriter();
        new CostCsv().write(comparison(), compared);
        assertThat(compared.toString().lines())
                .startsWith("provider,part,side,currency,value,explanation")
                .anyMatch(line -> line.startsWith("acme,\"100 min out, US\",OUTBOUND,USD,1,"));
    }

    @Test
    void textSaysTotalsUnknownsAndWinners() throws IOException {
        assertThat(new CostText().lines(report()))
                .contains("all months: 0.5000 CAD, 0.0200 USD and 1 of unknown price")
                .anyMatch(line -> line.contains("no price: no rate for 442079460018"));
        assertThat(new CostText().lines(comparison()))
                .contains("acme: 2.0000 USD", "Cheapest single provider in USD: acme, 2.0000 USD a month.");
    }

    @Test
    void badRowsAreNamedWithTheirLines() throws IOException {
        write(
                "bad.csv",
                HEADER + "1,acme,sideways,,,,2026-03-01T09:30:00Z,,2026-03-01T09:31:00Z,,\n"
                        + "2,acme,inbound,,,,5 March,,,,\n");
        assertThatThrownBy(() -> new CallsCsv(TenantId.DEFAULT).read(folder.resolve("bad.csv"), call -> {}))
                .isInstanceOf(BadFile.class)
                .hasMessageContaining("line 2")
                .hasMessageContaining("direction is 'sideways'; allowed are [INBOUND, OUTBOUND, ON_NET]")
                .hasMessageContaining("line 3")
                .hasMessageContaining("started is '5 March'");
        write("numbers.csv", "provider,number,monthly,currency\nacme,12,1,USD\n");
        assertThatThrownBy(() -> new NumbersCsv().read(folder.resolve("numbers.csv")))
                .isInstanceOf(BadFile.class)
                .hasMessageContaining("is not E.164");
        write("headless.csv", "call,provider\n1,acme\n");
        assertThatThrownBy(() -> new CallsCsv(TenantId.DEFAULT).read(folder.resolve("headless.csv"), call -> {}))
                .isInstanceOf(BadFile.class)
                .hasMessageContaining("the header has no such column");
    }

    @Test
    void anOfferInTwoCurrenciesAndABadDeckAreRefused() throws IOException {
        write("acme-outbound.csv", "prefix,price,increments,connection_fee\n1,cheap,60/60,\n");
        assertThatThrownBy(() -> OffersFolder.read(folder))
                .isInstanceOf(BadFile.class)
                .hasMessageContaining("acme-outbound.csv");
        write("fees.csv", "provider,item,country,price,currency\nacme,number,US,1,USD\nacme,number,CA,1,CAD\n");
        assertThatThrownBy(() -> OffersFolder.read(folder))
                .isInstanceOf(BadFile.class)
                .hasMessageContaining("are in USD and CAD; allowed is one currency");
    }

    private CostReport report() throws IOException {
        YearMonth march = YearMonth.of(2026, 3);
        OffersFolder offers = OffersFolder.read(folder);
        CostReportBuilder report = CostReport.over(march, march, ZoneOffset.UTC, AS_OF);
        new CallsCsv(TenantId.DEFAULT).read(folder.resolve("calls.csv"), call -> report.add(offers.priced(call)));
        return report.build();
    }

    private Comparison comparison() throws IOException {
        UsageProfile use = UsageProfile.NONE.withMinutes("US", "1212", 0, 100).withNumbers("US", 1);
        return Comparison.of(use, OffersFolder.read(folder).offers(), AS_OF);
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }
}
