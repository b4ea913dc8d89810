package io.careflow.pstn.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import io.careflow.pstn.CommandId;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.credit.CreditAccount;
import io.careflow.pstn.credit.CreditTerms;
import io.careflow.pstn.jdbc.DatabaseSettings;
import io.careflow.pstn.jdbc.JdbiCredit;
import io.careflow.pstn.jdbc.PstnDatabase;
import io.careflow.pstn.lab.LabPostgres;
import io.careflow.pstn.money.Money;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How many calls a second two nodes authorise and settle on one PostgreSQL, against bare updates of it. */
@Command(
        name = "authorise",
        description = "Guard, credit and settlement on two nodes: ours against bare updates of single rows.",
        mixinStandardHelpOptions = true)
final class AuthoriseBench implements Runnable {
    /** Rows of the peer for each of its connections. */
    static final int ROWS = 1000;

    private static final int NODES = 2;
    private static final Money PAID = Money.of("100000000", "USD");
    private static final String DESCRIPTION = """
            Two nodes, each a JVM (serial collector) with a pool of its own, on one PostgreSQL that writes what is committed to its disk before it
            answers (fsync and synchronous_commit on, as it comes). One operation of ours is a whole call: eight limits of the guard
            (calls and spend of the user and of all users, countries, calls at once) and the price held, in one step; then its leases
            given back, its spend corrected and its cost settled, in another. Ids are those of `CommandIds`. Users are drawn at random; two of the limits are one
            counter that all share. The peer is `UPDATE ... SET balance = balance - ? WHERE id = ?`, committed by itself, by as many
            threads as there are connections, each with a connection and a prepared statement of its own and rows that no other
            has. Both have the same number of connections; ours has more callers than that, who share them: those that come at the same
            time go in one transaction. "two-step" is ours with guard and credit asked one after another, by a caller for each
            connection. The sides take turns, after each has run for a while that does not count. "cpu" is what the processes of the
            database and those of both nodes used, in microseconds of one core for each operation. The audit of the ledger at the end
            must find nothing.
            """;

    @Option(names = "--rounds", description = "repetitions: ${DEFAULT-VALUE}", defaultValue = "5")
    private int rounds;

    @Option(names = "--seconds", description = "length of each turn: ${DEFAULT-VALUE}", defaultValue = "5")
    private int seconds;

    @Option(names = "--connections", description = "for each node: ${DEFAULT-VALUE}", defaultValue = "4")
    private int connections;

    @Option(
            names = "--warm-up",
            description = "seconds that each side runs before the first round: ${DEFAULT-VALUE}",
            defaultValue = "20")
    private int warmUp;

    @Option(names = "--callers", description = "of ours, for each node: ${DEFAULT-VALUE}", defaultValue = "256")
    private int callers;

    @Option(names = "--users", description = "who call: ${DEFAULT-VALUE}", defaultValue = "1000")
    private int users;

    @Option(names = "--without-two-step", description = "only our one step and the peer")
    private boolean oneStep;

    @Option(names = "--no-fsync", description = "a disk that costs nothing, to compare the work alone")
    private boolean memory;

    @Option(names = "--write-docs", description = "write the result into docs/benchmarks.md")
    private boolean writeDocs;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        Report report = new Report("authorise");
        Machine.facts().forEach(report::line);
        try (LabPostgres postgres = memory ? LabPostgres.start() : LabPostgres.durable();
                HikariDataSource pool = new HikariDataSource()) {
            LabPostgres.Database database = postgres.newDatabase();
            pool.setJdbcUrl(database.jdbcUrl());
            pool.setUsername(database.user());
            pool.setPassword(database.password());
            pool.setMaximumPoolSize(2);
            JdbiCredit credit = prepare(pool, report);
            Map<String, List<Double>> rates = measure(database, pool, report);
            int differences = credit.audit().size();
            report.line("audit: " + differences + " differences");
            if (differences > 0) {
                throw new IllegalStateException("the ledger does not add up");
            }
            figure(report, "authorise.rate", rates, "careflow");
            if (!oneStep) {
                figure(report, "authorise.two-step-rate", rates, "two-step");
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        if (writeDocs) {
            report.writeDocs(DESCRIPTION, Report.command(spec));
        }
    }

    private JdbiCredit prepare(HikariDataSource pool, Report report) throws SQLException {
        JdbiCredit credit = PstnDatabase.open(pool, DatabaseSettings.defaults()).credit();
        for (int i = 0; i < users; i++) {
            CreditAccount account = new CreditAccount(TenantId.DEFAULT, Integer.toString(i));
            credit.open(account, CreditTerms.prepaid(PAID.currency()));
            boolean unused = credit.pay(new CommandId("paid-" + i), account, PAID, "bench");
        }
        try (Connection connection = pool.getConnection();
                Statement sql = connection.createStatement()) {
            sql.execute("CREATE TABLE bench_rows (id INTEGER PRIMARY KEY, balance NUMERIC(20, 10) NOT NULL)"
                    + " WITH (fillfactor = 70)");
            sql.execute("INSERT INTO bench_rows SELECT i, 1000000000 FROM generate_series(0, "
                    + (NODES * connections * ROWS - 1) + ") i");
            sql.execute("VACUUM ANALYZE");
            try (ResultSet row = sql.executeQuery(
                    "SELECT version(), current_setting('fsync')," + " current_setting('synchronous_commit')")) {
                row.next();
                report.line(
                        row.getString(1) + ", fsync " + row.getString(2) + ", synchronous_commit " + row.getString(3));
            }
        }
        return credit;
    }

    private Map<String, List<Double>> measure(LabPostgres.Database database, HikariDataSource pool, Report report)
            throws SQLException {
        Map<String, List<Double>> rates = new HashMap<>();
        List<AuthoriseProcess> nodes = new ArrayList<>();
        try {
            for (int i = 0; i < NODES; i++) {
                nodes.add(AuthoriseProcess.start(List.of(
                        "--url=" + database.jdbcUrl(),
                        "--user=" + database.user(),
                        "--node=" + i,
                        "--users=" + users,
                        "--connections=" + connections,
                        "--callers=" + callers)));
            }
            List<String> sides = oneStep ? List.of("update", "careflow") : List.of("update", "careflow", "two-step");
            report.line(NODES + " nodes of " + connections + " connections; ours with " + callers + " callers each");
            for (String side : sides) {
                AuthoriseProcess.Done unused = AuthoriseProcess.together(nodes, side, Duration.ofSeconds(warmUp));
            }
            report.line(String.format(Locale.ROOT, "%-6s %10s %10s %10s", "round", "update", "careflow", "two-step"));
            for (int round = 1; round <= rounds; round++) {
                Map<String, Double> turn = new HashMap<>();
                List<String> cost = new ArrayList<>();
                for (int i = 0; i < sides.size(); i++) {
                    String side = sides.get((i + round) % sides.size());
                    long server = serverMillis(pool);
                    long clients = clientMillis(nodes);
                    AuthoriseProcess.Done done = AuthoriseProcess.together(nodes, side, Duration.ofSeconds(seconds));
                    turn.put(side, done.rate());
                    rates.computeIfAbsent(side, key -> new ArrayList<>()).add(done.rate());
                    cost.add(String.format(
                            Locale.ROOT,
                            "%s %.0f+%.0f",
                            side,
                            (serverMillis(pool) - server) * 1000.0 / done.done(),
                            (clientMillis(nodes) - clients) * 1000.0 / done.done()));
                }
                report.line(String.format(
                        Locale.ROOT,
                        "%-6d %10.0f %10.0f %10.0f",
                        round,
                        turn.get("update"),
                        turn.get("careflow"),
                        turn.getOrDefault("two-step", 0.0)));
                report.line("       cpu us of database + nodes for each: " + String.join(", ", cost));
            }
        } finally {
            nodes.forEach(AuthoriseProcess::close);
        }
        return rates;
    }

    private static long clientMillis(List<AuthoriseProcess> nodes) {
        return nodes.stream()
                .mapToLong(node -> Usage.of(node.pid()).cpuMillis())
                .sum();
    }

    /** Of the server's processes, those that have ended included. */
    private static long serverMillis(HikariDataSource pool) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement sql = connection.createStatement();
                ResultSet row = sql.executeQuery("SELECT pg_backend_pid()")) {
            row.next();
            return ProcessHandle.of(row.getLong(1))
                    .flatMap(ProcessHandle::parent)
                    .map(server -> Usage.familyMillis(server.pid()))
                    .orElse(0L);
        }
    }

    private static void figure(Report report, String name, Map<String, List<Double>> rates, String side) {
        Rounds ours = new Rounds(rates.getOrDefault(side, List.of()));
        Rounds theirs = new Rounds(rates.getOrDefault("update", List.of()));
        report.figure(
                name,
                "single-row-update",
                ours.median(),
                theirs.median(),
                0,
                "unit=per-second rounds-ours=" + ours.spread(0) + " rounds-peer=" + theirs.spread(0));
    }
}
