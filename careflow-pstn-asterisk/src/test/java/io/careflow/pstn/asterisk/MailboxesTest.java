package io.careflow.pstn.asterisk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MailboxesTest {
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private final CountDownLatch blocked = new CountDownLatch(1);
    private Mailboxes boxes = mailboxes(100_000, 100_000);

    @AfterEach
    void close() {
        blocked.countDown();
        boxes.close();
    }

    @Test
    @DisplayName("tasks of one key run in order and never at once; many keys, many submitters")
    void ordered() throws InterruptedException {
        Map<String, List<Integer>> seen = new ConcurrentHashMap<>();
        Map<String, AtomicInteger> running = new ConcurrentHashMap<>();
        AtomicInteger overlaps = new AtomicInteger();
        List<Thread> submitters = new ArrayList<>();
        for (int s = 0; s < 4; s++) {
            int submitter = s;
            Thread thread = new Thread(() -> {
                for (int i = 0; i < 5000; i++) {
                    int number = i;
                    String key = submitter + "/" + i % 50;
                    boxes.submit(key, () -> {
                        AtomicInteger here = running.computeIfAbsent(key, k -> new AtomicInteger());
                        if (here.incrementAndGet() > 1) {
                            overlaps.incrementAndGet();
                        }
                        seen.computeIfAbsent(key, k -> new ArrayList<>()).add(number);
                        here.decrementAndGet();
                    });
                }
            });
            thread.start();
            submitters.add(thread);
        }
        for (Thread thread : submitters) {
            thread.join();
        }
        await().until(() -> boxes.waitingCount() == 0);

        assertThat(overlaps).hasValue(0);
        assertThat(seen).hasSize(200);
        assertThat(seen.values())
                .allSatisfy(list -> assertThat(list).hasSize(100).isSorted());
        await().until(() -> boxes.keyCount() == 0);
    }

    @Test
    @DisplayName("a slow call does not hold up another")
    void parallel() throws InterruptedException {
        CountDownLatch other = new CountDownLatch(1);
        boxes.submit("slow", this::block);
        boxes.submit("quick", other::countDown);

        assertThat(other.await(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    @DisplayName("a full mailbox refuses, counts, and leaves other keys alone")
    void fullKey() {
        boxes = mailboxes(2, 100);
        boxes.submit("a", this::block);
        await().until(() -> boxes.submit("b", () -> {}) && boxes.waitingCount() == 1);

        assertThat(boxes.submit("a", () -> {})).isTrue();
        assertThat(boxes.submit("a", () -> {})).isTrue();
        assertThat(boxes.submit("a", () -> {})).isFalse();
        assertThat(boxes.submit("b", () -> {})).isTrue();
        assertThat(boxes.refusedCount()).isEqualTo(1);
    }

    @Test
    @DisplayName("the total is bounded, and free again when tasks end")
    void fullInTotal() {
        boxes = mailboxes(100, 3);
        for (String key : List.of("a", "b", "c")) {
            assertThat(boxes.submit(key, this::block)).isTrue();
        }
        assertThat(boxes.submit("d", () -> {})).isFalse();

        blocked.countDown();

        await().until(() -> boxes.waitingCount() == 0);
        assertThat(boxes.submit("d", () -> {})).isTrue();
    }

    @Test
    @DisplayName("a task that throws is reported and the key goes on")
    void failing() {
        AtomicInteger after = new AtomicInteger();
        boxes.submit("k", () -> {
            throw new IllegalStateException("broken");
        });
        boxes.submit("k", after::incrementAndGet);

        await().until(() -> after.get() == 1);
        assertThat(failures).containsExactly("k broken");
    }

    @Test
    @DisplayName("closing lets waiting tasks finish, refuses new ones and ends the threads")
    void closing() {
        AtomicInteger done = new AtomicInteger();
        for (int i = 0; i < 100; i++) {
            boxes.submit("k" + i % 3, done::incrementAndGet);
        }

        assertThat(boxes.close(Duration.ofSeconds(5))).isTrue();

        assertThat(done).hasValue(100);
        assertThat(boxes.submit("k", () -> {})).isFalse();
        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(t -> t.getName().startsWith("mailboxes-test")));
    }

    private Mailboxes mailboxes(int perKey, int inTotal) {
        return new Mailboxes(
                "mailboxes-test", 4, perKey, inTotal, (key, e) -> failures.add(key + " " + e.getMessage()));
    }

    private void block() {
        try {
            blocked.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
