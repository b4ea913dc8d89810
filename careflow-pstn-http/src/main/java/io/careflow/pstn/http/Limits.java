package io.careflow.pstn.http;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one account of a provider may be asked, and when it is left in peace. Each part may be null for "not limited". One set of
 * counters serves a transport and all its views. Immutable and thread-safe.
 *
 * @param breaker when a provider counts as failing
 * @param concurrency how many requests may run at once
 * @param rate how many requests may begin in a time
 */
public record Limits(
        @Nullable Breaker breaker,
        @Nullable Concurrency concurrency,
        @Nullable Rate rate) {

    /**
     * For a carrier of which no more is known: the breaker opens when half of the last 20 requests failed (at least 10 of them
     * made), for 30 seconds, then lets 3 through; 50 requests at once, waiting at most 500 ms for a place; no rate.
     */
    public static Limits defaults() {
        return new Limits(
                new Breaker(50, 20, 10, Duration.ofSeconds(30), 3), new Concurrency(50, Duration.ofMillis(500)), null);
    }

    /** No limit at all. */
    public static Limits none() {
        return new Limits(null, null, null);
    }

    /** The same with this breaker, or without one. */
    public Limits breaker(@Nullable Breaker value) {
        return new Limits(value, concurrency, rate);
    }

    /** The same with this many requests at once, or any number. */
    public Limits concurrency(@Nullable Concurrency value) {
        return new Limits(breaker, value, rate);
    }

    /** The same with this rate, or any. */
    public Limits rate(@Nullable Rate value) {
        return new Limits(breaker, concurrency, value);
    }

    /**
     * When a provider counts as failing. Only what speaks of its health is a failure: no connection, no answer, a 5xx, an answer
     * that makes no sense. A 4xx, also 429, never is.
     *
     * @param failurePercent which share of failures opens it, 1 to 100
     * @param window of how many of the last requests the share is taken
     * @param atLeast how many requests there must have been before it can open; at most {@code window}
     * @param open how long all requests are refused then; at least a millisecond
     * @param probes how many are let through afterwards, to decide anew
     */
    public record Breaker(int failurePercent, int window, int atLeast, Duration open, int probes) {
        /** Checks the ranges. */
        public Breaker {
            check(failurePercent >= 1 && failurePercent <= 100, "failurePercent", failurePercent, "1 to 100");
            check(window >= 1, "window", window, "1 or more");
            check(atLeast >= 1 && atLeast <= window, "atLeast", atLeast, "1 to window");
            check(Objects.requireNonNull(open, "open").toMillis() >= 1, "open", open, "a millisecond or more");
            check(probes >= 1, "probes", probes, "1 or more");
        }
    }

    /**
     * How many requests may run at once; an open download counts until it is closed.
     *
     * @param most the number
     * @param patience how long a caller waits for a place before it is refused; zero or more
     */
    public record Concurrency(int most, Duration patience) {
        /** Checks the ranges. */
        public Concurrency {
            check(most >= 1, "most", most, "1 or more");
            check(!Objects.requireNonNull(patience, "patience").isNegative(), "patience", patience, "zero or more");
        }
    }

    /**
     * How many requests may begin in a time.
     *
     * @param requests the number
     * @param per the time; a millisecond or more
     * @param patience how long a caller waits for its turn; who would have to wait longer is refused at once; zero or more
     */
    public record Rate(int requests, Duration per, Duration patience) {
        /** Checks the ranges. */
        public Rate {
            check(requests >= 1, "requests", requests, "1 or more");
            check(Objects.requireNonNull(per, "per").toMillis() >= 1, "per", per, "a millisecond or more");
            check(!Objects.requireNonNull(patience, "patience").isNegative(), "patience", patience, "zero or more");
        }
    }

    private static void check(boolean right, String field, Object value, String allowed) {
        if (!right) {
            throw new IllegalArgumentException(field + " is " + value + "; allowed is " + allowed);
        }
    }
}
