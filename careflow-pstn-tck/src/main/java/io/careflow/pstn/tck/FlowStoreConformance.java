package io.careflow.pstn.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.flow.FlowStore;
import io.careflow.pstn.flow.FlowStore.Kept;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What every {@link FlowStore} keeps to. Extend it and hand over an empty store. */
public abstract class FlowStoreConformance {
    private static final ProviderId TELNYX = new ProviderId("telnyx");
    private static final ProviderId OTHER = new ProviderId("other");
    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00.123Z");

    /** For subclasses. */
    protected FlowStoreConformance() {}

    /** A store in which nothing is kept. Called once per test. */
    protected abstract FlowStore emptyStore();

    @Test
    @DisplayName("what nobody kept is not there, not due, and no error to forget")
    void nothing() {
        FlowStore store = emptyStore();
        store.forget(TELNYX, "nobody");
        assertThat(store.find(TELNYX, "nobody")).isEmpty();
        assertThat(store.due(TELNYX, Instant.MAX, 10)).isEmpty();
    }

    @Test
    @DisplayName("a text comes back as it was kept, whatever stands in it and however long it is")
    void roundTrip() {
        FlowStore store = emptyStore();
        String text = "{\"name\":\"Zoë 'Ω' \\u0000 😀\\n\"} :colon ?mark ".repeat(3000);
        assertThat(store.save(TELNYX, "v3:a/b=c_d-e", 0, text, null)).isTrue();
        assertThat(store.find(TELNYX, "v3:a/b=c_d-e")).contains(new Kept(1, text));
    }

    @Test
    @DisplayName("a key may have 300 characters, and keys differ in each of them, also in upper and lower case")
    void keys() {
        FlowStore store = emptyStore();
        String key = "k".repeat(299);
        store.save(TELNYX, key + "a", 0, "a", null);
        store.save(TELNYX, key + "A", 0, "A", null);
        assertThat(store.find(TELNYX, key + "a").orElseThrow().text()).isEqualTo("a");
        assertThat(store.find(TELNYX, key + "A").orElseThrow().text()).isEqualTo("A");
    }

    @Test
    @DisplayName("saving what was read succeeds, and the version grows")
    void saved() {
        FlowStore store = emptyStore();
        store.save(TELNYX, "k", 0, "one", null);
        assertThat(store.save(TELNYX, "k", 1, "two", null)).isTrue();
        Kept two = store.find(TELNYX, "k").orElseThrow();
        assertThat(two.text()).isEqualTo("two");
        assertThat(two.version()).isGreaterThan(1);
        assertThat(store.save(TELNYX, "k", two.version(), "three", null)).isTrue();
        assertThat(store.find(TELNYX, "k").orElseThrow().version()).isGreaterThan(two.version());
    }

    @Test
    @DisplayName("saving over what somebody else saved meanwhile fails, and theirs is kept")
    void overtaken() {
        FlowStore store = emptyStore();
        store.save(TELNYX, "k", 0, "one", null);
        store.save(TELNYX, "k", 1, "theirs", null);
        assertThat(store.save(TELNYX, "k", 1, "ours", NOW)).isFalse();
        assertThat(store.save(TELNYX, "k", 0, "ours", NOW)).isFalse();
        assertThat(store.save(TELNYX, "k", 9, "ours", NOW)).isFalse();
        assertThat(store.find(TELNYX, "k").orElseThrow().text()).isEqualTo("theirs");
        assertThat(store.due(TELNYX, NOW, 10)).isEmpty();
    }

    @Test
    @DisplayName("what was forgotten is not saved over as if it were there, but may be kept anew")
    void forgotten() {
        FlowStore store = emptyStore();
        store.save(TELNYX, "k", 0, "one", NOW);
        store.forget(TELNYX, "k");
        assertThat(store.find(TELNYX, "k")).isEmpty();
        assertThat(store.due(TELNYX, NOW, 10)).isEmpty();
        assertThat(store.save(TELNYX, "k", 1, "two", null)).isFalse();
        assertThat(store.find(TELNYX, "k")).isEmpty();
        assertThat(store.save(TELNYX, "k", 0, "anew", null)).isTrue();
    }

    @Test
    @DisplayName("one provider's entries are not another's")
    void providers() {
        FlowStore store = emptyStore();
        store.save(TELNYX, "k", 0, "ours", NOW);
        assertThat(store.find(OTHER, "k")).isEmpty();
        assertThat(store.due(OTHER, NOW, 10)).isEmpty();
        assertThat(store.save(OTHER, "k", 0, "theirs", NOW)).isTrue();
        store.forget(OTHER, "k");
        assertThat(store.find(TELNYX, "k").orElseThrow().text()).isEqualTo("ours");
        assertThat(store.due(TELNYX, NOW, 10)).containsExactly("k");
    }

    @Test
    @DisplayName(
            "entries are due from their moment on, to the millisecond, the earliest first, and no more than asked for")
    void due() {
        FlowStore store = emptyStore();
        store.save(TELNYX, "later", 0, "", NOW.plusMillis(1));
        store.save(TELNYX, "second", 0, "", NOW);
        store.save(TELNYX, "first", 0, "", NOW.minusMillis(1));
        store.save(TELNYX, "never", 0, "", null);
        assertThat(store.due(TELNYX, NOW.minusMillis(2), 10)).isEmpty();
        assertThat(store.due(TELNYX, NOW, 10)).containsExactly("first", "second");
        assertThat(store.due(TELNYX, NOW, 1)).containsExactly("first");
        assertThat(store.due(TELNYX, Instant.MAX, 10)).containsExactly("first", "second", "later");
    }

    @Test
    @DisplayName("each save says anew when to wake, or never")
    void wakesAnew() {
        FlowStore store = emptyStore();
        store.save(TELNYX, "k", 0, "one", NOW);
        store.save(TELNYX, "k", 1, "two", NOW.plusSeconds(5));
        assertThat(store.due(TELNYX, NOW, 10)).isEmpty();
        assertThat(store.due(TELNYX, NOW.plusSeconds(5), 10)).containsExactly("k");
        store.save(TELNYX, "k", store.find(TELNYX, "k").orElseThrow().version(), "three", null);
        assertThat(store.due(TELNYX, Instant.MAX, 10)).isEmpty();
    }

    @Test
    @DisplayName("of many threads that save one version, exactly one succeeds, from the first version on")
    void concurrently() throws InterruptedException, ExecutionException {
        FlowStore store = emptyStore();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            for (int round = 0; round < 20; round++) {
                long version = store.find(TELNYX, "k").map(Kept::version).orElse(0L);
                assertThat(winners(threads, store, version))
                        .hasSize(1)
                        .first()
                        .satisfies(winner -> assertThat(
                                        store.find(TELNYX, "k").orElseThrow().text())
                                .isEqualTo(winner));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static List<String> winners(ExecutorService threads, FlowStore store, long version)
            throws InterruptedException, ExecutionException {
        CountDownLatch go = new CountDownLatch(1);
        List<Future<Boolean>> saves = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            String text = "round " + version + " thread " + i;
            saves.add(threads.submit(() -> {
                go.await();
                return store.save(TELNYX, "k", version, text, null);
            }));
        }
        go.countDown();
        List<String> winners = new ArrayList<>();
        for (int i = 0; i < saves.size(); i++) {
            if (saves.get(i).get()) {
                winners.add("round " + version + " thread " + i);
            }
        }
        return winners;
    }
}
