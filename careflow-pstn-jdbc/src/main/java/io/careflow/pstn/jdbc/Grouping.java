package io.careflow.pstn.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Lets callers that come at the same time go to the database together. It has no threads: a caller that finds a lane free takes along
 * all who wait, does their work with its own, and on leaving wakes the next who still waits. Who is alone waits for nobody; after a
 * group, those whom it woke get a moment to come back, lest the first of them goes alone and keeps the others waiting. Thread-safe.
 */
final class Grouping<I, O> {
    private static final int FEW = 4;
    private static final long MOMENT_NANOS = 200_000;

    private final Function<List<I>, List<O>> work;
    private final Semaphore lanes;
    private final int most;
    private volatile int last;
    private final ConcurrentLinkedQueue<Waiting<I, O>> queue = new ConcurrentLinkedQueue<>();

    /**
     * A group that nobody is in.
     *
     * @param lanes how many go at the same time
     * @param most how many go together
     * @param work answers in the order of its input; refuses with {@link StoreRefused} only if nothing was done
     */
    Grouping(int lanes, int most, Function<List<I>, List<O>> work) {
        this.work = work;
        this.lanes = new Semaphore(lanes);
        this.most = most;
    }

    O ask(I input) {
        Waiting<I, O> mine = new Waiting<>(input, Thread.currentThread());
        queue.add(mine);
        boolean interrupted = false;
        while (!mine.answer.isDone()) {
            if (lanes.tryAcquire()) {
                try {
                    go();
                } finally {
                    lanes.release();
                    wakeNext();
                }
            } else {
                LockSupport.park(this);
                // A caller's interrupt does not undo what the database does for it; it is told afterwards.
                interrupted |= Thread.interrupted();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        try {
            return mine.answer.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        }
    }

    private void wakeNext() {
        @Nullable Waiting<I, O> next = queue.peek();
        if (next != null) {
            LockSupport.unpark(next.thread);
        }
    }

    private void go() {
        if (last > FEW) {
            long end = System.nanoTime() + MOMENT_NANOS;
            for (long left = MOMENT_NANOS; left > 0; left = end - System.nanoTime()) {
                LockSupport.parkNanos(this, left);
            }
        }
        List<Waiting<I, O>> group = new ArrayList<>();
        while (group.size() < most) {
            @Nullable Waiting<I, O> next = queue.poll();
            if (next == null) {
                break;
            }
            group.add(next);
        }
        last = group.size();
        if (!group.isEmpty()) {
            go(group);
        }
    }

    private void go(List<Waiting<I, O>> group) {
        try {
            List<O> answers = work.apply(group.stream().map(Waiting::input).toList());
            for (int i = 0; i < group.size(); i++) {
                group.get(i).done(answers.get(i));
            }
        } catch (StoreRefused e) {
            // One of them has a value that cannot be stored; the others shall not suffer.
            if (group.size() == 1) {
                group.get(0).failed(e);
            } else {
                group.forEach(one -> go(List.of(one)));
            }
        } catch (RuntimeException | Error e) {
            group.forEach(one -> one.failed(e));
        }
    }

    private record Waiting<I, O>(I input, Thread thread, CompletableFuture<O> answer) {
        Waiting(I input, Thread thread) {
            this(input, thread, new CompletableFuture<>());
        }

        void done(O value) {
            answer.complete(value);
            LockSupport.unpark(thread);
        }

        void failed(Throwable failure) {
            answer.completeExceptionally(failure);
            LockSupport.unpark(thread);
        }
    }
}
