package io.careflow.guide;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.call.Direction;
import io.careflow.pstn.cdr.CdrCost;
import io.careflow.pstn.desk.InboundPrompts;
import io.careflow.pstn.directory.CareFlowId;
import io.careflow.pstn.directory.Did;
import io.careflow.pstn.directory.User;
import io.careflow.pstn.flow.Play;
import io.careflow.pstn.flow.Prompt;
import io.careflow.pstn.flow.Say;
import io.careflow.pstn.jdbc.DatabaseSettings;
import io.careflow.pstn.jdbc.OwnedNumber;
import io.careflow.pstn.jdbc.PstnDatabase;
import io.careflow.pstn.jdbc.RateSheet;
import io.careflow.pstn.jdbc.UsersTable;
import io.careflow.pstn.lab.LabPostgres;
import io.careflow.pstn.money.Money;
import io.careflow.pstn.rating.Rate;
import io.careflow.pstn.rating.RatedCall;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class TablesIT {
    @Test
    void numbersUsersAndRates() {
        try (LabPostgres server = LabPostgres.start();
                HikariDataSource pool = pool(server)) {
            PstnDatabase database = open(pool);
            fill(database);
            PhoneNumber main = new PhoneNumber("+18195550100");
            assertThat(database.directory().did(main)).map(Did::owner).isEmpty();
            assertThat(database.directory().did(new PhoneNumber("+18195550101")))
                    .map(Did::owner)
                    .map(User::name)
                    .contains("Anna");
            price(database);
            RatedCall call = RatedCall.answered(
                    main.digits(), Instant.EPOCH, Duration.ofSeconds(61).toMillis());
            CdrCost cost = CdrCost.of(database.rates().load().rate("telnyx", Direction.INBOUND, call));
            assertThat(cost.amount()).isEqualTo(Money.of("0.007000", "USD"));
        }
    }

    @Test
    void usersOfTheApplication() throws SQLException {
        try (LabPostgres server = LabPostgres.start();
                HikariDataSource pool = pool(server)) {
            try (Connection connection = pool.getConnection();
                    Statement sql = connection.createStatement()) {
                sql.execute("CREATE TABLE people (id BIGINT PRIMARY KEY, short_id INT, full_name TEXT, sip TEXT)");
                sql.execute("INSERT INTO people VALUES (7, 1, 'Ada', 'sip:1001, +14165550111')");
            }
            PstnDatabase database = PstnDatabase.open(pool, hostUsers());
            assertThat(database.directory().user(TenantId.DEFAULT, new CareFlowId(1)))
                    .map(User::endpoints)
                    .contains(
                            List.of(Destination.sip("sip:1001"), Destination.number(new PhoneNumber("+14165550111"))));
        }
    }

    @Test
    void prompts() {
        assertThat(french().welcome()).isInstanceOf(Say.class);
    }

    private static PstnDatabase open(HikariDataSource pool) {
        // snippet: open-database
        pool.setConnectionTimeout(3_000); // a caller is waiting
        PstnDatabase database = PstnDatabase.open(pool, DatabaseSettings.defaults());
        // end
        return database;
    }

    private static void fill(PstnDatabase database) {
        // snippet: numbers-and-users
        User anna = new User(
                "anna",
                TenantId.DEFAULT,
                CareFlowId.parse("care4w-001"),
                "Anna",
                List.of(Destination.sip("sip:1001")),
                true);
        database.users().put(anna);
        database.numbers().put(OwnedNumber.main(new PhoneNumber("+18195550100"), "telnyx"));
        database.numbers()
                .put(OwnedNumber.main(new PhoneNumber("+18195550101"), "telnyx").ownedBy("anna"));
        // end
    }

    private static void price(PstnDatabase database) {
        // snippet: rates
        Rate canada =
                Rate.builder("1819").perMinute("0.0035").increments(60, 60).build();
        database.rates()
                .replace(RateSheet.of(
                        "telnyx-inbound",
                        "2026-11",
                        "telnyx",
                        Direction.INBOUND,
                        Currency.getInstance("USD"),
                        List.of(canada)));
        // end
    }

    private static DatabaseSettings hostUsers() {
        // snippet: host-users
        DatabaseSettings settings = DatabaseSettings.defaults()
                .withUsers(UsersTable.host("people")
                        .key("id")
                        .careFlowId("short_id")
                        .name("full_name")
                        .endpoints("sip")
                        .build());
        // end
        return settings;
    }

    private static InboundPrompts french() {
        // snippet: prompts
        Prompt welcome = new Say("Bienvenue chez CareFlow.", Locale.CANADA_FRENCH);
        Prompt askId = new Play(URI.create("file:///var/lib/careflow/prompts/ask-id.wav"));
        InboundPrompts english = InboundPrompts.english();
        InboundPrompts prompts = new InboundPrompts(
                welcome,
                askId,
                english.unknownId(),
                english.goodbye(),
                english.busy(),
                english.noAnswer(),
                english.notReachable(),
                english.rejected(),
                english.leaveMessage(),
                english.messageTaken(),
                english.sorry());
        // end
        return prompts;
    }

    private static HikariDataSource pool(LabPostgres server) {
        LabPostgres.Database database = server.newDatabase();
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(database.jdbcUrl());
        pool.setUsername(database.user());
        pool.setPassword(database.password());
        pool.setMaximumPoolSize(2);
        return pool;
    }
}
