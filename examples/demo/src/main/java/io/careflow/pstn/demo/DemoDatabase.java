package io.careflow.pstn.demo;

import com.zaxxer.hikari.HikariDataSource;
import io.careflow.pstn.CommandId;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.call.Direction;
import io.careflow.pstn.credit.CreditAccount;
import io.careflow.pstn.credit.CreditTerms;
import io.careflow.pstn.directory.CareFlowId;
import io.careflow.pstn.directory.User;
import io.careflow.pstn.jdbc.DatabaseSettings;
import io.careflow.pstn.jdbc.OwnedNumber;
import io.careflow.pstn.jdbc.PstnDatabase;
import io.careflow.pstn.jdbc.RateSheet;
import io.careflow.pstn.lab.LabPostgres;
import io.careflow.pstn.money.Money;
import io.careflow.pstn.rating.Rate;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
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
    static final String REGION = "CA";
    static final String PREMIUM = "+19005550199";
    static final String PAID_IN = "5.00";
    private static final Currency USD = Currency.getInstance("USD");
    private static final String CUSTOMERS = "customers";

    /** What the carrier takes for calls to us. */
    static final Price INBOUND = new Price("0.0055", 6);
    /** What the carrier takes for calls from us. */
    static final Price WHOLESALE = new Price("0.0085", 6);
    /** What customers pay for them. */
    static final Price RETAIL = new Price("0.018", 30);

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

    /** Tables, a main number, two users with credit, what the carrier takes and what customers pay. */
    void prepare() {
        PstnDatabase database = PstnDatabase.open(source, DatabaseSettings.defaults());
        database.users().put(user("sam", CARE_FLOW_ID, USER_NAME, "sip:1001"));
        database.users().put(user("you", SOFTPHONE_ID, "You", "sip:1002"));
        database.numbers().put(OwnedNumber.main(DID, CARRIER));
        database.rates().replace(sheet(CARRIER, Direction.INBOUND, INBOUND));
        database.rates().replace(sheet(CARRIER, Direction.OUTBOUND, WHOLESALE, rate("1900", "2.50", 60)));
        database.rates().replace(sheet(CUSTOMERS, Direction.OUTBOUND, RETAIL, rate("1900", "3.00", 60)));
        for (String user : List.of("sam", "you")) {
            CreditAccount account = new CreditAccount(TenantId.DEFAULT, user);
            database.credit().open(account, CreditTerms.prepaid(USD));
            database.credit()
                    .pay(new CommandId("demo-payment-" + user), account, Money.of(PAID_IN, "USD"), "opening credit");
        }
    }

    private static RateSheet sheet(String provider, Direction direction, Price price, Rate... others) {
        List<Rate> rates = new ArrayList<>(List.of(others));
        rates.add(rate("1", price.perMinute(), price.increment()));
        return RateSheet.of("demo", "1", provider, direction, USD, rates);
    }

    private static Rate rate(String prefix, String perMinute, int increment) {
        return Rate.builder(prefix)
                .perMinute(perMinute)
                .increments(increment, increment)
                .build();
    }

    private static User user(String key, String id, String name, String endpoint) {
        return new User(key, TenantId.DEFAULT, CareFlowId.parse(id), name, List.of(Destination.sip(endpoint)), false);
    }

    /**
     * A price of the demo, and what a time costs by it, worked out here once more, by hand.
     *
     * @param perMinute in US dollars
     * @param increment in seconds
     */
    record Price(String perMinute, int increment) {
        BigDecimal of(Duration billed) {
            long millis = increment * 1000L;
            long steps = Math.max(1, (billed.toMillis() + millis - 1) / millis);
            return new BigDecimal(perMinute)
                    .multiply(BigDecimal.valueOf(steps * increment))
                    .divide(BigDecimal.valueOf(60), 6, RoundingMode.HALF_UP);
        }
    }

    /** What a minute to a number costs customers, as an application would tell them before the call. */
    BigDecimal quote(String number) {
        return PstnDatabase.open(source, DatabaseSettings.defaults().withoutMigration())
                .rates()
                .load()
                .quote(CUSTOMERS, Direction.OUTBOUND, number.substring(1), Instant.now())
                .perMinute()
                .map(Money::amount)
                .orElseThrow(() -> new Broken("a price for " + number, "none"));
    }

    /** How a customer's account stands: what was booked, and what is set aside for calls. */
    record Account(BigDecimal booked, BigDecimal held) {}

    Account account(String user) {
        String from = " FROM pstn_credit_accounts WHERE id = '" + user + "'";
        return new Account(new BigDecimal(one("SELECT booked" + from)), new BigDecimal(one("SELECT held" + from)));
    }

    /** How many channels of trunks and places of guards are still taken. */
    int leases() {
        return Integer.parseInt(one("SELECT (SELECT count(*) FROM pstn_channel_leases WHERE expires_at > now())"
                + " + (SELECT count(*) FROM pstn_guard_holders WHERE ends_at > pstn_guard_moment())"));
    }

    /** How far a command for a callback has come; empty if there is none. */
    String stateOf(String command) {
        return one("SELECT state FROM pstn_outbound WHERE command = '" + command + "'");
    }

    /** Where the database says that a user is reached. */
    String endpointOf(String careFlowId) {
        return one("SELECT address FROM sip_endpoints JOIN sip_users ON id = user_id WHERE careflow_id = "
                + CareFlowId.parse(careFlowId).number());
    }

    /** Every record, oldest first. */
    List<CdrRow> cdrs() {
        String legs = "(SELECT string_agg(leg ->> 'destination', ' ' ORDER BY place)"
                + " FROM jsonb_array_elements(legs) WITH ORDINALITY l(leg, place)) AS leg_destinations";
        String sql = "SELECT *, " + legs + ", to_json(c)::text AS json FROM pstn_cdr c ORDER BY start_time, id";
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
