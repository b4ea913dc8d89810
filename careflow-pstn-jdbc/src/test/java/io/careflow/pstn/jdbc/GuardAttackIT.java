package io.careflow.pstn.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.guard.CallGuard;
import io.careflow.pstn.guard.GuardDecision;
import io.careflow.pstn.guard.GuardPurpose;
import io.careflow.pstn.guard.GuardReport;
import io.careflow.pstn.guard.GuardRequest;
import io.careflow.pstn.guard.GuardRule;
import io.careflow.pstn.guard.GuardRules;
import io.careflow.pstn.guard.GuardRulesBook;
import io.careflow.pstn.guard.TalkPrice;
import io.careflow.pstn.money.Money;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * A stolen account dials premium, foreign and home numbers from two nodes, each with a pool of its own, of one PostgreSQL: all at once,
 * where time is the database's, and slowly over weeks, where what was counted is made older.
 */
@DisplayName("An attack on guards that count in PostgreSQL")
final class GuardAttackIT {
    private static final int CALLS = 10_000;
    private static final int THREADS = 6;
    private static final int DAYS = 35;
    private static final int IN_AN_HOUR = 12;
    private static final Instant START = Instant.parse("2026-03-02T12:00:00Z");
    private static final BigDecimal CAP = new BigDecimal("2.00");
    private static final Money DEAR = Money.of("0.09", "USD");

    private final GuardReport report = new GuardReport();
    private final GuardRules rules =
            GuardRules.standard("CA").allowing("US", "GB", "LV").without(GuardRule.NEW_USER);
    private final DataSource server = TestPostgres.emptyDatabase();
    private final HikariDataSource eastPool = pool(server);
    private final HikariDataSource westPool = pool(server);

    @BeforeEach
    void tables() {
        PstnDatabase unused = TestPostgres.open(server);
    }

    @AfterEach
    void close() {
        eastPool.close();
        westPool.close();
    }

    @Test
    @DisplayName(
            "fast, all at once: the loss stays under the day's cap, both nodes see it, and the report says what fired when")
    void fast() throws InterruptedException, ExecutionException {
        // Noon, so that no midnight comes between; it goes on from there.
        Clock clock = Clock.offset(Clock.systemUTC(), Duration.between(Instant.now(), START));
        CallGuard east = guard(eastPool, clock);
        CallGuard west = guard(westPool, clock);
        List<Callable<BigDecimal>> work = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            work.add(dialling(i % 2 == 0 ? east : west, i));
        }
        BigDecimal loss = BigDecimal.ZERO;
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            for (Future<BigDecimal> one : threads.invokeAll(work)) {
                loss = loss.add(one.get());
            }
        } finally {
            threads.shutdownNow();
        }
        Instant end = clock.instant();
        AttackReport.write(
                "fast",
                CALLS + " calls from two nodes at once, within "
                        + Duration.between(START, end).toSeconds() + " seconds",
                loss,
                "the cap of a day " + CAP.toPlainString(),
                report);
        assertThat(loss).isPositive().isLessThanOrEqualTo(CAP);
        assertThat(spent(east)).isEqualByComparingTo(loss);
        assertThat(spent(west)).isEqualByComparingTo(loss);
        assertThat(report.allowed() + report.denied()).isEqualTo(CALLS);
        assertThat(report.lines())
                .as(report.toString())
                .allSatisfy(line -> assertThat(line.first()).isBetween(START.minusSeconds(1), line.last()))
                .allSatisfy(line -> assertThat(line.last()).isBeforeOrEqualTo(end))
                .extracting(GuardReport.Line::rule)
                .contains(GuardRule.COUNTRY, GuardRule.NUMBER_TYPE, GuardRule.RISK_PREFIX, GuardRule.USER_SPEND_DAY)
                .doesNotContain(GuardRule.STORE);
    }

    @Test
    @DisplayName("slowly, over five weeks: no day's loss goes over its cap, and the account is frozen on the way")
    void slow() {
        GuardTime clock = new GuardTime(server, START.truncatedTo(ChronoUnit.DAYS));
        List<CallGuard> nodes = List.of(guard(eastPool, clock), guard(westPool, clock));
        Random random = new Random(7);
        BigDecimal[] days = new BigDecimal[DAYS];
        Arrays.fill(days, BigDecimal.ZERO);
        int calls = 0;
        for (int hour = 0; hour < DAYS * 24; hour++) {
            for (int i = 0; i < IN_AN_HOUR; i++) {
                CallGuard node = nodes.get(calls % 2);
                days[hour / 24] = days[hour / 24].add(loss(node, "slow-" + calls, random));
                calls++;
            }
            clock.go(Duration.ofHours(1));
            int unused = PstnDatabase.open(eastPool, DatabaseSettings.defaults().withoutMigration())
                    .guards()
                    .sweep();
        }
        BigDecimal loss = Arrays.stream(days).reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal worst = Arrays.stream(days).max(Comparator.naturalOrder()).orElseThrow();
        AttackReport.write(
                "slow",
                calls + " calls over " + DAYS + " days from two nodes, " + IN_AN_HOUR + " in each hour",
                loss,
                "the worst day " + worst.toPlainString() + ", the cap of a day " + CAP.toPlainString(),
                report);
        assertThat(days).allSatisfy(day -> assertThat(day).isLessThanOrEqualTo(CAP));
        assertThat(loss).isPositive();
        assertThat(report.allowed() + report.denied()).isEqualTo(calls).isGreaterThanOrEqualTo(CALLS);
        assertThat(report.lines())
                .as(report.toString())
                .extracting(GuardReport.Line::rule)
                .contains(GuardRule.COUNTRY, GuardRule.NUMBER_TYPE, GuardRule.RISK_PREFIX, GuardRule.FROZEN)
                .contains(GuardRule.FAST_BURN)
                .doesNotContain(GuardRule.STORE);
    }

    private Callable<BigDecimal> dialling(CallGuard guard, int worker) {
        return () -> {
            BigDecimal loss = BigDecimal.ZERO;
            Random random = new Random(worker);
            for (int i = worker; i < CALLS; i += THREADS) {
                loss = loss.add(loss(guard, "fast-" + i, random));
            }
            return loss;
        };
    }

    /** What this call takes if it may, talking as long as it may. */
    private static BigDecimal loss(CallGuard guard, String holder, Random random) {
        GuardDecision decision = guard.decide(request(holder, number(random)));
        if (!decision.allowed()) {
            return BigDecimal.ZERO;
        }
        Money cost = TalkPrice.perStartedMinute(DEAR).whole(decision.longest());
        guard.settle(decision.ticket(), decision.longest(), cost);
        return cost.amount();
    }

    /** What is counted for the user's day, as this node sees it. */
    private static BigDecimal spent(CallGuard guard) {
        return guard.explain(request("look", "+14165550199")).rulings().stream()
                .filter(ruling -> ruling.rule() == GuardRule.USER_SPEND_DAY)
                .map(ruling -> new BigDecimal(ruling.current()))
                .findFirst()
                .orElseThrow();
    }

    private CallGuard guard(DataSource pool, Clock clock) {
        JdbiGuardStore store = PstnDatabase.open(
                        pool, DatabaseSettings.defaults().withoutMigration())
                .guards();
        return new CallGuard(GuardRulesBook.always(rules), store, clock, report);
    }

    private static HikariDataSource pool(DataSource server) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(server);
        config.setMaximumPoolSize(THREADS);
        return new HikariDataSource(config);
    }

    private static GuardRequest request(String holder, String to) {
        return GuardRequest.of(holder, TenantId.DEFAULT, "stolen", GuardPurpose.CALL, new PhoneNumber(to))
                .pricedPerMinute(DEAR);
    }

    private static String number(Random random) {
        String digits = String.format("%07d", random.nextInt(10_000_000));
        return switch (random.nextInt(8)) {
            case 0 -> "+1900555" + digits.substring(3);
            case 1 -> "+3712" + digits;
            case 2 -> "+252615" + digits.substring(1);
            case 3 -> "+1876555" + digits.substring(3);
            case 4 -> "+881612" + digits.substring(1);
            case 5 -> "+44207" + digits;
            case 6 -> "+1212555" + digits.substring(3);
            default -> "+1416555" + digits.substring(3);
        };
    }
}
