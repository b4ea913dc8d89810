package io.careflow.pstn.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.money.Money;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class GuardPropertiesTest {
    private final Hands clock = new Hands("2026-03-02T00:00:00Z");

    @Property(tries = 30)
    @Label("however many ask at once, no more are allowed than a limit says")
    void neverMore(@ForAll @IntRange(min = 1, max = 8) int most, @ForAll @IntRange(min = 2, max = 8) int threads)
            throws InterruptedException, ExecutionException {
        GuardRules limited = GuardRules.standard("CA")
                .limit(GuardRule.USER_AT_ONCE, most)
                .limit(GuardRule.USER_MINUTE, 1000)
                .limit(GuardRule.REPEATS, 1000);
        CallGuard guard = new CallGuard(GuardRulesBook.always(limited), new MemoryGuardStore(clock), clock);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Callable<Boolean>> calls = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                GuardRequest request = GuardRequest.of(
                                "p" + i, TenantId.DEFAULT, "u", GuardPurpose.CALL, new PhoneNumber("+14165550100"))
                        .pricedPerMinute(Money.of("0.0001", "USD"));
                calls.add(() -> guard.decide(request).allowed());
            }
            int allowed = 0;
            for (Future<Boolean> one : pool.invokeAll(calls)) {
                allowed += one.get() ? 1 : 0;
            }
            assertThat(allowed).isEqualTo(most);
        } finally {
            pool.shutdownNow();
        }
    }
}
