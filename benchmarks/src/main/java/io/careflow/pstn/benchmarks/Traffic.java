package io.careflow.pstn.benchmarks;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;

/** What became of the calls of one load. */
final class Traffic {
    private final AtomicLongArray ringing;
    private final AtomicLongArray answer;
    private final AtomicIntegerArray over;
    private final CountDownLatch open;
    private final Map<String, Integer> failures = new ConcurrentHashMap<>();

    Traffic(int calls) {
        ringing = new AtomicLongArray(calls);
        answer = new AtomicLongArray(calls);
        over = new AtomicIntegerArray(calls);
        open = new CountDownLatch(calls);
    }

    void rang(int call, long nanos) {
        ringing.compareAndSet(call, 0, nanos);
    }

    void answered(int call, long nanos) {
        answer.compareAndSet(call, 0, nanos);
    }

    void ended(int call, String failure) {
        if (over.compareAndSet(call, 0, 1)) {
            if (!failure.isEmpty()) {
                failures.merge(failure, 1, Integer::sum);
            }
            open.countDown();
        }
    }

    void awaitEnd(Duration limit) {
        try {
            if (!open.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException(open.getCount() + " calls did not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    int calls() {
        return over.length();
    }

    int failed() {
        return failures.values().stream().mapToInt(Integer::intValue).sum();
    }

    Map<String, Integer> failures() {
        return Map.copyOf(failures);
    }

    /** Milliseconds from INVITE to 180 or 183 within which this share of the calls rang. */
    double ringingWithin(double share) {
        return quantile(ringing, share);
    }

    /** Milliseconds from INVITE to 200 within which this share of the calls was answered. */
    double answeredWithin(double share) {
        return quantile(answer, share);
    }

    private static double quantile(AtomicLongArray times, double share) {
        long[] sorted = new long[times.length()];
        Arrays.setAll(sorted, times::get);
        sorted = Arrays.stream(sorted).filter(time -> time > 0).sorted().toArray();
        if (sorted.length == 0) {
            return Double.NaN;
        }
        int rank = (int) Math.ceil(share * sorted.length) - 1;
        return sorted[Math.max(0, Math.min(rank, sorted.length - 1))] / 1e6;
    }
}
