package io.careflow.pstn.tck;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** The threads that came and did not go. */
final class Threads {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Set<Thread> before;
    private final Predicate<Thread> ofTheProcess;

    Threads(Set<Thread> before, Predicate<Thread> ofTheProcess) {
        this.before = before;
        this.ofTheProcess = ofTheProcess;
    }

    static Set<Thread> now() {
        return Set.copyOf(Thread.getAllStackTraces().keySet());
    }

    /** Waits for each of them to end, a few seconds in all, and tells which did not. */
    List<String> left() {
        Set<Thread> more = new HashSet<>(now());
        more.removeAll(before);
        more.removeIf(ofTheProcess);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        for (Thread thread : more) {
            long millis = Math.max(1, (deadline - System.nanoTime()) / 1_000_000);
            try {
                thread.join(millis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return more.stream()
                .filter(Thread::isAlive)
                .map(Thread::getName)
                .sorted()
                .toList();
    }
}
