package io.careflow.pstn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.call.Direction;
import io.careflow.pstn.cdr.CdrCost;
import io.careflow.pstn.cli.Shell.Ran;
import io.careflow.pstn.jdbc.DatabaseSettings;
import io.careflow.pstn.jdbc.OwnedNumber;
import io.careflow.pstn.jdbc.PstnDatabase;
import io.careflow.pstn.jdbc.RateSheet;
import io.careflow.pstn.lab.LabPostgres;
import io.careflow.pstn.money.Money;
import io.careflow.pstn.rating.Rate;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

@DisplayName("Cost from a real PostgreSQL")
class StoredCostIT {
    private static final Instant MARCH = Instant.parse("2025-03-02T10:00:00Z");

    @TempDir
    private Path folder;

    @Test
    @DisplayName("calls, rented numbers and price lists come from the database; what is in none of them is unknown")
    void report() throws Exception {
        Shell shell = Shell.in(folder);
        try (LabPostgres postgres = LabPostgres.start()) {
            LabPostgres.Database lab = postgres.newDatabase();
            PGSimpleDataSource source = new PGSimpleDataSource();
            source.setUrl(lab.jdbcUrl());
            source.setUser(lab.user());
            PstnDatabase database = PstnDatabase.open(source, DatabaseSettings.defaults());
            fill(database);
            shell.environment.put("PSTN_DATABASE_URL", lab.jdbcUrl());
            shell.environment.put("PSTN_DATABASE_USER", lab.user());

            Ran ran = shell.run("cost", "report", "--month", "2025-03", "--html", "march.html");
            assertThat(ran.exit()).as(ran.err()).isZero();
            // 2.50 as stored, 0.01 by the list, 1.15 for the number; Britain is in no list.
            assertThat(ran.out()).contains("3.6600 USD");
            assertThat(Files.readString(folder.resolve("march.html"))).contains("<canvas");
            Ran quote = shell.run("quote", "--to", "+14165550199", "--talk", "61s");
            assertThat(quote.out()).contains("telnyx", "0.02 USD");
            Ran plan = shell.run("route", "explain", "--from", "+14165550100", "--to", "+14165550199", "--json");
            assertThat(plan.json().at("/routes/0/route").asText()).isEqualTo("telnyx");
            Ran json = shell.run("cost", "report", "--month", "2025-03", "--json");
            assertThat(json.json().at("/months/0/unknown").asInt()).isEqualTo(1);
            Ran other = shell.run("cost", "report", "--month", "2025-03", "--tenant", "other", "--json");
            assertThat(other.json().at("/months/0/unknown").asInt()).isZero();
            assertThat(other.out()).doesNotContain("USD");
        }
    }

    @Test
    @DisplayName("without a file and a database, or with one that is away, it refuses cleanly")
    void refuses() {
        Shell shell = Shell.in(folder);
        Ran none = shell.run("cost", "report", "--month", "2025-03");
        assertThat(none.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(none.err()).contains("CALLS.CSV or --database");
        Ran quote = shell.run("quote", "--to", "+14165550199");
        assertThat(quote.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(quote.err()).contains("--rates PROVIDER=FILE or --database");
        Ran away = shell.run(
                "cost", "report", "--month", "2025-03", "--database", "jdbc:postgresql://127.0.0.1:1/none", "--json");
        assertThat(away.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(away.json().at("/error/message").asText()).contains("cannot be reached");
    }

    private static void fill(PstnDatabase database) {
        CdrCost known = new CdrCost(Money.of("2.5", "USD"), new BigDecimal("2.5"), "as told");
        database.cdrs().append(StoredCalls.call("1", MARCH, "+14165550199", known));
        database.cdrs().append(StoredCalls.call("2", MARCH.plusSeconds(60), "+14165550199", CdrCost.UNRATED));
        database.cdrs().append(StoredCalls.call("3", MARCH.plusSeconds(90), "+442071838750", CdrCost.UNRATED));
        database.cdrs().append(StoredCalls.call("4", MARCH.minusSeconds(9_000_000), "+14165550199", known));
        database.numbers()
                .put(OwnedNumber.main(new PhoneNumber("+14165550100"), "telnyx").costing(Money.of("1.15", "USD")));
        database.numbers()
                .put(OwnedNumber.main(new PhoneNumber("+14165550101"), "telnyx")
                        .costing(Money.of("7", "USD"))
                        .inactive());
        database.rates()
                .replace(RateSheet.of(
                        "list",
                        "1",
                        "telnyx",
                        Direction.OUTBOUND,
                        Currency.getInstance("USD"),
                        List.of(Rate.builder("1")
                                .perMinute("0.01")
                                .increments(60, 60)
                                .build())));
    }
}
