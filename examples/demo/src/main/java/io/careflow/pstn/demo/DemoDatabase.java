package io.careflow.pstn.demo;

import com.zaxxer.hikari.HikariDataSource;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.call.Direction;
import io.careflow.pstn.directory.CareFlowId;
import io.careflow.pstn.directory.User;
import io.careflow.pstn.jdbc.DatabaseSettings;
import io.careflow.pstn.jdbc.OwnedNumber;
import io.careflow.pstn.jdbc.PstnDatabase;
import io.careflow.pstn.jdbc.RateSheet;
import io.careflow.pstn.lab.LabPostgres;
import io.careflow.pstn.rating.Rate;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The tables of one run: made and filled by the library, read by plain SQL, so that what is shown is what is stored. */
final class DemoDatabase implements AutoCloseable {
    static final PhoneNumber DID = new PhoneNumber("+14165550100");
    static final String CARE_FLOW_ID = "0001";
    static final String USER_NAME = "Sam Rivera";
    static final String SOFTPHONE_ID = "0002";
    static final String CARRIER = "demo-carrier";
    private static final String PER_MINUTE = "0.0055";
    private static final int INCREMENT = 6;

    private final @Nullable LabPostgres server;
    private final HikariDataSource source = new HikariDataSource();

    DemoDatabase(@Nullable LabPostgres server, String jdbcUrl, String user, String password) {
        this.server = server;
        source.setJdbcUrl(jdbcUrl);
        source.setUsername(user);
        source.setPassword(password);
        source.setMaximumPoolSize(2);
    }

    /** A server of the demo's own, with a fresh database. */
    static DemoDatabase start() {
        LabPostgres server = LabPostgres.start();
        LabPostgres.Database fresh = server.newDatabase();
        return new DemoDatabase(server, fresh.jdbcUrl(), fresh.user(), fresh.password());
    }

    String jdbcUrl() {
        return source.getJdbcUrl();
    }

    String user() {
        return Optional.ofNullable(source.getUsername()).orElse("");
    }

    String password() {
        return Optional.ofNullable(source.getPassword()).orElse("");
    }

    /** How to log in; the password only of a server of the demo's own. */
    String login() {
        return "user " + user() + (server == null ? "" : ", password " + password());
    }

    String version() {
        return one("SHOW server_version").replaceFirst(" .*", "");
    }

    /** Process id of the server; 0 if it is not the demo's own. */
    long serverPid() {
        return server == null ? 0 : Long.parseLong(one("SELECT split_part(pg_read_file('postmaster.pid'), E'\\n', 1)"));
    }

    /** Tables, a main number, two users, and what an inbound call costs. */
    void prepare() {
        PstnDatabase database = PstnDatabase.open(source, DatabaseSettings.defaults());
        database.users().put(user("sam", CARE_FLOW_ID, USER_NAME, "sip:1001"));
        database.users().put(user("you", SOFTPHONE_ID, "You", "sip:1002"));
        database.numbers().put(OwnedNumber.main(DID, CARRIER));
        Rate rate = Rate.builder("1")
                .perMinute(PER_MINUTE)
                .increments(INCREMENT, INCREMENT)
                .build();
        database.rates()
                .replace(RateSheet.of(
                        "demo", "1", CARRIER, Direction.INBOUND, Currency.getInstance("USD"), List.of(rate)));
    }

    private static User user(String key, String id, String name, String endpoint) {
        return new User(key, TenantId.DEFAULT, CareFlowId.parse(id), name, List.of(Destination.sip(endpoint)), false);
    }

    /** What a billed time costs, worked out here once more, by hand. */
    static BigDecimal price(Duration billed) {
        long steps = Math.max(1, (billed.toMillis() + INCREMENT * 1000 - 1) / (INCREMENT * 1000));
        return new BigDecimal(PER_MINUTE)
                .multiply(BigDecimal.valueOf(steps * INCREMENT))
                .divide(BigDecimal.valueOf(60), 6, RoundingMode.HALF_UP);
    }

    /** Where the database says that a user is reached. */
    String endpointOf(String careFlowId) {
        return one("SELECT address FROM sip_endpoints JOIN sip_users ON id = user_id WHERE careflow_id = "
                + CareFlowId.parse(careFlowId).number());
    }

    /** Every record, oldest first. */
    List<CdrRow> cdrs() {
        String sql = "SELECT *, to_json(c)::text AS json FROM pstn_cdr c ORDER BY start_time, id";
        try (Connection connection = source.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet rows = statement.executeQuery()) {
            List<CdrRow> cdrs = new ArrayList<>();
            while (rows.next()) {
                cdrs.add(CdrRow.of(rows));
            }
            return cdrs;
        } catch (SQLException e) {
            throw new Broken("pstn_cdr to be readable", String.valueOf(e.getMessage()), e);
        }
    }

    private String one(String sql) {
        try (Connection connection = source.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet rows = statement.executeQuery()) {
            return rows.next() ? rows.getString(1) : "";
        } catch (SQLException e) {
            throw new Broken("PostgreSQL to answer", String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public void close() {
        source.close();
        if (server != null) {
            server.close();
        }
    }
}
