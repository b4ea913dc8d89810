package io.careflow.pstn.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.money.Money;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A stolen account that dials 10,000 premium numbers, foreign numbers and numbers at home, from two nodes that share a store. */
class AttackTest {
    private static final int CALLS = 10_000;
    private static final Money DEAR = Money.of("0.09", "USD");

    private final Hands clock = new Hands("2026-03-02T00:00:00Z");
    private final MemoryGuardStore store = new MemoryGuardStore(clock);
    private final GuardReport report = new GuardReport();
    private final GuardRules rules =
            GuardRules.standard("CA").allowing("US", "GB", "LV").without(GuardRule.NEW_USER);

    @Test
    @DisplayName(
            "fast, from two nodes at once, all within one minute: the loss stays under the day's cap, and the report says why")
    void fast() throws InterruptedException, ExecutionException {
        BigDecimal loss = BigDecimal.ZERO;
        ExecutorService nodes = Executors.newFixedThreadPool(2);
        try {
            List<Future<BigDecimal>> both = nodes.invokeAll(List.of(node("east", 0), node("west", CALLS / 2)));
            for (Future<BigDecimal> one : both) {
                loss = loss.add(one.get());
            }
        } finally {
            nodes.shutdownNow();
        }
        assertThat(loss).isPositive().isLessThanOrEqualTo(new BigDecimal("2.00"));
        assertThat(report.allowed() + report.denied()).isEqualTo(CALLS);
        assertThat(report.lines())
                .extracting(GuardReport.Line::rule)
                .contains(GuardRule.COUNTRY, GuardRule.NUMBER_TYPE, GuardRule.RISK_PREFIX, GuardRule.USER_SPEND_DAY);
    }

    private Callable<BigDecimal> node(String name, int from) {
        CallGuard guard = guard();
        return () -> {
            BigDecimal loss = BigDecimal.ZERO;
            Random random = new Random(from);
            for (int i = from; i < from + CALLS / 2; i++) {
                GuardDecision decision = guard.decide(request(name + i, random));
                if (decision.allowed()) {
                    loss = loss.add(DEAR.amount().multiply(minutes(decision.longest())));
                    guard.settle(decision.ticket(), decision.longest(), cost(decision.longest()));
                }
            }
            return loss;
        };
    }

    @Test
    @DisplayName(
            "slowly, a call every five minutes over five weeks: each day stays under its cap, and the account freezes on the way")
    void slow() {
        CallGuard east = guard();
        CallGuard west = guard();
        Random random = new Random(7);
        List<BigDecimal> days = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            int day = (int) Duration.between(new Hands("2026-03-02T00:00:00Z").instant(), clock.instant())
                    .toDays();
            while (days.size() <= day) {
                days.add(BigDecimal.ZERO);
            }
            CallGuard node = i % 2 == 0 ? east : west;
            GuardDecision decision = node.decide(request("slow-" + i, random));
            if (decision.allowed()) {
                Duration talk = decision.longest().compareTo(Duration.ofMinutes(4)) > 0
                        ? Duration.ofMinutes(4)
                        : decision.longest();
                node.settle(decision.ticket(), talk, cost(talk));
                days.set(day, days.get(day).add(cost(talk).amount()));
            }
            clock.go(Duration.ofMinutes(5));
            store.sweep();
        }
        assertThat(days).hasSize(35).allSatisfy(loss -> assertThat(loss).isLessThanOrEqualTo(new BigDecimal("2.00")));
        assertThat(report.allowed()).isPositive();
        assertThat(report.denied()).isGreaterThan(9_000);
        assertThat(report.lines())
                .extracting(GuardReport.Line::rule)
                .contains(
                        GuardRule.COUNTRY,
                        GuardRule.NUMBER_TYPE,
                        GuardRule.RISK_PREFIX,
                        GuardRule.COUNTRIES,
                        GuardRule.FAST_BURN,
                        GuardRule.FROZEN);
        assertThat(report.toString()).contains("country", "2026-03-02T00");
    }

    private CallGuard guard() {
        return new CallGuard(GuardRulesBook.always(rules), store, clock, report);
    }

    private static GuardRequest request(String holder, Random random) {
        String digits = String.format("%07d", random.nextInt(10_000_000));
        String to = switch (random.nextInt(8)) {
            case 0 -> "+1900" + "555" + digits.substring(3);
            case 1 -> "+3712" + digits;
            case 2 -> "+252615" + digits.substring(1);
            case 3 -> "+1876" + "555" + digits.substring(3);
            case 4 -> "+881612" + digits.substring(1);
            case 5 -> "+4420" + "7" + digits;
            case 6 -> "+1212" + "555" + digits.substring(3);
            default -> "+1416" + "555" + digits.substring(3);
        };
        return GuardRequest.of(holder, TenantId.DEFAULT, "stolen", GuardPurpose.CALL, new PhoneNumber(to))
                .pricedPerMinute(DEAR);
    }

    private static BigDecimal minutes(Duration talk) {
        return BigDecimal.valueOf((talk.toSeconds() + 59) / 60);
    }

    private static Money cost(Duration talk) {
        return TalkPrice.perStartedMinute(DEAR).whole(talk);
    }
}
