package io.careflow.pstn.lab;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Polls a condition with a deadline. */
final class Await {

    private Await() {}

    static boolean until(Duration limit, BooleanSupplier condition) {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            sleep(Duration.ofMillis(10));
        }
        return true;
    }

    static void sleep(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            throw LabException.interrupted(e);
        }
    }
}
