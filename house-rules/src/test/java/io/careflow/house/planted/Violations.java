package io.careflow.house.planted;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;

/** One class for each rule that it breaks, and one that breaks none. */
@SuppressWarnings("all")
public final class Violations {
    static class Logs {
        void log() {
            Logger.getLogger("x").info("x");
        }
    }

    static class Prints {
        void print() {
            System.err.println("x");
        }
    }

    static class NotFinal {
        static int count;
    }

    static class Counts {
        static final AtomicInteger COUNT = new AtomicInteger();
    }

    static class Caches {
        static final ConcurrentHashMap<String, String> CACHE = new ConcurrentHashMap<>();
    }

    static class Collects {
        static final ArrayList<String> ALL = new ArrayList<>();
    }

    static class HoldsAnArray {
        static final int[] NUMBERS = {1};
    }

    static class HoldsTheChangeable {
        static final Changeable ONLY = new Changeable();
    }

    static class Changeable {
        int value;
    }

    static class Singleton {
        static Singleton getInstance() {
            return new Singleton();
        }
    }

    static class Sleeps {
        void sleep() throws InterruptedException {
            Thread.sleep(1);
        }
    }

    static class SleepsByUnit {
        void sleep() throws InterruptedException {
            TimeUnit.SECONDS.sleep(1);
        }
    }

    static class AsksTheTime {
        Instant now() {
            return Instant.now();
        }
    }

    static class AsksTheDay {
        LocalDate today() {
            return LocalDate.now(java.time.ZoneOffset.UTC);
        }
    }

    static class AsksTheMillis {
        long now() {
            return System.currentTimeMillis();
        }
    }

    static class ReadsUnderAMonitor {
        synchronized int read(InputStream in) throws IOException {
            return in.read();
        }
    }

    static class KeepsTheRules {
        static final Map<String, String> NAMES = Map.of();
        static final TimeUnit UNIT = TimeUnit.SECONDS;
        private int count;

        synchronized int next() {
            return ++count;
        }

        Instant now(Clock clock) {
            return Instant.now(clock);
        }
    }
}
