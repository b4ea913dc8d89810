package io.careflow.pstn.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import io.careflow.pstn.CommandId;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.admission.AdmissionRequest;
import io.careflow.pstn.admission.AdmissionResult;
import io.careflow.pstn.credit.CreditAccount;
import io.careflow.pstn.credit.Hold;
import io.careflow.pstn.credit.HoldAnswer;
import io.careflow.pstn.guard.GuardBound;
import io.careflow.pstn.guard.GuardClaim;
import io.careflow.pstn.money.Money;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A process of its own that reserves, and settles or releases most of it: calls from a number on, by several threads, each step written
 * to standard output once it is known to be done. Made to be killed between any two steps.
 */
final class CreditNode {
    static final int ACCOUNTS = 5;
    static final Duration LEASE = Duration.ofSeconds(3);
    private static final int THREADS = 4;

    private CreditNode() {}

    public static void main(String[] args) throws InterruptedException {
        int from = Integer.parseInt(args[1]);
        int to = Integer.parseInt(args[2]);
        AtomicInteger next = new AtomicInteger(from);
        CountDownLatch done = new CountDownLatch(THREADS);
        try (HikariDataSource dataSource = new HikariDataSource()) {
            dataSource.setJdbcUrl(args[0]);
            dataSource.setUsername("postgres");
            dataSource.setMaximumPoolSize(THREADS);
            PstnDatabase database =
                    PstnDatabase.open(dataSource, DatabaseSettings.defaults().withoutMigration());
            for (int i = 0; i < THREADS; i++) {
                boolean together = i % 2 == 0;
                new Thread(() -> {
                            for (int call = next.getAndIncrement(); call < to; call = next.getAndIncrement()) {
                                if (together) {
                                    together(database, call);
                                } else {
                                    apart(database, call);
                                }
                            }
                            done.countDown();
                        })
                        .start();
            }
            done.await();
        }
        say("end");
    }

    private static void apart(PstnDatabase database, int call) {
        HoldAnswer answer = database.credit().reserve(hold(call));
        if (answer instanceof HoldAnswer.Held) {
            say("held " + call);
            switch (new Random(call).nextInt(10)) {
                case 0 -> database.credit().release(hold(call).id(), "busy");
                case 1 -> say("left " + call);
                default -> {
                    database.credit().settle(hold(call).id(), cost(call), "call " + call);
                    say("settled " + call);
                }
            }
        } else {
            say("denied " + call);
        }
    }

    private static void together(PstnDatabase database, int call) {
        GuardClaim claim = new GuardClaim(
                "call-" + call,
                List.of(
                        new GuardBound.AtOnce("concurrent", "everybody", 1_000_000),
                        new GuardBound.Within(
                                "spend", "all spend", Duration.ofHours(1), BigDecimal.ONE, new BigDecimal("1000000"))),
                LEASE);
        if (database.admission().admit(new AdmissionRequest(claim, hold(call))).admitted()) {
            say("held " + call);
            database.admission()
                    .complete(new AdmissionResult(
                            claim.holder(), hold(call).id(), cost(call), "call " + call, List.of("all spend")));
            say("settled " + call);
        } else {
            say("denied " + call);
        }
    }

    static CreditAccount account(int number) {
        return new CreditAccount(TenantId.DEFAULT, "user-" + number);
    }

    static Hold hold(int call) {
        Money amount = Money.of(1 + call % 7 + ".5", "USD");
        return new Hold(new CommandId("call-" + call), account(call % ACCOUNTS), amount, LEASE, "call " + call);
    }

    /** Now and then more than was held. */
    static Money cost(int call) {
        return Money.of("0." + (1 + call % 9) + (call % 50 == 0 ? "" : "0000001"), "USD")
                .plus(Money.of(call % 50 == 0 ? "9" : "0", "USD"));
    }

    private static synchronized void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
