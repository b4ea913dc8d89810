package io.careflow.pstn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.careflow.pstn.call.Direction;
import io.careflow.pstn.cli.Shell.Ran;
import io.careflow.pstn.jdbc.DatabaseSettings;
import io.careflow.pstn.jdbc.PstnDatabase;
import io.careflow.pstn.jdbc.RateSheet;
import io.careflow.pstn.lab.LabPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

@DisplayName("Price lists into a real PostgreSQL")
class RatesImportIT {
    private static final String PASSWORD = "pa55-that-nobody-may-see";

    private static LabPostgres postgres;

    @TempDir
    private Path folder;

    private Shell shell;
    private LabPostgres.Database lab;
    private PstnDatabase database;

    @BeforeAll
    static void server() {
        postgres = LabPostgres.start();
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    @BeforeEach
    void tables() throws IOException {
        shell = Shell.in(folder);
        lab = postgres.newDatabase();
        String role = lab.jdbcUrl().replaceFirst(".*/", "op_").replaceFirst("\\?.*", "");
        database = PstnDatabase.open(source(lab), DatabaseSettings.defaults());
        sql("CREATE ROLE " + role + " LOGIN PASSWORD '" + PASSWORD + "'");
        sql("GRANT ALL ON ALL TABLES IN SCHEMA public TO " + role);
        shell.environment.put("PSTN_DATABASE_URL", lab.jdbcUrl());
        shell.environment.put("PSTN_DATABASE_USER", role);
        shell.environment.put("PSTN_DATABASE_PASSWORD", PASSWORD);
        Files.writeString(folder.resolve("a.csv"), "prefix,price\n1,0.012\n\"44,4420-4422\",0.02\n");
        Files.writeString(folder.resolve("b.csv"), "Code;Rate\n1;0,010\n");
        Files.writeString(folder.resolve("bad.csv"), "prefix,price\n1,0.01\nx,0.02\n44,cheap\n");
    }

    @Test
    @DisplayName("a list is written whole, seen by its reader, and told in both forms; a bar shows how far it is")
    void imports() {
        Ran ran = run("rates import a.csv --carrier telnyx --deck list --deck-version 7 --yes --json");
        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(ran.json().at("/done").asBoolean()).isTrue();
        assertThat(ran.json().at("/rates").asInt()).isEqualTo(5);
        assertThat(stored().rates()).hasSize(5);
        assertThat(stored().id() + " " + stored().version()).isEqualTo("list 7");

        Ran again = answering("y")
                .run(typed("rates import b.csv --carrier telnyx --separator ; --decimal-comma"
                        + " --column prefix=Code --column price=Rate --increments 6/6"));
        assertThat(again.exit()).as(again.err()).isZero();
        assertThat(again.out()).contains("rates", "1");
        assertThat(again.err()).contains("list 7, 5 rates", "Replace the prices of telnyx OUTBOUND", "[####");
        assertThat(stored().rates()).singleElement().hasToString("1: 0.01/min 6/6");
    }

    @Test
    @DisplayName("with --from what is stored holds until then, and what is in another currency is refused")
    void loadsAhead() {
        run("rates import a.csv --carrier telnyx --deck old --deck-version 1 --yes");
        Ran ran = run("rates import b.csv --carrier telnyx --separator ; --decimal-comma --column prefix=Code"
                + " --column price=Rate --from 2099-01-01 --yes --json");
        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(ran.json().at("/from").asText()).isEqualTo("2099-01-01T00:00:00Z");
        assertThat(stored().id()).isEqualTo("old");
        assertThat(perMinute(Instant.parse("2098-12-31T23:59:59Z"))).isEqualTo("0.012");
        assertThat(perMinute(Instant.parse("2099-01-01T00:00:00Z"))).isEqualTo("0.01");

        RateSheet before = stored();
        Ran other = run("rates import a.csv --carrier telnyx --currency CAD --from 2099-02-01 --yes");
        assertThat(other.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(other.err()).contains("currency", "nothing was done");
        assertThat(stored()).isEqualTo(before);
    }

    @Test
    @DisplayName("one bad row and nothing is written; every bad row is told")
    void badRows() throws IOException {
        run("rates import a.csv --carrier telnyx --yes");
        RateSheet before = stored();
        Ran ran = run("rates import bad.csv --carrier telnyx --yes --bad-rows rows.txt");
        assertThat(ran.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(ran.out()).contains("line 3, prefix", "line 4, price", "2 bad rows");
        assertThat(Files.readAllLines(folder.resolve("rows.txt"))).hasSize(2);
        Ran json = run("rates import bad.csv --carrier telnyx --yes --json");
        assertThat(json.json().at("/badRows").asInt()).isEqualTo(2);
        assertThat(stored()).isEqualTo(before);
    }

    @Test
    @DisplayName("a row that the database refuses leaves the old prices, and is a failure without effect")
    void refusedByTheDatabase() {
        run("rates import a.csv --carrier telnyx --yes");
        RateSheet before = stored();
        sql("ALTER TABLE call_rates ADD CONSTRAINT dear CHECK (rate_per_minute > 0.011)");
        Ran ran = run("rates import b.csv --carrier telnyx --separator ; --decimal-comma --column prefix=Code"
                + " --column price=Rate --yes --json");
        assertThat(ran.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(ran.json().at("/error/effect").asText()).isEqualTo("NONE");
        assertThat(ran.err()).contains("constraint dear", "nothing was done");
        assertThat(stored()).isEqualTo(before);
    }

    @Test
    @DisplayName("a dry run shows what would be done and writes nothing; without a yes nothing is written either")
    void dryRun() {
        Ran ran = run("rates import a.csv --carrier telnyx --dry-run --json");
        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(ran.json().at("/dryRun").asBoolean()).isTrue();
        assertThat(ran.json().at("/request/rates").asInt()).isEqualTo(5);
        assertThat(run("rates import a.csv --carrier telnyx").exit()).isEqualTo(ExitCode.NOT_CONFIRMED);
        assertThat(database.rates().sheet("telnyx", Direction.OUTBOUND)).isEmpty();
    }

    @Test
    @DisplayName("without a database, its tables, its rights or a role it refuses cleanly, and says no password")
    void refusesCleanly() {
        List<Ran> said = new ArrayList<>();
        String role = shell.environment.put("PSTN_DATABASE_USER", "nobody_of_this_name");
        said.add(run("rates import a.csv --carrier telnyx --yes --json --verbose"));
        assertThat(said.get(0).exit()).isEqualTo(ExitCode.FAILED);
        assertThat(said.get(0).json().at("/error/effect").asText()).isEqualTo("NONE");
        assertThat(said.get(0).err()).contains("cannot be reached");
        shell.environment.put("PSTN_DATABASE_USER", role);

        sql("REVOKE INSERT ON call_rates FROM PUBLIC, " + role);
        said.add(run("rates import a.csv --carrier telnyx --yes --json --verbose"));
        assertThat(said.get(1).exit()).isEqualTo(ExitCode.FAILED);
        assertThat(said.get(1).json().at("/error/effect").asText()).isEqualTo("NONE");

        shell.environment.put("PSTN_DATABASE_URL", postgres.newDatabase().jdbcUrl());
        said.add(run("rates import a.csv --carrier telnyx --yes"));
        assertThat(said.get(2).exit()).isEqualTo(ExitCode.FAILED);
        assertThat(said.get(2).err()).contains("schema.check failed");

        shell.environment.put("PSTN_DATABASE_URL", "jdbc:postgresql://127.0.0.1:1/none");
        said.add(run("rates import a.csv --carrier telnyx --yes"));
        assertThat(said.get(3).exit()).isEqualTo(ExitCode.FAILED);
        assertThat(said.get(3).err()).contains("cannot be reached");

        for (String url : List.of("jdbc:postgresql://h/d?user=x&password=" + PASSWORD, "jdbc:h2:mem:x", "db")) {
            said.add(run("rates import a.csv --carrier telnyx --yes --database " + url));
            assertThat(said.get(said.size() - 1).exit()).isEqualTo(ExitCode.USAGE);
        }
        shell.environment.remove("PSTN_DATABASE_URL");
        said.add(run("rates import a.csv --carrier telnyx --yes"));
        assertThat(said.get(said.size() - 1).exit()).isEqualTo(ExitCode.USAGE);
        assertThat(said.get(said.size() - 1).err()).contains("PSTN_DATABASE_URL");

        assertThat(said).allSatisfy(ran -> assertThat(ran.out() + ran.err()).doesNotContain(PASSWORD));
        assertThat(database.rates().sheet("telnyx", Direction.OUTBOUND)).isEmpty();
    }

    private RateSheet stored() {
        return database.rates().sheet("telnyx", Direction.OUTBOUND).orElseThrow();
    }

    private String perMinute(Instant at) {
        return database.rates()
                .load()
                .deck("telnyx", Direction.OUTBOUND)
                .orElseThrow()
                .find("14165550100", at)
                .orElseThrow()
                .perMinute()
                .toPlainString();
    }

    private Shell answering(String answer) {
        return shell.answering(answer);
    }

    private Ran run(String typed) {
        return shell.run(typed(typed));
    }

    private static String[] typed(String text) {
        return Arrays.stream(text.split(" ", -1)).toArray(String[]::new);
    }

    private void sql(String statement) {
        try (Connection connection = lab.connect();
                Statement sql = connection.createStatement()) {
            sql.execute(statement);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static PGSimpleDataSource source(LabPostgres.Database of) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(of.jdbcUrl());
        source.setUser(of.user());
        source.setPassword(of.password());
        return source;
    }
}
