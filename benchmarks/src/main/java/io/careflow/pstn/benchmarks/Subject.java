package io.careflow.pstn.benchmarks;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.IntPredicate;

/** One of several things that do the same work, with the time and memory that each operation took. Used by one thread. */
final class Subject {
    static final String HEADER = String.format(
            Locale.ROOT,
            "%-24s %9s %9s %9s %9s %9s %12s",
            "us per operation",
            "p10",
            "p50",
            "p90",
            "p99",
            "cpu",
            "bytes");

    private final String name;
    private final IntPredicate operation;
    private final ThreadMXBean memory;
    private long[] nanos = new long[1024];
    private int count;
    private long bytes;
    private long processor;

    Subject(String name, IntPredicate operation) {
        this.name = name;
        this.operation = operation;
        if (!(ManagementFactory.getThreadMXBean() instanceof ThreadMXBean counting)) {
            throw new IllegalStateException("this Java does not count what a thread allocates");
        }
        this.memory = counting;
    }

    String name() {
        return name;
    }

    /** Runs without looking at the clock. */
    void warmUp(int times) {
        for (int i = 0; i < times; i++) {
            check(operation.test(i));
        }
    }

    /** Runs and remembers how long each operation took. */
    void measure(int times) {
        if (nanos.length < count + times) {
            nanos = Arrays.copyOf(nanos, Math.max(count + times, 2 * nanos.length));
        }
        long before = memory.getCurrentThreadAllocatedBytes();
        long used = memory.getCurrentThreadCpuTime();
        for (int i = 0; i < times; i++) {
            long begin = System.nanoTime();
            boolean right = operation.test(i);
            nanos[count++] = System.nanoTime() - begin;
            check(right);
        }
        processor += memory.getCurrentThreadCpuTime() - used;
        bytes += memory.getCurrentThreadAllocatedBytes() - before;
    }

    private void check(boolean right) {
        if (!right) {
            throw new IllegalStateException(name + " gave something else than it should");
        }
    }

    int count() {
        return count;
    }

    /** Microseconds within which this share of all operations was done. */
    double within(double share) {
        return within(share, 0, count);
    }

    /** The same of the operations that ran from one to before the other. */
    double within(double share, int from, int to) {
        long[] sorted = Arrays.copyOfRange(nanos, from, to);
        Arrays.sort(sorted);
        return sorted[(int) Math.min(sorted.length - 1L, Math.round(share * sorted.length))] / 1e3;
    }

    /** Operations in a second of processor time of the calling thread. */
    double perSecond() {
        return count * 1e9 / Math.max(1, processor);
    }

    /** Bytes that the calling thread allocated for each operation. */
    long bytesEach() {
        return bytes / Math.max(1, count);
    }

    String line() {
        return String.format(
                Locale.ROOT,
                "%-24s %9.1f %9.1f %9.1f %9.1f %9.1f %12d",
                name,
                within(0.1),
                within(0.5),
                within(0.9),
                within(0.99),
                1e6 / perSecond(),
                bytesEach());
    }
}
