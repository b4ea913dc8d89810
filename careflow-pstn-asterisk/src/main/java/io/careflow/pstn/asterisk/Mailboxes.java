package io.careflow.pstn.asterisk;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks by key: those of one key strictly one after another in the order of their arrival, those of different keys in
 * parallel on a few shared daemon threads. A key costs nothing while it has no task. Thread-safe.
 *
 * <p>Memory is bounded: a full mailbox, or too many tasks in total, refuses the next task and counts it.
 */
final class Mailboxes implements AutoCloseable {
    private static final int TURN = 16;

    private final Map<String, Mailbox> boxes = new ConcurrentHashMap<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final LongAdder refused = new LongAdder();
    private final ThreadLocal<String> current = new ThreadLocal<>();
    private final int perKey;
    private final int inTotal;
    private final BiConsumer<String, Throwable> failures;
    private final ThreadPoolExecutor pool;
    private final CountDownLatch emptied = new CountDownLatch(1);
    private volatile boolean closed;

    /**
     * Creates them with their threads.
     *
     * @param name of the threads
     * @param threads how many keys may be at work at once; a blocking task holds one
     * @param perKey tasks that may wait for one key
     * @param inTotal tasks that may wait together
     * @param failures told of the key and the exception of a task that threw; the key goes on
     */
    Mailboxes(String name, int threads, int perKey, int inTotal, BiConsumer<String, Throwable> failures) {
        this.perKey = perKey;
        this.inTotal = inTotal;
        this.failures = failures;
        AtomicInteger count = new AtomicInteger();
        // Never longer than the number of keys with tasks, which inTotal bounds.
        this.pool =
                new ThreadPoolExecutor(threads, threads, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
                    Thread thread = new Thread(work, name + "-" + count.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
    }

    /** Runs the task after all earlier ones of this key. False if it was refused: a limit is reached, or closed. */
    boolean submit(String key, Runnable task) {
        if (closed) {
            return refuse();
        }
        if (waiting.incrementAndGet() > inTotal) {
            waiting.decrementAndGet();
            return refuse();
        }
        Offer offer = Offer.GONE;
        while (offer == Offer.GONE) { // a mailbox that emptied just now; the next look finds a new one
            offer = boxes.computeIfAbsent(key, Mailbox::new).offer(task);
        }
        if (offer == Offer.TAKEN) {
            return true;
        }
        waiting.decrementAndGet();
        return refuse();
    }

    private boolean refuse() {
        refused.increment();
        return false;
    }

    /** Whether the current thread is at work for this key: what it wants done for it, it can do at once. */
    boolean isCurrent(String key) {
        return key.equals(current.get());
    }

    /** Tasks refused so far. */
    long refusedCount() {
        return refused.sum();
    }

    /** Tasks that wait or run. */
    int waitingCount() {
        return waiting.get();
    }

    /** Keys that have a task. */
    int keyCount() {
        return boxes.size();
    }

    /** Takes no more tasks, lets those that wait finish for so long, then interrupts. True if all finished. */
    boolean close(Duration patience) {
        closed = true;
        try {
            boolean unused = boxes.isEmpty() || emptied.await(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        boolean finished = boxes.isEmpty();
        pool.shutdownNow();
        return finished;
    }

    @Override
    public void close() {
        close(Duration.ofSeconds(5));
    }

    private enum Offer {
        TAKEN,
        FULL,
        GONE
    }

    private final class Mailbox implements Runnable {
        private final String key;
        private final Queue<Runnable> tasks = new ArrayDeque<>(4);
        private boolean scheduled;
        private boolean gone;

        Mailbox(String key) {
            this.key = key;
        }

        synchronized Offer offer(Runnable task) {
            if (gone) {
                return Offer.GONE;
            }
            if (tasks.size() >= perKey) {
                return Offer.FULL;
            }
            if (!scheduled && !schedule()) {
                retire();
                return Offer.FULL;
            }
            scheduled = true;
            tasks.add(task);
            return Offer.TAKEN;
        }

        @Override
        public void run() {
            for (int i = 0; i < TURN; i++) {
                Runnable task = next();
                if (task == null) {
                    return;
                }
                current.set(key);
                try {
                    task.run();
                } catch (Throwable e) {
                    report(e);
                } finally {
                    current.remove();
                    waiting.decrementAndGet();
                }
            }
            // Others may be waiting for a thread; a busy key must not keep it.
            schedule();
        }

        // False once the threads are gone, which only close() brings about.
        private boolean schedule() {
            try {
                pool.execute(this);
                return true;
            } catch (RejectedExecutionException e) {
                return false;
            }
        }

        private void retire() {
            gone = true;
            boxes.remove(key, this);
            if (closed && boxes.isEmpty()) {
                emptied.countDown();
            }
        }

        private synchronized @Nullable Runnable next() {
            Runnable task = tasks.poll();
            if (task == null) {
                retire();
            }
            return task;
        }

        private void report(Throwable e) {
            try {
                failures.accept(key, e);
            } catch (RuntimeException alsoFailed) {
                e.addSuppressed(alsoFailed);
            }
        }
    }
}
