package io.careflow.pstn.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.call.Direction;
import io.careflow.pstn.siptrunk.ChannelAnswer;
import io.careflow.pstn.siptrunk.ChannelAnswer.Bound;
import io.careflow.pstn.siptrunk.ChannelAnswer.Full;
import io.careflow.pstn.siptrunk.ChannelAnswer.Taken;
import io.careflow.pstn.siptrunk.ChannelClaim;
import io.careflow.pstn.siptrunk.ChannelLeases;
import io.careflow.pstn.siptrunk.ChannelLimits;
import io.careflow.pstn.siptrunk.ChannelUse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What all {@link ChannelLeases} keep to. Extend it, hand over leases of which none is taken, and let time pass. */
public abstract class ChannelLeasesConformance {
    private static final Duration TTL = Duration.ofMinutes(2);
    private static final ChannelLimits TWO = new ChannelLimits(2, null, null);

    /** For subclasses. */
    protected ChannelLeasesConformance() {}

    /** Leases of which none is taken. Called once per test. */
    protected abstract ChannelLeases noneTaken();

    /** Makes so much time pass for them, or all leases so much older. */
    protected abstract void pass(Duration time);

    @Test
    @DisplayName("channels are taken up to the limit, and the next is told how many of how many are in use")
    void full() {
        ChannelLeases leases = noneTaken();
        assertThat(leases.take(out("one"))).isEqualTo(new Taken(new ChannelUse(0, 1)));
        assertThat(leases.take(in("two"))).isEqualTo(new Taken(new ChannelUse(1, 1)));
        ChannelAnswer third = leases.take(out("three"));
        assertThat(third).isEqualTo(new Full("trunk", Bound.TOTAL, 2, 2));
        assertThat(third).hasToString("trunk trunk is full: 2 of 2 channels");
        assertThat(leases.use("trunk")).isEqualTo(new ChannelUse(1, 1));
    }

    @Test
    @DisplayName("each direction has its own limit besides that of all calls")
    void directions() {
        ChannelLeases leases = noneTaken();
        ChannelLimits limits = new ChannelLimits(3, 1, 2);
        assertThat(take(leases, "in1", Direction.INBOUND, limits)).isInstanceOf(Taken.class);
        assertThat(take(leases, "in2", Direction.INBOUND, limits)).isEqualTo(new Full("trunk", Bound.INBOUND, 1, 1));
        assertThat(take(leases, "out1", Direction.OUTBOUND, limits)).isInstanceOf(Taken.class);
        assertThat(take(leases, "out2", Direction.OUTBOUND, limits)).isInstanceOf(Taken.class);
        assertThat(take(leases, "out3", Direction.OUTBOUND, limits)).isEqualTo(new Full("trunk", Bound.OUTBOUND, 2, 2));
    }

    @Test
    @DisplayName("a direction with the limit 0 takes no call")
    void closedDirection() {
        ChannelLeases leases = noneTaken();
        assertThat(take(leases, "out", Direction.OUTBOUND, new ChannelLimits(5, null, 0)))
                .isEqualTo(new Full("trunk", Bound.OUTBOUND, 0, 0));
    }

    @Test
    @DisplayName("what is given back is free, and giving back twice or nothing is no error")
    void released() {
        ChannelLeases leases = noneTaken();
        leases.take(out("one"));
        leases.take(out("two"));
        leases.release("one");
        leases.release("one");
        leases.release("nobody");
        assertThat(leases.take(out("three"))).isInstanceOf(Taken.class);
        assertThat(leases.use("trunk").total()).isEqualTo(2);
    }

    @Test
    @DisplayName("a holder takes one channel however often it asks, and has it renewed")
    void sameHolder() {
        ChannelLeases leases = noneTaken();
        leases.take(out("one"));
        pass(Duration.ofSeconds(100));
        assertThat(leases.take(out("one"))).isEqualTo(new Taken(new ChannelUse(0, 1)));
        pass(Duration.ofSeconds(100));
        assertThat(leases.use("trunk").total()).isEqualTo(1);
    }

    @Test
    @DisplayName("a lease that nobody renews runs out, and its channel is free without a sweep")
    void expired() {
        ChannelLeases leases = noneTaken();
        leases.take(out("one"));
        leases.take(out("two"));
        pass(TTL.plusSeconds(1));
        assertThat(leases.use("trunk").total()).isZero();
        assertThat(leases.take(out("three"))).isEqualTo(new Taken(new ChannelUse(0, 1)));
        assertThat(leases.take(out("one"))).isEqualTo(new Taken(new ChannelUse(0, 2)));
    }

    @Test
    @DisplayName("a lease that is renewed lasts")
    void renewed() {
        ChannelLeases leases = noneTaken();
        leases.take(out("one"));
        for (int i = 0; i < 5; i++) {
            pass(Duration.ofSeconds(80));
            assertThat(leases.renew("trunk", "one", TTL)).isTrue();
        }
        assertThat(leases.use("trunk").total()).isEqualTo(1);
    }

    @Test
    @DisplayName("a lease that ran out, or was given back, or never was, cannot be renewed")
    void notRenewed() {
        ChannelLeases leases = noneTaken();
        leases.take(out("one"));
        leases.take(out("two"));
        leases.release("two");
        pass(TTL.plusSeconds(1));
        assertThat(leases.renew("trunk", "one", TTL)).isFalse();
        assertThat(leases.renew("trunk", "two", TTL)).isFalse();
        assertThat(leases.renew("trunk", "nobody", TTL)).isFalse();
        assertThat(leases.renew("elsewhere", "one", TTL)).isFalse();
        assertThat(leases.use("trunk").total()).isZero();
    }

    @Test
    @DisplayName("a call that is there already is counted beyond the limit, and keeps others out until it is gone")
    void regardless() {
        ChannelLeases leases = noneTaken();
        leases.take(out("one"));
        leases.take(out("two"));
        assertThat(leases.take(in("there").counted())).isEqualTo(new Taken(new ChannelUse(1, 2)));
        leases.release("one");
        assertThat(leases.take(out("three"))).isEqualTo(new Full("trunk", Bound.TOTAL, 2, 2));
        leases.release("two");
        assertThat(leases.take(out("three"))).isInstanceOf(Taken.class);
    }

    @Test
    @DisplayName("trunks are counted apart, and a holder gives back what it has of all of them")
    void trunks() {
        ChannelLeases leases = noneTaken();
        leases.take(out("one"));
        leases.take(ChannelClaim.of("other", "one", Direction.OUTBOUND, TWO, TTL));
        assertThat(leases.use("trunk").total()).isEqualTo(1);
        assertThat(leases.use("other").total()).isEqualTo(1);
        leases.release("one");
        assertThat(leases.use("trunk").total()).isZero();
        assertThat(leases.use("other").total()).isZero();
    }

    @Test
    @DisplayName("a sweep forgets what ran out and nothing else")
    void sweep() {
        ChannelLeases leases = noneTaken();
        leases.take(out("one"));
        pass(Duration.ofSeconds(90));
        leases.take(out("two"));
        assertThat(leases.sweep()).isZero();
        pass(Duration.ofSeconds(60));
        assertThat(leases.sweep()).isEqualTo(1);
        assertThat(leases.sweep()).isZero();
        assertThat(leases.use("trunk").total()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0.9S", "PT24H1S", "PT0S", "-PT5S"})
    @DisplayName("a lease lasts 1 second to 24 hours; other spans are refused and nothing is taken")
    void ttl(String span) {
        ChannelLeases leases = noneTaken();
        Duration ttl = Duration.parse(span);
        leases.take(out("one"));
        assertThatThrownBy(() -> leases.renew("trunk", "one", ttl)).hasMessageContaining("1 second to 24 hours");
        assertThatThrownBy(() -> leases.take(ChannelClaim.of("trunk", "two", Direction.OUTBOUND, TWO, ttl)))
                .hasMessageContaining("1 second to 24 hours");
        assertThat(leases.use("trunk").total()).isEqualTo(1);
    }

    @Test
    @DisplayName("however many take and give back at once, never more are in use than the limit, and none is lost")
    void concurrently() throws InterruptedException, ExecutionException {
        ChannelLeases leases = noneTaken();
        ChannelLimits limits = new ChannelLimits(5, null, null);
        int threads = 8;
        CyclicBarrier start = new CyclicBarrier(threads);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<Integer>> takers = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                String name = "thread" + thread;
                takers.add(pool.submit(() -> {
                    start.await();
                    return takeAndRelease(leases, limits, name);
                }));
            }
            int taken = 0;
            for (Future<Integer> taker : takers) {
                taken += taker.get();
            }
            assertThat(taken).isPositive();
        } finally {
            pool.shutdownNow();
        }
        assertThat(leases.use("trunk").total()).isZero();
    }

    @Test
    @DisplayName("of many who want the last channel at once, exactly one has it")
    void lastChannel() throws InterruptedException, ExecutionException {
        ChannelLeases leases = noneTaken();
        ChannelLimits one = new ChannelLimits(1, null, null);
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try {
            for (int round = 0; round < 20; round++) {
                CyclicBarrier start = new CyclicBarrier(8);
                List<Future<ChannelAnswer>> takers = new ArrayList<>();
                for (int thread = 0; thread < 8; thread++) {
                    String holder = round + "-" + thread;
                    takers.add(pool.submit(() -> {
                        start.await();
                        return take(leases, holder, Direction.OUTBOUND, one);
                    }));
                }
                List<ChannelAnswer> answers = new ArrayList<>();
                for (Future<ChannelAnswer> taker : takers) {
                    answers.add(taker.get());
                }
                assertThat(answers).filteredOn(Taken.class::isInstance).hasSize(1);
                assertThat(answers).filteredOn(Full.class::isInstance).hasSize(7);
                for (int thread = 0; thread < 8; thread++) {
                    leases.release(round + "-" + thread);
                }
                assertThat(leases.use("trunk").total()).isZero();
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private static int takeAndRelease(ChannelLeases leases, ChannelLimits limits, String name) {
        int taken = 0;
        for (int i = 0; i < 30; i++) {
            String holder = name + "-" + i;
            if (take(leases, holder, Direction.OUTBOUND, limits) instanceof Taken mine) {
                taken++;
                assertThat(mine.use().total()).isBetween(1, limits.total());
                assertThat(leases.use("trunk").total()).isLessThanOrEqualTo(limits.total());
                leases.release(holder);
            }
        }
        return taken;
    }

    private static ChannelAnswer take(ChannelLeases leases, String holder, Direction direction, ChannelLimits limits) {
        return leases.take(ChannelClaim.of("trunk", holder, direction, limits, TTL));
    }

    private static ChannelClaim out(String holder) {
        return ChannelClaim.of("trunk", holder, Direction.OUTBOUND, TWO, TTL);
    }

    private static ChannelClaim in(String holder) {
        return ChannelClaim.of("trunk", holder, Direction.INBOUND, TWO, TTL);
    }
}
