package io.careflow.pstn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.careflow.pstn.CommandId;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.cli.Shell.Ran;
import io.careflow.pstn.credit.CreditAccount;
import io.careflow.pstn.credit.Hold;
import io.careflow.pstn.credit.HoldAnswer;
import io.careflow.pstn.jdbc.DatabaseSettings;
import io.careflow.pstn.jdbc.PstnDatabase;
import io.careflow.pstn.lab.LabPostgres;
import io.careflow.pstn.money.Money;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

@DisplayName("The ledger of a real PostgreSQL, on the command line")
class CreditCommandsIT {
    private static LabPostgres postgres;

    @TempDir
    private Path folder;

    private final PGSimpleDataSource source = new PGSimpleDataSource();
    private Shell shell;
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
    void ledger() {
        LabPostgres.Database lab = postgres.newDatabase();
        source.setUrl(lab.jdbcUrl());
        source.setUser(lab.user());
        database = PstnDatabase.open(source, DatabaseSettings.defaults());
        shell = Shell.in(folder);
        shell.environment.put("PSTN_DATABASE_URL", lab.jdbcUrl());
        shell.environment.put("PSTN_DATABASE_USER", lab.user());
    }

    @Test
    @DisplayName("an account is opened, paid into once however often that is said, held and listed")
    void life() {
        assertThat(done("open anna --prepaid USD").at("/mode").asText()).isEqualTo("PREPAID");
        assertThat(done("open anna --prepaid USD").at("/mode").asText()).isEqualTo("PREPAID");
        JsonNode paid = done("pay-in anna --amount 20USD --command-id invoice-17 --because card");
        assertThat(paid.at("/repeated").asBoolean()).isFalse();
        assertThat(paid.at("/commandId").asText()).isEqualTo("invoice-17");
        assertThat(done("pay-in anna --amount 20USD --command-id invoice-17")
                        .at("/repeated")
                        .asBoolean())
                .isTrue();
        CreditAccount anna = new CreditAccount(TenantId.DEFAULT, "anna");
        Hold wish =
                new Hold(new CommandId("call-1"), anna, Money.of("1.25", "USD"), Duration.ofMinutes(2), "+14165550199");
        assertThat(database.credit().reserve(wish)).isInstanceOf(HoldAnswer.Held.class);

        JsonNode balance = read("balance anna");
        assertThat(amount(balance, "booked")).isEqualByComparingTo("20");
        assertThat(amount(balance, "held")).isEqualByComparingTo("1.25");
        assertThat(amount(balance, "available")).isEqualByComparingTo("18.75");
        assertThat(read("audit").at("/totals/openHolds").asInt()).isOne();

        database.credit().settle(wish.id(), Money.of("0.4321", "USD"), "22 s");
        JsonNode entries = read("entries anna");
        assertThat(entries).hasSize(2);
        assertThat(entries.at("/0/kind").asText()).isEqualTo("SETTLEMENT");
        assertThat(entries.at("/1/explanation").asText()).isEqualTo("card");
        assertThat(read("entries anna --most 1")).hasSize(1);
        assertThat(read("entries anna --before " + entries.at("/0/number").asText()))
                .hasSize(1);
        assertThat(run("entries anna").out()).contains("SETTLEMENT", "invoice-17");
    }

    @Test
    @DisplayName("a postpaid account has a limit that can be changed; a prepaid one and another currency are refused")
    void limits() {
        assertThat(amount(done("open clinic --tenant west --postpaid 500USD"), "available"))
                .isEqualByComparingTo("500");
        assertThat(amount(done("limit clinic --tenant west --to 80.50USD"), "limit"))
                .isEqualByComparingTo("80.5");
        refused(ExitCode.FAILED, "limit clinic --tenant west --to 80EUR --yes", "in USD");
        done("open anna --prepaid USD");
        refused(ExitCode.FAILED, "limit anna --to 5USD --yes", "only a postpaid account has a limit");
        refused(ExitCode.FAILED, "pay-in anna --amount 5EUR --yes", "its currency is USD");
        refused(ExitCode.FAILED, "open anna --postpaid 5USD --yes", "is there already");
    }

    @Test
    @DisplayName("what is missing, mistyped, not confirmed or only tried changes nothing, each with its exit code")
    void refusals() {
        done("open anna --prepaid USD");
        for (String typed :
                List.of("balance nobody", "entries nobody", "pay-in nobody --amount 1USD", "limit nobody --to 1USD")) {
            refused(ExitCode.NO, typed, "default/nobody does not exist");
        }
        refused(ExitCode.NO, "balance anna --tenant west", "west/anna does not exist");
        for (String typed : List.of(
                "open bert",
                "open bert --prepaid USD --postpaid 5USD",
                "open bert --prepaid dollars",
                "pay-in anna --amount 20",
                "pay-in anna --amount 0USD",
                "entries anna --most 0",
                "pay-in anna")) {
            assertThat(run(typed).exit()).as(typed).isEqualTo(ExitCode.USAGE);
        }
        assertThat(run("pay-in anna --amount 20USD").exit()).isEqualTo(ExitCode.NOT_CONFIRMED);
        Ran dry = run("pay-in anna --amount 20USD --dry-run --json");
        assertThat(dry.exit()).as(dry.err()).isZero();
        assertThat(dry.json().at("/action").asText()).isEqualTo("credit.pay-in");
        assertThat(read("entries anna")).isEmpty();

        done("pay-in anna --amount 20USD --command-id 1");
        refused(ExitCode.FAILED, "pay-in anna --amount 21USD --command-id 1 --yes", "booked another amount");
        assertThat(amount(read("balance anna"), "booked")).isEqualByComparingTo("20");

        shell.environment.put("PSTN_DATABASE_URL", "jdbc:postgresql://127.0.0.1:1/none");
        assertThat(run("balance anna").exit()).isEqualTo(ExitCode.FAILED);
        shell.environment.remove("PSTN_DATABASE_URL");
        assertThat(run("audit").exit()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    @DisplayName("an audit finds a balance that is not the sum of its entries")
    void audit() throws SQLException {
        done("open anna --prepaid USD");
        done("pay-in anna --amount 20USD");
        assertThat(run("audit").out()).contains("1 accounts, 1 entries, 0 open holds", "is the sum of its entries");
        try (Connection connection = source.getConnection();
                Statement sql = connection.createStatement()) {
            assertThat(sql.executeUpdate("UPDATE pstn_credit_accounts SET booked = booked + 3"))
                    .isOne();
        }
        Ran text = run("audit");
        assertThat(text.exit()).isEqualTo(ExitCode.NO);
        assertThat(text.out()).contains("default/anna");
        Ran json = run("audit --json");
        assertThat(json.exit()).isEqualTo(ExitCode.NO);
        assertThat(json.json().at("/right").asBoolean()).isFalse();
        assertThat(amount(json.json().at("/differences/0"), "booked")).isEqualByComparingTo("23");
        assertThat(amount(json.json().at("/differences/0"), "entries")).isEqualByComparingTo("20");
    }

    private void refused(int exit, String typed, String why) {
        Ran ran = run(typed + " --json");
        assertThat(ran.exit()).as(typed + ran.err()).isEqualTo(exit);
        assertThat(ran.err()).contains(why);
        assertThat(ran.json().at("/error/effect").asText()).isEqualTo("NONE");
    }

    private JsonNode done(String typed) {
        return read(typed + " --yes");
    }

    private JsonNode read(String typed) {
        Ran ran = run(typed + " --json");
        assertThat(ran.exit()).as(typed + ": " + ran.err()).isZero();
        return ran.json();
    }

    private Ran run(String typed) {
        List<String> words = new ArrayList<>(List.of("credit"));
        words.addAll(List.of(typed.split(" ", -1)));
        return shell.run(words.toArray(String[]::new));
    }

    private static BigDecimal amount(JsonNode node, String field) {
        return new BigDecimal(node.path(field).path("amount").asText());
    }
}
