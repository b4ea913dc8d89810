package io.careflow.pstn.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.guard.GuardAnswer;
import io.careflow.pstn.guard.GuardAnswer.Reading;
import io.careflow.pstn.guard.GuardBound;
import io.careflow.pstn.guard.GuardClaim;
import io.careflow.pstn.guard.GuardStore;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What all {@link GuardStore}s keep to. Extend it, hand over a store, and let time pass. Every test has keys of its own, so the store
 * may hold others. A store may count what is within a window up to a thirtieth of it longer than the window, never shorter.
 */
public abstract class GuardStoreConformance {
    private static final Duration TTL = Duration.ofMinutes(2);
    private static final Duration HOUR = Duration.ofHours(1);

    private GuardStore store;
    private String key;

    /** For subclasses. */
    @SuppressWarnings("NullAway.Init")
    protected GuardStoreConformance() {}

    /** A store. Called once per test. */
    protected abstract GuardStore store();

    /** Makes so much time pass for it, or all that it holds so much older. */
    protected abstract void pass(Duration time);

    @BeforeEach
    final void openStore() {
        store = store();
        key = "test/" + UUID.randomUUID();
    }

    @Test
    @DisplayName("so much is taken within a window as it allows, and every answer tells the value before")
    void within() {
        assertThat(take(calls("2")).taken()).isTrue();
        assertThat(values(take(calls("2")))).containsExactly("1");
        GuardAnswer third = take(calls("2"));
        assertThat(third.taken()).isFalse();
        assertThat(third.readings()).containsExactly(new Reading(calls("2"), new BigDecimal("2"), false));
        pass(HOUR.minusMinutes(1));
        assertThat(take(calls("2")).taken()).isFalse();
        pass(Duration.ofMinutes(4));
        assertThat(values(take(calls("2")))).containsExactly("0");
    }

    @Test
    @DisplayName("a window slides: what is older than it falls out, the rest stays")
    void slides() {
        take(calls("9"));
        pass(Duration.ofMinutes(30));
        take(calls("9"));
        pass(Duration.ofMinutes(33));
        assertThat(values(take(calls("9")))).containsExactly("1");
    }

    @Test
    @DisplayName("weights are exact decimals: a sum of ten tenths fits under one, and nothing more does")
    void weights() {
        for (int i = 0; i < 10; i++) {
            assertThat(take(spend("0.1", "1")).taken()).isTrue();
        }
        GuardAnswer more = take(spend("0.0000000001", "1"));
        assertThat(more.taken()).isFalse();
        assertThat(more.readings().get(0).before()).isEqualByComparingTo("1");
    }

    @Test
    @DisplayName("different members are counted once each, and again after the window")
    void distinct() {
        assertThat(take(country("GB", 2)).taken()).isTrue();
        assertThat(take(country("FR", 2)).taken()).isTrue();
        assertThat(take(country("GB", 2)).taken()).isTrue();
        GuardAnswer third = take(country("DE", 2));
        assertThat(third.taken()).isFalse();
        assertThat(values(third)).containsExactly("2");
        pass(HOUR.plusMinutes(3));
        assertThat(values(take(country("DE", 2)))).containsExactly("0");
    }

    @Test
    @DisplayName("so many at the same time: those that are given back or whose lease ran out count no more")
    void atOnce() {
        store.take(claim("one", atOnce(2)));
        store.take(claim("two", atOnce(2)));
        assertThat(store.take(claim("three", atOnce(2))).taken()).isFalse();
        store.release(name("one"));
        assertThat(store.take(claim("three", atOnce(2))).taken()).isTrue();
        pass(TTL.minusSeconds(20));
        assertThat(store.renew(name("two"), TTL)).isTrue();
        pass(Duration.ofSeconds(30));
        assertThat(store.renew(name("three"), TTL)).isFalse();
        assertThat(values(store.take(claim("four", atOnce(2))))).containsExactly("1");
        assertThat(store.renew(name("one"), TTL)).isFalse();
        assertThat(store.renew(name("nobody"), TTL)).isFalse();
    }

    @Test
    @DisplayName("everything or nothing: where one bound does not fit, none is counted, and all are told")
    void nothing() {
        take(spend("5", "9"));
        GuardAnswer answer = take(atOnce(5), spend("5", "9"), country("GB", 5));
        assertThat(answer.taken()).isFalse();
        assertThat(answer.readings()).extracting(Reading::fits).containsExactly(true, false, true);
        assertThat(values(store.peek(claim("other", atOnce(5), spend("1", "9"), country("FR", 5)))))
                .containsExactly("0", "5", "0");
    }

    @Test
    @DisplayName("a holder that asks again under other bounds leaves what was counted before, its own and others'")
    void otherBounds() {
        take(calls("9"));
        assertThat(store.take(claim("one", calls("9"), atOnce(9))).taken()).isTrue();
        GuardBound elsewhere =
                new GuardBound.Within("calls", UUID.randomUUID() + "/else/where", HOUR, BigDecimal.ONE, BigDecimal.TEN);
        GuardAnswer unused = store.take(claim("one", elsewhere));
        assertThat(values(store.peek(claim("other", calls("9"))))).containsExactly("2");
    }

    @Test
    @DisplayName("a holder takes once however often it asks, and has its leases renewed")
    void sameHolder() {
        GuardClaim claim = claim("one", calls("1"), atOnce(1), country("GB", 1));
        assertThat(store.take(claim).taken()).isTrue();
        pass(TTL.minusSeconds(20));
        assertThat(store.take(claim).taken()).isTrue();
        pass(TTL.minusSeconds(20));
        assertThat(values(store.peek(claim("other", calls("9"), atOnce(9), country("FR", 9)))))
                .containsExactly("1", "1", "1");
    }

    @Test
    @DisplayName("what was released stays counted within windows, also when the same holder comes again")
    void released() {
        GuardClaim claim = claim("one", calls("2"), atOnce(1));
        store.take(claim);
        store.release(name("one"));
        store.release(name("one"));
        assertThat(values(store.peek(claim("other", calls("9"), atOnce(9))))).containsExactly("1", "0");
        assertThat(store.take(claim).taken()).isTrue();
        assertThat(values(store.peek(claim("other", calls("9"), atOnce(9))))).containsExactly("1", "1");
    }

    @Test
    @DisplayName("who gave its lease back and asks again gets none that another one has meanwhile")
    void leasedElsewhere() {
        GuardClaim claim = claim("one", calls("9"), atOnce(1));
        store.take(claim);
        store.release(name("one"));
        store.take(claim("two", atOnce(1)));
        assertThat(store.take(claim).taken()).isFalse();
        store.release(name("two"));
        assertThat(store.take(claim).taken()).isTrue();
        assertThat(store.take(claim("two", atOnce(1))).taken()).isFalse();
    }

    @Test
    @DisplayName("a look takes nothing")
    void peek() {
        for (int i = 0; i < 3; i++) {
            assertThat(store.peek(claim("one", calls("1"), atOnce(1), country("GB", 1)))
                            .taken())
                    .isTrue();
        }
        assertThat(values(take(calls("1"), atOnce(1), country("GB", 1)))).containsExactly("0", "0", "0");
    }

    @Test
    @DisplayName("what a call could have cost becomes what it cost, up or down; who added nothing corrects nothing")
    void corrected() {
        store.take(claim("one", spend("5", "9")));
        store.correct(name("one"), key + "/spend", new BigDecimal("1.25"));
        store.correct(name("one"), key + "/spend", new BigDecimal("1.5"));
        store.correct(name("one"), key + "/other", new BigDecimal("7"));
        store.correct(name("nobody"), key + "/spend", new BigDecimal("7"));
        GuardAnswer answer = store.take(claim("two", spend("7.5", "9")));
        assertThat(answer.taken()).isTrue();
        assertThat(values(answer)).containsExactly("1.5");
    }

    @Test
    @DisplayName("keys are counted apart, and a bound may stand under another limit each time")
    void keys() {
        take(calls("1"));
        assertThat(take(new GuardBound.Within("r", key + "/else", HOUR, BigDecimal.ONE, BigDecimal.ONE))
                        .taken())
                .isTrue();
        assertThat(take(calls("1")).taken()).isFalse();
        assertThat(take(calls("2")).taken()).isTrue();
    }

    @Test
    @DisplayName("a sweep forgets what no longer counts and nothing else")
    void sweep() {
        pass(Duration.ofDays(8)); // what other tests left
        store.sweep();
        store.take(claim("one", calls("9"), atOnce(9), country("GB", 9)));
        assertThat(store.sweep()).isZero();
        assertThat(values(store.peek(claim("two", calls("9"), atOnce(9), country("FR", 9)))))
                .containsExactly("1", "1", "1");
        pass(HOUR.plusMinutes(3));
        assertThat(store.sweep()).isPositive();
        assertThat(store.sweep()).isZero();
    }

    @Test
    @DisplayName("leases last 1 second to 24 hours; another span is refused")
    void ttl() {
        store.take(claim("one", atOnce(1)));
        assertThatThrownBy(() -> store.renew(name("one"), Duration.ofMillis(900)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store.renew(name("one"), Duration.ofHours(25)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName(
            "however many take at once, naming shared keys in any order, no limit is exceeded and nobody waits for ever")
    void concurrently() throws InterruptedException, ExecutionException {
        int threads = 8;
        int each = 15;
        CyclicBarrier start = new CyclicBarrier(threads);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<Integer>> running = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                int turn = thread;
                running.add(pool.submit(() -> {
                    start.await();
                    int taken = 0;
                    for (int i = 0; i < each; i++) {
                        List<GuardBound> bounds = new ArrayList<>(List.of(calls("50"), spend("0.1", "5"), atOnce(60)));
                        Collections.rotate(bounds, turn + i);
                        taken += take(bounds.toArray(GuardBound[]::new)).taken() ? 1 : 0;
                    }
                    return taken;
                }));
            }
            int taken = 0;
            for (Future<Integer> one : running) {
                taken += one.get();
            }
            assertThat(taken).isEqualTo(50);
        } finally {
            pool.shutdownNow();
        }
        assertThat(values(store.peek(claim("late", calls("99"), spend("0.1", "99"), atOnce(99)))))
                .containsExactly("50", "5", "50");
    }

    private GuardAnswer take(GuardBound... bounds) {
        return store.take(claim(UUID.randomUUID().toString(), bounds));
    }

    private GuardClaim claim(String holder, GuardBound... bounds) {
        return new GuardClaim(name(holder), List.of(bounds), TTL);
    }

    private String name(String holder) {
        return key + "/" + holder;
    }

    private GuardBound calls(String most) {
        return new GuardBound.Within("calls", key + "/calls", HOUR, BigDecimal.ONE, new BigDecimal(most));
    }

    private GuardBound spend(String weight, String most) {
        return new GuardBound.Within("spend", key + "/spend", HOUR, new BigDecimal(weight), new BigDecimal(most));
    }

    private GuardBound country(String member, int most) {
        return new GuardBound.Distinct("countries", key + "/countries", HOUR, member, most);
    }

    private GuardBound atOnce(int most) {
        return new GuardBound.AtOnce("concurrent", key + "/concurrent", most);
    }

    private static List<String> values(GuardAnswer answer) {
        return answer.readings().stream()
                .map(reading -> reading.before().stripTrailingZeros().toPlainString())
                .toList();
    }
}
