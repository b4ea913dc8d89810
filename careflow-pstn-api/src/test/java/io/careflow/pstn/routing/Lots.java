package io.careflow.pstn.routing;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.random.RandomGenerator;

/** Lots that are known beforehand. */
final class Lots implements RandomGenerator {
    private final Deque<Long> next;

    Lots(Long... values) {
        this.next = new ArrayDeque<>(List.of(values));
    }

    boolean allDrawn() {
        return next.isEmpty();
    }

    @Override
    public long nextLong() {
        throw new AssertionError("a lot without a bound");
    }

    @Override
    public long nextLong(long bound) {
        long value = next.remove();
        if (value >= bound) {
            throw new AssertionError(value + " is not below " + bound);
        }
        return value;
    }

    @Override
    public int nextInt(int bound) {
        return (int) nextLong(bound);
    }
}
