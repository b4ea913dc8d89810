package io.careflow.pstn.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.Disposition;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.call.Party;
import io.careflow.pstn.call.ReleasedBy;
import io.careflow.pstn.cdr.Appended;
import io.careflow.pstn.cdr.Cdr;
import io.careflow.pstn.cdr.CdrCost;
import io.careflow.pstn.cdr.CdrQuery;
import io.careflow.pstn.cdr.CdrStore;
import io.careflow.pstn.event.CallAnswered;
import io.careflow.pstn.event.CallEnded;
import io.careflow.pstn.event.CallEvent;
import io.careflow.pstn.event.InboundCall;
import io.careflow.pstn.event.LegAnswered;
import io.careflow.pstn.event.LegDialled;
import io.careflow.pstn.event.LegEnded;
import io.careflow.pstn.event.RecordingReady;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CdrRecorderTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final CdrCost COST = new CdrCost(null, null, "priced");

    private final Shelf shelf = new Shelf();
    private final Ears ears = new Ears();
    private final CdrRecorder recorder = new CdrRecorder(shelf, cdr -> COST, ears);
    private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
    private final HandClock clock = new HandClock();

    @AfterEach
    void stopTimers() {
        timers.shutdownNow();
    }

    @Test
    @DisplayName("a call is priced and stored once, at its end")
    void once() {
        call("c1").forEach(recorder::accept);
        assertThat(shelf.records.values())
                .singleElement()
                .satisfies(cdr -> assertThat(cdr.cost()).isEqualTo(COST));
        assertThat(ears.recorded).containsExactly(Appended.STORED);
        assertThat(recorder.openCalls()).isZero();
    }

    @Test
    @DisplayName("events that come after the record, or again, are ignored")
    void late() {
        call("c1").forEach(recorder::accept);
        recorder.accept(new LegAnswered("late", NOW, ref("c1"), "leg"));
        call("c1").forEach(recorder::accept);
        assertThat(ears.recorded).hasSize(1);
        assertThat(recorder.openCalls()).isZero();
    }

    @Test
    @DisplayName("an end that comes before the beginning waits for it")
    void endFirst() {
        List<CallEvent> events = call("c1");
        recorder.accept(events.get(2));
        assertThat(recorder.openCalls()).isEqualTo(1);
        recorder.accept(events.get(0));
        assertThat(ears.recorded).containsExactly(Appended.STORED);
    }

    @Test
    @DisplayName("a store that fails hands the record to the listener, priced, and the next call is recorded again")
    void storeFails() {
        shelf.broken = true;
        call("c1").forEach(recorder::accept);
        assertThat(ears.failed)
                .singleElement()
                .satisfies(cdr -> assertThat(cdr.cost()).isEqualTo(COST));
        shelf.broken = false;
        call("c2").forEach(recorder::accept);
        assertThat(ears.recorded).containsExactly(Appended.STORED);
    }

    @Test
    @DisplayName("a price that cannot be found out keeps the record at an unknown cost, and the listener hears why")
    void pricingFails() {
        IllegalStateException noDeck = new IllegalStateException("no deck");
        CdrRecorder unpriced = new CdrRecorder(
                shelf,
                cdr -> {
                    throw noDeck;
                },
                ears);
        call("c1").forEach(unpriced::accept);
        Cdr kept = shelf.find(ref("c1")).orElseThrow();
        assertThat(kept.cost().isKnown()).isFalse();
        assertThat(kept.cost().explanation()).contains("pricing failed").contains("IllegalStateException");
        assertThat(ears.recorded).containsExactly(Appended.STORED);
        assertThat(ears.failed).isEmpty();
        assertThat(ears.unpriced).containsExactly(noDeck);
    }

    @Test
    @DisplayName("sixteen threads record different calls at once, each exactly once")
    void manyThreads() throws ExecutionException, InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int thread = 0; thread < 16; thread++) {
                int number = thread;
                all.add(threads.submit(() -> {
                    for (int i = 0; i < 500; i++) {
                        call(number + "-" + i).forEach(recorder::accept);
                    }
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(shelf.records).hasSize(8000);
        assertThat(ears.recorded).hasSize(8000).containsOnly(Appended.STORED);
        assertThat(recorder.openCalls()).isZero();
    }

    @Test
    @DisplayName("with a grace, the record is made when it is over, of everything known by then")
    void grace() {
        CdrRecorder patient = patient(Duration.ofMillis(300));
        call("c1").forEach(patient::accept);
        leg("c1").forEach(patient::accept);
        patient.accept(recording("c1"));
        assertThat(ears.recorded).isEmpty();
        assertThat(patient.openCalls()).isEqualTo(1);
        await(() -> !ears.recorded.isEmpty());
        Cdr cdr = shelf.find(ref("c1")).orElseThrow();
        assertThat(cdr.disposition()).isEqualTo(Disposition.ANSWERED);
        assertThat(cdr.times().talkMillis()).isEqualTo(2000);
        assertThat(cdr.recording()).isEqualTo(recording("c1").location());
        assertThat(patient.openCalls()).isZero();
        call("c1").forEach(patient::accept);
        assertThat(patient.openCalls()).isZero();
        assertThat(ears.recorded).containsExactly(Appended.STORED);
    }

    @Test
    @DisplayName("a flush records at once what waits, once; calls in progress go on")
    void flush() {
        CdrRecorder patient = patient(Duration.ofHours(1));
        call("c1").forEach(patient::accept);
        patient.accept(call("c2").get(0));
        patient.flush();
        patient.flush();
        assertThat(shelf.records).containsOnlyKeys(ref("c1"));
        assertThat(ears.recorded).hasSize(1);
        assertThat(patient.openCalls()).isEqualTo(1);
        patient.accept(call("c2").get(2));
        assertThat(ears.recorded).as("the grace is there again").hasSize(1);
    }

    @Test
    @DisplayName("closing records what waits, and what ends later is recorded at once")
    void close() {
        CdrRecorder patient = patient(Duration.ofHours(1));
        call("c1").forEach(patient::accept);
        patient.accept(call("c2").get(0));
        patient.close();
        patient.close();
        assertThat(shelf.records).containsOnlyKeys(ref("c1"));
        patient.accept(call("c2").get(2));
        assertThat(ears.recorded).containsExactly(Appended.STORED, Appended.STORED);
    }

    @Test
    @DisplayName("timers that are shut down lose no record")
    void timersGone() {
        CdrRecorder patient = patient(Duration.ofHours(1));
        timers.shutdownNow();
        call("c1").forEach(patient::accept);
        assertThat(ears.recorded).containsExactly(Appended.STORED);
    }

    @Test
    @DisplayName("a negative grace is refused")
    void negativeGrace() {
        assertThatThrownBy(() -> patient(Duration.ofMillis(-1))).hasMessageContaining("PT-0.001S");
    }

    @Test
    @DisplayName("a call whose beginning is not seen within an hour is given up, and its later events are ignored")
    void oldUnbegun() {
        CdrRecorder patient = patient(Duration.ZERO);
        patient.accept(call("lost").get(2));
        clock.now = NOW.plus(Duration.ofMinutes(59));
        patient.accept(call("late").get(2));
        assertThat(ears.gaveUp).isEmpty();
        clock.now = NOW.plus(Duration.ofMinutes(60));
        patient.accept(call("late").get(0));
        assertThat(ears.gaveUp).containsExactly(ref("lost"));
        assertThat(ears.recorded).hasSize(1);
        patient.accept(call("lost").get(0));
        assertThat(patient.openCalls()).isZero();
    }

    @Test
    @DisplayName(
            "of calls whose beginning is not seen the newest ten thousand are kept, and none that began is given up")
    void manyUnbegun() {
        recorder.accept(call("begun").get(0));
        for (int i = 0; i < 10_003; i++) {
            recorder.accept(call("lost" + i).get(1));
        }
        assertThat(ears.gaveUp).containsExactly(ref("lost0"), ref("lost1"), ref("lost2"));
        assertThat(recorder.openCalls()).isEqualTo(10_001);
        recorder.accept(call("begun").get(2));
        assertThat(shelf.records).containsOnlyKeys(ref("begun"));
    }

    @Test
    @DisplayName("sixteen threads throw the events of the same calls at it in any order: one record each")
    void sameCallsFromManyThreads() throws ExecutionException, InterruptedException {
        CdrRecorder patient = patient(Duration.ofMillis(20));
        List<CallEvent> all = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            all.addAll(call("c" + i));
            all.addAll(leg("c" + i));
        }
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int thread = 0; thread < 16; thread++) {
                List<CallEvent> shuffled = new ArrayList<>(all);
                Collections.shuffle(shuffled, new Random(thread));
                running.add(threads.submit(() -> shuffled.forEach(patient::accept)));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
        patient.close();
        await(() -> ears.recorded.size() >= 1000);
        assertThat(shelf.records).hasSize(1000);
        assertThat(ears.recorded).hasSize(1000).containsOnly(Appended.STORED);
        assertThat(patient.openCalls()).isZero();
    }

    private CdrRecorder patient(Duration grace) {
        return new CdrRecorder(shelf, cdr -> COST, ears, grace, timers, clock);
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("time is up").isLessThan(end);
            LockSupport.parkNanos(1_000_000);
        }
    }

    private static List<CallEvent> leg(String id) {
        CallRef call = ref(id);
        return List.of(
                new LegEnded("f", NOW.plusSeconds(5), call, "leg", HangupCause.NORMAL_CLEARING),
                new LegAnswered("e", NOW.plusSeconds(3), call, "leg"),
                new LegDialled("d", NOW.plusSeconds(2), call, "leg", "sip:1001"));
    }

    private static RecordingReady recording(String id) {
        URI location = URI.create("file:/recordings/" + id + ".wav");
        return new RecordingReady(
                "r", NOW.plusSeconds(6), ref(id), RecordingReady.Kind.CALL, location, Duration.ofSeconds(2));
    }

    private static List<CallEvent> call(String id) {
        CallRef call = ref(id);
        return List.of(
                new InboundCall("a", NOW, call, Party.of("+14165550142"), Party.of("+18195550100")),
                new CallAnswered("b", NOW.plusSeconds(1), call),
                new CallEnded("c", NOW.plusSeconds(5), call, HangupCause.NORMAL_CLEARING, ReleasedBy.CALLER, true));
    }

    private static CallRef ref(String id) {
        return new CallRef(new ProviderId("test"), id);
    }

    private static final class Shelf implements CdrStore {
        private final Map<CallRef, Cdr> records = new ConcurrentHashMap<>();
        private volatile boolean broken;

        @Override
        public Appended append(Cdr cdr) {
            if (broken) {
                throw new IllegalStateException("store is down");
            }
            return records.putIfAbsent(cdr.call(), cdr) == null ? Appended.STORED : Appended.DUPLICATE;
        }

        @Override
        public Optional<Cdr> find(CallRef call) {
            return Optional.ofNullable(records.get(call));
        }

        @Override
        public void each(CdrQuery query, Consumer<Cdr> consumer) {
            records.values().forEach(consumer);
        }
    }

    private static final class HandClock extends Clock {
        private volatile Instant now = NOW;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    private static final class Ears implements CdrRecorder.Listener {
        private final ConcurrentLinkedQueue<Appended> recorded = new ConcurrentLinkedQueue<>();
        private final ConcurrentLinkedQueue<Cdr> failed = new ConcurrentLinkedQueue<>();
        private final ConcurrentLinkedQueue<RuntimeException> unpriced = new ConcurrentLinkedQueue<>();
        private final ConcurrentLinkedQueue<CallRef> gaveUp = new ConcurrentLinkedQueue<>();

        @Override
        public void recorded(Cdr cdr, Appended result) {
            recorded.add(result);
        }

        @Override
        public void failed(Cdr cdr, RuntimeException failure) {
            failed.add(cdr);
        }

        @Override
        public void unpriced(Cdr cdr, RuntimeException failure) {
            unpriced.add(failure);
        }

        @Override
        public void gaveUp(CallRef call) {
            gaveUp.add(call);
        }
    }
}
