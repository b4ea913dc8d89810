package io.careflow.pstn.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.Direction;
import io.careflow.pstn.call.Disposition;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.call.Party;
import io.careflow.pstn.call.ReleasedBy;
import io.careflow.pstn.cdr.Appended;
import io.careflow.pstn.cdr.Cdr;
import io.careflow.pstn.cdr.CdrCost;
import io.careflow.pstn.cdr.CdrLeg;
import io.careflow.pstn.cdr.CdrQuery;
import io.careflow.pstn.cdr.CdrStore;
import io.careflow.pstn.cdr.CdrTimes;
import io.careflow.pstn.money.Money;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What every {@link CdrStore} keeps to. Extend it and hand over an empty store. */
public abstract class CdrStoreConformance {
    private static final Instant START = Instant.parse("2026-03-01T08:00:00.123Z");
    private static final CdrQuery ALL = CdrQuery.between(START.minusSeconds(1), START.plusSeconds(100_000));

    /** For subclasses. */
    protected CdrStoreConformance() {}

    /** A store without records. Called once per test. */
    protected abstract CdrStore emptyStore();

    @Test
    @DisplayName("a record comes back as it was handed over, to the millisecond and the tenth decimal")
    void roundTrip() {
        CdrStore store = emptyStore();
        Cdr full = full("c1");
        assertThat(store.append(full)).isEqualTo(Appended.STORED);
        assertThat(store.find(full.call())).contains(full);
    }

    @Test
    @DisplayName("what is not known stays unknown: no carrier, no user, no talk, no cost")
    void sparse() {
        CdrStore store = emptyStore();
        Cdr sparse = sparse("c1", 0);
        store.append(sparse);
        assertThat(store.find(sparse.call())).contains(sparse);
    }

    @Test
    @DisplayName("ringing that nobody answered keeps its end")
    void unanswered() {
        CdrStore store = emptyStore();
        Cdr unanswered = unanswered("c1");
        store.append(unanswered);
        assertThat(store.find(unanswered.call())).contains(unanswered);
    }

    @Test
    @DisplayName("an amount is kept to the tenth decimal")
    void fineAmount() {
        CdrStore store = emptyStore();
        Cdr fine = full("c1")
                .costing(new CdrCost(Money.of("0.0000000001", "USD"), new BigDecimal("0.0000000001"), "fine"));
        store.append(fine);
        assertThat(store.find(fine.call())).contains(fine);
    }

    @Test
    @DisplayName("an unknown call has no record")
    void unknown() {
        assertThat(emptyStore().find(call("nobody"))).isEmpty();
    }

    @Test
    @DisplayName("the same record again is a duplicate and changes nothing")
    void duplicate() {
        CdrStore store = emptyStore();
        store.append(full("c1"));
        assertThat(store.append(full("c1"))).isEqualTo(Appended.DUPLICATE);
        assertThat(read(store, ALL)).containsExactly(full("c1"));
    }

    @Test
    @DisplayName("another record of the same call is a conflict, and the first is kept")
    void conflict() {
        CdrStore store = emptyStore();
        store.append(full("c1"));
        assertThat(store.append(sparse("c1", 0))).isEqualTo(Appended.CONFLICT);
        assertThat(store.append(full("c1").costing(CdrCost.UNRATED))).isEqualTo(Appended.CONFLICT);
        assertThat(store.find(call("c1"))).contains(full("c1"));
    }

    @Test
    @DisplayName("calls of two providers with one id are two calls")
    void sameIdAtTwoProviders() {
        CdrStore store = emptyStore();
        Cdr there = sparse(new CallRef(new ProviderId("other"), "c1"), TenantId.DEFAULT, 1);
        assertThat(store.append(sparse("c1", 0))).isEqualTo(Appended.STORED);
        assertThat(store.append(there)).isEqualTo(Appended.STORED);
        assertThat(read(store, ALL.of(new ProviderId("other")))).containsExactly(there);
    }

    @Test
    @DisplayName("records are read in the order in which the calls started, from the first instant, before the last")
    void ordered() {
        CdrStore store = emptyStore();
        List<Cdr> records = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            records.add(sparse("c" + i, i));
        }
        List<Cdr> shuffled = new ArrayList<>(records);
        Collections.shuffle(shuffled, new Random(1));
        shuffled.forEach(store::append);
        assertThat(read(store, ALL)).containsExactlyElementsOf(records);
        CdrQuery some = CdrQuery.between(START.plusSeconds(10), START.plusSeconds(20));
        assertThat(read(store, some)).containsExactlyElementsOf(records.subList(10, 20));
    }

    @Test
    @DisplayName("a millisecond decides whether a call is within a query")
    void milliseconds() {
        CdrStore store = emptyStore();
        store.append(sparse("c1", 0));
        assertThat(read(store, CdrQuery.between(START, START.plusMillis(1)))).hasSize(1);
        assertThat(read(store, CdrQuery.between(START.minusMillis(5), START))).isEmpty();
        assertThat(read(store, CdrQuery.between(START.plusMillis(1), START.plusMillis(2))))
                .isEmpty();
    }

    @Test
    @DisplayName("a query for one tenant never shows another's records")
    void tenants() {
        CdrStore store = emptyStore();
        TenantId mine = new TenantId("mine");
        Cdr own = sparse(call("c1"), mine, 0);
        store.append(own);
        store.append(sparse(call("c2"), new TenantId("theirs"), 1));
        assertThat(read(store, ALL.of(mine))).containsExactly(own);
        assertThat(read(store, ALL.of(TenantId.DEFAULT))).isEmpty();
    }

    @Test
    @DisplayName("a failure of the reader comes through, and the store works on")
    void readerFails() {
        CdrStore store = emptyStore();
        store.append(sparse("c1", 0));
        assertThatThrownBy(() -> store.each(ALL, cdr -> {
                    throw new IllegalStateException("enough");
                }))
                .hasMessageContaining("enough");
        assertThat(read(store, ALL)).hasSize(1);
    }

    @Test
    @DisplayName("of many threads that append one record, exactly one stores it")
    void concurrently() throws InterruptedException, ExecutionException {
        CdrStore store = emptyStore();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            CountDownLatch go = new CountDownLatch(1);
            List<Future<Appended>> results = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                results.add(threads.submit(() -> {
                    go.await();
                    return store.append(full("c1"));
                }));
            }
            go.countDown();
            List<Appended> answers = new ArrayList<>();
            for (Future<Appended> result : results) {
                answers.add(result.get());
            }
            assertThat(answers).containsOnlyOnce(Appended.STORED);
            assertThat(Collections.frequency(answers, Appended.DUPLICATE)).isEqualTo(15);
        } finally {
            threads.shutdownNow();
        }
    }

    private static List<Cdr> read(CdrStore store, CdrQuery query) {
        List<Cdr> found = new ArrayList<>();
        store.each(query, found::add);
        return found;
    }

    private static CallRef call(String id) {
        return new CallRef(new ProviderId("asterisk"), id);
    }

    private static Cdr sparse(String id, int second) {
        return sparse(call(id), TenantId.DEFAULT, second);
    }

    private static Cdr sparse(CallRef call, TenantId tenant, int second) {
        Instant started = START.plusSeconds(second);
        Instant ended = started.plusMillis(5001);
        CdrTimes times = new CdrTimes(started, null, null, null, null, null, ended, false);
        return silent(call, tenant, times, Disposition.ABANDONED, HangupCause.UNKNOWN);
    }

    private static Cdr unanswered(String id) {
        Instant rang = START.plusMillis(31_001);
        CdrTimes times = new CdrTimes(
                START, START.plusMillis(7), START.plusMillis(1001), rang, null, null, rang.plusMillis(4000), true);
        return silent(call(id), TenantId.DEFAULT, times, Disposition.NO_ANSWER, HangupCause.NO_ANSWER);
    }

    private static Cdr silent(
            CallRef call, TenantId tenant, CdrTimes times, Disposition disposition, HangupCause cause) {
        return new Cdr(
                call,
                tenant,
                Direction.INBOUND,
                null,
                Party.anonymous(),
                Party.of("+18195550100"),
                null,
                null,
                times,
                disposition,
                cause,
                ReleasedBy.UNKNOWN,
                List.of(),
                null,
                CdrCost.UNRATED);
    }

    private static Cdr full(String id) {
        Instant ringing = START.plusMillis(9_001);
        Instant answered = START.plusMillis(12_345);
        Instant ended = START.plusMillis(72_346);
        return new Cdr(
                call(id),
                new TenantId("clinic"),
                Direction.INBOUND,
                "telnyx",
                new Party("+14165550142", "Zoë 'Ω' O\"Neil"),
                Party.of("+18195550100"),
                "***1",
                "user-1",
                new CdrTimes(START, START.plusMillis(7), ringing, null, answered, ended, ended.plusMillis(1), true),
                Disposition.ANSWERED,
                new HangupCause(16, 200, "Normal clearing"),
                ReleasedBy.CALLEE,
                List.of(
                        new CdrLeg("l1", "sip:1001", ringing, null, null, ringing, HangupCause.USER_BUSY),
                        new CdrLeg(
                                "l2",
                                "sip:1002@example.org",
                                START,
                                ringing,
                                answered,
                                ended,
                                HangupCause.NORMAL_CLEARING)),
                URI.create("https://recordings.example.org/c1.wav"),
                new CdrCost(Money.of("0.010835", "USD"), new BigDecimal("0.0108345678"), "prefix 1819: 2 x 0.0054"));
    }
}
