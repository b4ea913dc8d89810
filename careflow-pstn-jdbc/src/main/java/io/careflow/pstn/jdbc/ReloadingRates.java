package io.careflow.pstn.jdbc;

import io.careflow.pstn.rating.Rater;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rates as they were last read. A reading that fails leaves the last good rates in use and is logged. Thread-safe; asking for
 * the rates never waits for the database.
 */
public final class ReloadingRates implements Supplier<Rater>, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReloadingRates.class);

    private final JdbiRates rates;
    private final ScheduledExecutorService executor;
    private final boolean ownsExecutor;
    private final Clock clock;
    private final ScheduledFuture<?> reading;
    private volatile @Nullable Snapshot current;

    private ReloadingRates(
            JdbiRates rates, Duration every, ScheduledExecutorService executor, boolean ownsExecutor, Clock clock) {
        this.rates = rates;
        this.executor = executor;
        this.ownsExecutor = ownsExecutor;
        this.clock = clock;
        reload();
        this.reading = executor.scheduleWithFixedDelay(
                this::reload, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    }

    static ReloadingRates on(JdbiRates rates, Duration every, ScheduledExecutorService executor, Clock clock) {
        return new ReloadingRates(rates, positive(every), executor, false, clock);
    }

    static ReloadingRates owningExecutor(JdbiRates rates, Duration every, Clock clock) {
        return new ReloadingRates(
                rates,
                positive(every),
                Executors.newSingleThreadScheduledExecutor(Daemon.named("pstn-rates")),
                true,
                clock);
    }

    /**
     * The rates that were last read.
     *
     * @throws StoreUnavailable if none were ever read: there is no price, not even for what is free
     */
    @Override
    public Rater get() {
        Snapshot known = current;
        if (known == null) {
            throw new StoreUnavailable("rates.get", "no rates were ever loaded; the log says why", null, null);
        }
        return known.rater;
    }

    /** When the rates in use were read; empty if none were ever. */
    public Optional<Instant> loadedAt() {
        return Optional.ofNullable(current).map(Snapshot::at);
    }

    /** Reads the rates now, on this thread. True if that worked; otherwise it is logged and the last good rates stay. */
    public boolean reload() {
        try {
            current = new Snapshot(rates.load(), clock.instant());
            return true;
        } catch (RuntimeException e) {
            Snapshot known = current;
            if (known == null) {
                LOG.error("No rates could be loaded; every price is unknown until they are", e);
            } else {
                LOG.warn("Rates could not be loaded again; those of {} stay in use", known.at, e);
            }
            return false;
        }
    }

    /** Ends the readings; the last rates stay available. Idempotent. */
    @Override
    public void close() {
        reading.cancel(false);
        if (ownsExecutor) {
            executor.shutdownNow();
        }
    }

    private static Duration positive(Duration every) {
        if (every.toMillis() < 1) {
            throw new IllegalArgumentException("rates need a positive time between readings, not " + every);
        }
        return every;
    }

    private record Snapshot(Rater rater, Instant at) {}
}
