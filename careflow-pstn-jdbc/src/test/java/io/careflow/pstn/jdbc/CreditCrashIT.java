package io.careflow.pstn.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.credit.Balance;
import io.careflow.pstn.credit.CreditEntry;
import io.careflow.pstn.credit.CreditTerms;
import io.careflow.pstn.money.Money;
import java.io.BufferedReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

final class CreditCrashIT {
    private static final int CALLS = 10_000;
    private static final int NODES = 3;
    private static final int SHARE = 400;
    private static final Money PAID = Money.of("600", "USD");

    private final DataSource dataSource = TestPostgres.emptyDatabase();
    private final JdbiCredit credit = TestPostgres.open(dataSource).credit();
    private final Set<String> said = Collections.synchronizedSet(new HashSet<>());
    private final AtomicInteger killed = new AtomicInteger();
    private final AtomicInteger next = new AtomicInteger();

    @Test
    @DisplayName(
            "10,000 reservations by processes that are killed between steps: no overspend at any moment, nothing settled"
                    + " twice or lost, and what was abandoned is free again")
    void killed() throws Exception {
        for (int i = 0; i < CreditNode.ACCOUNTS; i++) {
            credit.open(CreditNode.account(i), CreditTerms.prepaid(PAID.currency()));
            credit.pay(new CommandId("payment-" + i), CreditNode.account(i), PAID, "card");
        }
        AtomicBoolean over = new AtomicBoolean();
        ExecutorService pool = Executors.newFixedThreadPool(NODES + 1);
        try {
            Future<Integer> observer = pool.submit(() -> observe(over));
            List<Future<?>> nodes = new ArrayList<>();
            for (int i = 0; i < NODES; i++) {
                Random random = new Random(i);
                nodes.add(pool.submit(() -> {
                    for (int from = next.getAndAdd(SHARE); from < CALLS; from = next.getAndAdd(SHARE)) {
                        run(from, Math.min(CALLS, from + SHARE), random);
                    }
                    return null;
                }));
            }
            for (Future<?> node : nodes) {
                node.get(300, TimeUnit.SECONDS);
            }
            over.set(true);
            assertThat(observer.get()).as("looks of the observer").isGreaterThan(20);
        } finally {
            pool.shutdownNow();
        }
        assertThat(killed).as("processes that were killed").hasPositiveValue();
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            int unused = credit.sweep();
            assertThat(count("SELECT count(*) FROM pstn_credit_holds WHERE state = 'HELD'"))
                    .isZero();
        });
        check();
    }

    /** Every share is finished: by a process that lives, after any number that were killed in the middle of it. */
    private void run(int from, int to, Random random) throws IOException, InterruptedException {
        boolean ended = false;
        for (int attempt = 0; !ended; attempt++) {
            Process node = node(from, to);
            int steps = attempt == 0 && random.nextInt(3) > 0 ? random.nextInt(SHARE) : Integer.MAX_VALUE;
            try (BufferedReader output = node.inputReader()) {
                for (String line = output.readLine(); line != null; line = output.readLine()) {
                    said.add(line);
                    ended |= line.equals("end");
                    if (steps-- == 0) {
                        boolean unused = node.toHandle().destroyForcibly(); // keeps what it said readable
                        killed.incrementAndGet();
                    }
                }
            }
            assertThat(node.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(ended || attempt == 0)
                    .as("a process that nobody killed finishes")
                    .isTrue();
        }
    }

    private int observe(AtomicBoolean over) {
        int looks = 0;
        while (!over.get()) {
            assertThat(
                            count(
                                    "SELECT count(*) FROM pstn_credit_accounts a WHERE booked - held < 0 OR booked - (SELECT"
                                            + " coalesce(sum(amount), 0) FROM pstn_credit_holds WHERE account = a.number AND state = 'HELD') < 0"))
                    .as("accounts that spend more than they have")
                    .isZero();
            assertThat(credit.audit()).isEmpty();
            looks++;
        }
        return looks;
    }

    private void check() {
        assertThat(credit.audit()).isEmpty();
        assertThat(count("SELECT count(*) FROM pstn_credit_holds h WHERE state = 'SETTLED' AND (SELECT count(*) FROM"
                        + " pstn_credit_entries e WHERE e.reference = h.id AND e.kind = 'SETTLEMENT' AND e.amount = -h.taken"
                        + " AND e.account = h.account) <> 1"))
                .as("settled holds without exactly one entry")
                .isZero();
        Set<String> entries = new HashSet<>();
        BigDecimal uncovered = BigDecimal.ZERO;
        for (int i = 0; i < CreditNode.ACCOUNTS; i++) {
            Money spent = Money.zero(PAID.currency());
            for (CreditEntry entry : credit.entries(CreditNode.account(i), Long.MAX_VALUE, CALLS)) {
                if (entry.kind() == CreditEntry.Kind.SETTLEMENT) {
                    int call = Integer.parseInt(entry.reference().value().substring("call-".length()));
                    assertThat(entries.add("settled " + call)).isTrue();
                    assertThat(entry.uncovered().minus(entry.amount())).isEqualTo(CreditNode.cost(call));
                    spent = spent.minus(entry.amount());
                    uncovered = uncovered.add(entry.uncovered().amount());
                }
            }
            Balance balance = credit.balance(CreditNode.account(i)).orElseThrow();
            assertThat(balance.booked()).isEqualTo(PAID.minus(spent));
            assertThat(balance.held().signum()).isZero();
            assertThat(balance.available().signum()).isNotNegative();
        }
        assertThat(uncovered).as("some calls cost more than was held").isPositive();
        assertThat(entries)
                .as("no settlement that a process was told of is lost")
                .containsAll(said.stream()
                        .filter(line -> line.startsWith("settled "))
                        .toList());
        assertThat(said.stream().filter(line -> line.startsWith("held")).count())
                .as("granted")
                .isGreaterThan(500);
        assertThatThrownBy(() -> TestPostgres.execute(dataSource, "UPDATE pstn_credit_accounts SET held = booked + 1"))
                .as("an overspend by hand")
                .hasStackTraceContaining("pstn_credit_never_overspent");
    }

    private int count(String sql) {
        return Jdbi.create(dataSource)
                .withHandle(
                        handle -> handle.createQuery(sql).mapTo(Integer.class).one());
    }

    private Process node(int from, int to) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CreditNode.class.getName(),
                        ((PGSimpleDataSource) dataSource).getUrl(),
                        Integer.toString(from),
                        Integer.toString(to))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
