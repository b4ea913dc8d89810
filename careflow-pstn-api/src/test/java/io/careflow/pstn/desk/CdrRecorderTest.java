package io.careflow.pstn.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.call.CallRef;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CdrRecorderTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final CdrCost COST = new CdrCost(null, null, "priced");

    private final Shelf shelf = new Shelf();
    private final Ears ears = new Ears();
    private final CdrRecorder recorder = new CdrRecorder(shelf, cdr -> COST, ears);

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
    @DisplayName("a price that cannot be found out hands the record to the listener, unrated")
    void pricingFails() {
        CdrRecorder unpriced = new CdrRecorder(
                shelf,
                cdr -> {
                    throw new IllegalStateException("no deck");
                },
                ears);
        call("c1").forEach(unpriced::accept);
        assertThat(ears.failed)
                .singleElement()
                .satisfies(cdr -> assertThat(cdr.cost()).isEqualTo(CdrCost.UNRATED));
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

    private static final class Ears implements CdrRecorder.Listener {
        private final ConcurrentLinkedQueue<Appended> recorded = new ConcurrentLinkedQueue<>();
        private final ConcurrentLinkedQueue<Cdr> failed = new ConcurrentLinkedQueue<>();

        @Override
        public void recorded(Cdr cdr, Appended result) {
            recorded.add(result);
        }

        @Override
        public void failed(Cdr cdr, RuntimeException failure) {
            failed.add(cdr);
        }
    }
}
