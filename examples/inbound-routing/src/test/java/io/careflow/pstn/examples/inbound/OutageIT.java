package io.careflow.pstn.examples.inbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.asterisk.Dialplan;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.call.Direction;
import io.careflow.pstn.directory.CareFlowId;
import io.careflow.pstn.directory.User;
import io.careflow.pstn.jdbc.DatabaseSettings;
import io.careflow.pstn.jdbc.OwnedNumber;
import io.careflow.pstn.jdbc.PstnDatabase;
import io.careflow.pstn.jdbc.RateSheet;
import io.careflow.pstn.lab.AsteriskServer;
import io.careflow.pstn.lab.Cable;
import io.careflow.pstn.lab.CallResult;
import io.careflow.pstn.lab.LabPostgres;
import io.careflow.pstn.lab.LiveCall;
import io.careflow.pstn.lab.PhoneScript;
import io.careflow.pstn.lab.RtpProbe;
import io.careflow.pstn.lab.SipCaller;
import io.careflow.pstn.lab.SipPhone;
import io.careflow.pstn.rating.Rate;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The example, when things go down")
class OutageIT {
    private static final String MAIN = "+15551234567";

    @TempDir
    Path folder;

    private final LabPostgres postgres = LabPostgres.start();
    private final LabPostgres.Database database = postgres.newDatabase();
    private final AsteriskServer asterisk = AsteriskServer.builder()
            .dialplan("[general]\nstatic=yes\n\n[from-carrier]\ninclude => careflow-inbound\n\n"
                    + new Dialplan("careflow", List.of()).render())
            .start();
    private final URI direct = URI.create(database.jdbcUrl().substring("jdbc:".length()));

    @BeforeEach
    void seed() {
        try (HikariDataSource pool = new HikariDataSource()) {
            pool.setJdbcUrl(database.jdbcUrl());
            pool.setUsername(database.user());
            pool.setPassword(database.password());
            PstnDatabase tables = PstnDatabase.open(pool, DatabaseSettings.defaults());
            tables.users()
                    .put(new User(
                            "sam",
                            TenantId.DEFAULT,
                            CareFlowId.parse("0001"),
                            "Sam",
                            List.of(Destination.sip("sip:1001")),
                            false));
            tables.numbers().put(OwnedNumber.main(new PhoneNumber(MAIN), "carrier"));
            Rate rate = Rate.builder("1").perMinute("0.012").increments(6, 6).build();
            tables.rates()
                    .replace(RateSheet.of(
                            "test", "1", "carrier", Direction.INBOUND, Currency.getInstance("USD"), List.of(rate)));
        }
    }

    @AfterEach
    void stop() {
        asterisk.close();
        postgres.close();
    }

    @Test
    @DisplayName("database down: the caller hears an apology, the CDR waits on disk and is stored later")
    void databaseDown() throws Exception {
        try (Cable cable = new Cable(direct.getHost(), direct.getPort());
                ApplicationProcess application = start(cable);
                RtpProbe ear = RtpProbe.open(asterisk, 440)) {
            cable.pull();
            CallResult result = SipCaller.on(asterisk)
                    .from("+14165550100")
                    .to(MAIN)
                    .media(ear)
                    .call();
            assertThat(result.answered()).isTrue();
            assertThat(result.endedBy()).isEqualTo(CallResult.EndedBy.OTHER_PARTY);
            assertThat(ear.received().rms()).as("speech").isGreaterThan(0.01);
            await().until(() -> spooled() == 1);
            assertThat(rows()).isEmpty();

            cable.plug();
            await().atMost(Duration.ofSeconds(30)).until(() -> !rows().isEmpty());
            assertThat(rows()).singleElement().asString().startsWith("FAILED");
            await().until(() -> spooled() == 0);
            assertThat(application.says("CDR")).isTrue();
        }
    }

    @Test
    @DisplayName(
            "database lost during a conversation: the conversation goes on, its CDR is stored later, with its price")
    void databaseLostDuringTalk() throws Exception {
        try (Cable cable = new Cable(direct.getHost(), direct.getPort());
                ApplicationProcess application = start(cable);
                SipPhone phone = SipPhone.register(asterisk, "1001", PhoneScript.answer(Duration.ofMillis(200)));
                LiveCall call = call()) {
            await().atMost(Duration.ofSeconds(20)).until(() -> asterisk.bridges() == 1);
            cable.pull();
            call.hangUp();
            await().until(() -> spooled() == 1);
            cable.plug();
            await().atMost(Duration.ofSeconds(30)).until(() -> !rows().isEmpty());
            assertThat(rows()).singleElement().asString().startsWith("ANSWERED 0001 sam 0.0");
            assertThat(phone.calls()).hasSize(1);
            assertThat(application.says("ANSWERED")).isTrue();
        }
    }

    @Test
    @DisplayName("application killed during a conversation: both go on talking, and the next start stores the CDR")
    void applicationKilled() throws Exception {
        try (Cable cable = new Cable(direct.getHost(), direct.getPort());
                SipPhone phone = SipPhone.register(asterisk, "1001", PhoneScript.answer(Duration.ofMillis(200)))) {
            try (ApplicationProcess application = start(cable);
                    LiveCall call = call()) {
                await().atMost(Duration.ofSeconds(20)).until(() -> asterisk.bridges() == 1);
                application.kill();
                assertThat(asterisk.channels()).isEqualTo(2);
                call.hangUp();
                await().until(() -> asterisk.channels() == 0);
            }
            assertThat(rows()).isEmpty();
            try (ApplicationProcess successor = start(cable)) {
                await().atMost(Duration.ofSeconds(15)).until(() -> !rows().isEmpty());
                assertThat(rows()).singleElement().asString().startsWith("ANSWERED 0001 sam 0.0");
                assertThat(successor.says("ended while nobody listened")).isTrue();
                assertThat(phone.calls()).hasSize(1);
            }
        }
    }

    private ApplicationProcess start(Cable cable) throws IOException {
        String url = "jdbc:postgresql://127.0.0.1:" + cable.port() + direct.getPath()
                + "?connectTimeout=2&loginTimeout=2&cancelSignalTimeout=1";
        return ApplicationProcess.start(asterisk, url, database.user(), folder);
    }

    private LiveCall call() {
        return SipCaller.on(asterisk)
                .from("+14165550100")
                .to(MAIN)
                .press(Duration.ofSeconds(1), "0001")
                .hangUpAfter(Duration.ofSeconds(25))
                .dial();
    }

    private long spooled() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("spool"))) {
            return files.filter(file -> file.getFileName().toString().endsWith(".json"))
                    .count();
        }
    }

    private List<String> rows() throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = database.connect();
                ResultSet found = connection
                        .createStatement()
                        .executeQuery("SELECT status, typed_id, user_ref, cost FROM pstn_cdr")) {
            while (found.next()) {
                rows.add(found.getString(1) + " " + found.getString(2) + " " + found.getString(3) + " "
                        + found.getBigDecimal(4));
            }
        }
        return rows;
    }
}
