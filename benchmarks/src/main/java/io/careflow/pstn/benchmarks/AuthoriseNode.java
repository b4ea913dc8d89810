package io.careflow.pstn.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import io.careflow.pstn.CommandId;
import io.careflow.pstn.CommandIds;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.admission.Admission;
import io.careflow.pstn.admission.AdmissionRequest;
import io.careflow.pstn.admission.AdmissionResult;
import io.careflow.pstn.credit.CreditAccount;
import io.careflow.pstn.credit.Hold;
import io.careflow.pstn.guard.GuardBound;
import io.careflow.pstn.guard.GuardClaim;
import io.careflow.pstn.jdbc.DatabaseSettings;
import io.careflow.pstn.jdbc.PstnDatabase;
import io.careflow.pstn.money.Money;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * One node of {@link AuthoriseBench}, a process of its own. Answers {@code SIDE SECONDS} on its input with how much it did and how
 * long it took; ends with its input.
 */
@Command(name = "authorise-node", hidden = true)
final class AuthoriseNode implements Runnable {
    private static final Duration LEASE = Duration.ofMinutes(2);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);
    private static final BigDecimal MANY = new BigDecimal("1000000000");
    private static final Money PRICE = Money.of("1.20", "USD");
    private static final Money COST = Money.of("0.4321", "USD");
    private static final List<String> COUNTRIES = List.of("CA", "US", "GB", "FR");

    @Option(names = "--url", required = true)
    private String url = "";

    @Option(names = "--user", required = true)
    private String user = "";

    @Option(names = "--node", required = true)
    private int node;

    @Option(names = "--users", required = true)
    private int users;

    @Option(names = "--connections", required = true)
    private int connections;

    @Option(names = "--callers", required = true)
    private int callers;

    private final CommandIds ids = new CommandIds(Clock.systemUTC(), new SecureRandom());

    @Override
    public void run() {
        try (HikariDataSource pool = new HikariDataSource()) {
            pool.setJdbcUrl(url);
            pool.setUsername(user);
            pool.setPassword(user);
            pool.setMaximumPoolSize(connections);
            PstnDatabase database =
                    PstnDatabase.open(pool, DatabaseSettings.defaults().withoutMigration());
            System.out.println("ready");
            serve(database);
        } catch (IOException | SQLException | InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private void serve(PstnDatabase database)
            throws IOException, SQLException, InterruptedException, ExecutionException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ", -1);
            Duration span = Duration.ofSeconds(Long.parseLong(words[1]));
            long begin = System.nanoTime();
            long done = switch (words[0]) {
                case "careflow" -> together(callers, span, () -> authorise(database.admission()));
                // Each takes a connection to itself; more callers would only wait for one.
                case "two-step" ->
                    together(connections, span, () -> authorise(Admission.of(database.guards(), database.credit())));
                default -> updates(span);
            };
            System.out.println("done " + done + " " + (System.nanoTime() - begin));
        }
    }

    /** A call of any user: its limits, its money, its end. */
    private int authorise(Admission admission) {
        int caller = ThreadLocalRandom.current().nextInt(users);
        CommandId id = ids.next();
        String call = id.value();
        String mine = "default/" + caller + "/";
        String country = COUNTRIES.get(caller % COUNTRIES.size());
        BigDecimal price = PRICE.amount();
        GuardClaim claim = new GuardClaim(
                call,
                List.of(
                        within(mine + "calls/minute", MINUTE, BigDecimal.ONE),
                        within(mine + "calls/hour", HOUR, BigDecimal.ONE),
                        within(mine + "spend/hour", HOUR, price),
                        within(mine + "spend/day", DAY, price),
                        new GuardBound.Distinct("countries", mine + "countries", DAY, country, 5),
                        new GuardBound.AtOnce("concurrent", mine + "concurrent", 1_000_000),
                        within("default/calls/minute", MINUTE, BigDecimal.ONE),
                        within("default/spend/day", DAY, price)),
                LEASE);
        CreditAccount account = new CreditAccount(TenantId.DEFAULT, Integer.toString(caller));
        if (!admission
                .admit(new AdmissionRequest(claim, new Hold(id, account, PRICE, LEASE, "+14165550100")))
                .admitted()) {
            throw new IllegalStateException("denied");
        }
        if (admission
                .complete(new AdmissionResult(call, id, COST, "22 s at 1.1785", List.of(mine + "spend/hour")))
                .repeated()) {
            throw new IllegalStateException("settled before");
        }
        return 1;
    }

    private static GuardBound within(String key, Duration window, BigDecimal weight) {
        return new GuardBound.Within("rule", key, window, weight, MANY);
    }

    /** Bare: a connection and a prepared statement for each thread, and rows that no other thread has. */
    private long updates(Duration span) throws SQLException, InterruptedException, ExecutionException {
        List<Callable<Long>> threads = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            int first = node * connections + i;
            threads.add(() -> {
                long done = 0;
                try (Connection connection = DriverManager.getConnection(url, user, user);
                        PreparedStatement sql = connection.prepareStatement(
                                "UPDATE bench_rows SET balance = balance - ? WHERE id = ?")) {
                    for (long end = System.nanoTime() + span.toNanos(); System.nanoTime() < end; done++) {
                        sql.setBigDecimal(1, COST.amount());
                        int row = ThreadLocalRandom.current().nextInt(AuthoriseBench.ROWS);
                        sql.setInt(2, first * AuthoriseBench.ROWS + row);
                        if (sql.executeUpdate() != 1) {
                            throw new IllegalStateException("no such row");
                        }
                    }
                }
                return done;
            });
        }
        return sum(threads);
    }

    private static long together(int callers, Duration span, Callable<Integer> work)
            throws InterruptedException, ExecutionException {
        List<Callable<Long>> threads = new ArrayList<>();
        for (int i = 0; i < callers; i++) {
            threads.add(() -> {
                long done = 0;
                for (long end = System.nanoTime() + span.toNanos(); System.nanoTime() < end; ) {
                    done += work.call();
                }
                return done;
            });
        }
        return sum(threads);
    }

    private static long sum(List<Callable<Long>> threads) throws InterruptedException, ExecutionException {
        ExecutorService pool = Executors.newFixedThreadPool(threads.size());
        try {
            long sum = 0;
            for (Future<Long> thread : pool.invokeAll(threads)) {
                sum += thread.get();
            }
            return sum;
        } finally {
            pool.shutdown();
        }
    }
}
