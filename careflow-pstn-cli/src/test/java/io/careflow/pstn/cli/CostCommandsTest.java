package io.careflow.pstn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.careflow.pstn.cli.Shell.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CostCommandsTest {
    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeEach
    void files() throws IOException {
        shell = Shell.in(folder);
        Files.createDirectory(folder.resolve("offers"));
        write("offers/fees.csv", "provider,item,country,price,currency\nacme,number,US,1,USD\nother,number,US,2,USD\n");
        write("offers/acme-outbound.csv", "prefix,price,increments,connection_fee\n1,0.01,60/60,\n");
        write("numbers.csv", "provider,number,monthly,currency\nacme,+12125550100,1,USD\n");
        write(
                "calls.csv",
                "call,provider,direction,from,to,started,answered,ended\n"
                        + "1,acme,outbound,+12125550100,+13125550111,2026-03-05T12:00:00Z,2026-03-05T12:00:05Z,"
                        + "2026-03-05T12:01:10Z\n"
                        + "2,acme,outbound,+12125550100,+13125550111,2026-02-05T12:00:00Z,,2026-02-05T12:01:10Z\n");
    }

    @Test
    void reportCountsAndWritesItsFiles() throws IOException {
        Ran ran = shell.run(
                "cost",
                "report",
                "calls.csv",
                "--month",
                "2025-12",
                "--until",
                "2026-03",
                "--numbers",
                "numbers.csv",
                "--offers",
                "offers",
                "--html",
                "cost.html",
                "--csv",
                "cost.csv");
        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).contains("all months: 2.0200 USD");
        assertThat(Files.readString(folder.resolve("cost.html"))).contains("<canvas id=\"months-USD\"");
        assertThat(Files.readString(folder.resolve("cost.csv"))).contains("2026-03,all,,calls out,amount,USD,0.02");
        Ran march = shell.run("cost", "report", "calls.csv", "--month", "2026-03", "--json");
        assertThat(march.err()).contains("1 calls of other months are left out");
        assertThat(march.json().at("/months/0/unknown").asInt()).isEqualTo(1);
    }

    @Test
    void reportRefusesWhatItCannotRead() throws IOException {
        assertThat(shell.run("cost", "report", "calls.csv", "--month", "March").exit())
                .isEqualTo(ExitCode.USAGE);
        assertThat(shell.run("cost", "report", "calls.csv", "--month", "2026-03", "--zone", "Mars/One")
                        .err())
                .contains("expected a zone");
        assertThat(shell.run("cost", "report", "gone.csv", "--month", "2026-03").exit())
                .isEqualTo(ExitCode.FAILED);
        write("calls.csv", "call\n1\n");
        Ran bad = shell.run("cost", "report", "calls.csv", "--month", "2026-03");
        assertThat(bad.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(bad.err()).contains("calls.csv").contains("the header has no such column");
    }

    @Test
    void compareSaysWhoIsCheapestAndWhatIsUnknown() {
        String[] asked = {"cost", "compare", "--offers", "offers", "--out", "100", "--numbers", "1"};
        Ran ran = shell.run(asked);
        assertThat(ran.exit()).isZero();
        assertThat(ran.out())
                .contains("acme: 2.0000 USD")
                .contains("no OUTBOUND deck for provider other")
                .contains("Cheapest single provider in USD: acme");
        JsonNode tree = shell.run("cost", "compare", "--offers", "offers", "--out", "100", "--numbers", "1", "--json")
                .json();
        assertThat(tree.at("/cheapest/USD").asText()).isEqualTo("acme");
        assertThat(tree.at("/offers/1/parts/1/cost").isNull()).isTrue();
        assertThat(shell.run("cost", "compare", "--offers", "offers").err()).contains("nothing is used");
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }
}
