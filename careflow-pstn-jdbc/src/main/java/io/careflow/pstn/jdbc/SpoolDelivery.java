package io.careflow.pstn.jdbc;

import io.careflow.pstn.cdr.Appended;
import io.careflow.pstn.cdr.Cdr;
import io.careflow.pstn.cdr.CdrStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the files of a spool into the store, again and again. After a round in which the store did not answer the pause doubles;
 * after a good one it is short again. Rounds run one at a time; the rest is thread-safe.
 */
final class SpoolDelivery {
    private static final Logger LOG = LoggerFactory.getLogger(SpoolDelivery.class);
    private static final int ATTEMPTS = 10;

    private final CdrStore store;
    private final SpoolDirectory directory;
    private final Duration firstPause;
    private final Duration longestPause;
    private final ScheduledExecutorService executor;
    private final @Nullable ScheduledExecutorService owned;
    private final AtomicInteger waiting = new AtomicInteger();
    private final Map<Path, Integer> failures = new HashMap<>();
    private volatile boolean storeAway;
    private volatile boolean closed;
    private volatile @Nullable ScheduledFuture<?> next;
    private Duration pause;

    SpoolDelivery(
            CdrStore store,
            SpoolDirectory directory,
            Duration firstPause,
            Duration longestPause,
            ScheduledExecutorService executor,
            @Nullable ScheduledExecutorService owned) {
        this.store = store;
        this.directory = directory;
        this.firstPause = firstPause;
        this.longestPause = longestPause;
        this.executor = executor;
        this.owned = owned;
        this.pause = firstPause;
    }

    void start() {
        try {
            int left = directory.waiting().size();
            waiting.set(left);
            if (left > 0) {
                LOG.warn("{} records were left in the spool and will be stored now", left);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("spool directory cannot be read", e);
        }
        next = executor.schedule(this::round, 0, TimeUnit.MILLISECONDS);
    }

    boolean isStoreAway() {
        return storeAway;
    }

    int waiting() {
        return waiting.get();
    }

    void added() {
        waiting.incrementAndGet();
    }

    void storeFailed(RuntimeException failure) {
        if (!storeAway) {
            storeAway = true;
            LOG.error("The CDR store failed; records go to the local disk until it answers again", failure);
        }
    }

    void close() {
        closed = true;
        ScheduledFuture<?> pending = next;
        if (pending != null) {
            pending.cancel(false);
        }
        if (owned != null) {
            owned.shutdown();
        }
        try {
            directory.close();
        } catch (IOException e) {
            LOG.warn("The spool directory could not be given free", e);
        }
    }

    private void round() {
        boolean answered = false;
        try {
            answered = deliver(directory.waiting());
        } catch (IOException | RuntimeException e) {
            LOG.error("The spool directory cannot be worked on; trying again", e);
        }
        pause = answered ? firstPause : doubled(pause);
        if (!closed) {
            next = executor.schedule(this::round, pause.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Tries every file, until the store turns out to be away. True if it is not. */
    private boolean deliver(List<Path> files) throws IOException {
        int stored = 0;
        int failed = 0;
        for (Path file : files) {
            if (closed) {
                return true;
            }
            Outcome outcome = deliver(file);
            if (outcome == Outcome.STORE_AWAY) {
                storeAway = true;
                return false;
            }
            stored += outcome == Outcome.DONE ? 1 : 0;
            failed += outcome == Outcome.FAILED ? 1 : 0;
        }
        boolean answering = stored > 0 || failed == 0;
        if (answering && storeAway) {
            storeAway = false;
            LOG.warn("The CDR store answers again; {} records were stored from the spool", stored);
        }
        return answering;
    }

    private Outcome deliver(Path file) throws IOException {
        Cdr cdr;
        try {
            cdr = directory.read(file);
        } catch (IllegalArgumentException e) {
            return setAside(file, "cannot be read", e);
        }
        try {
            if (store.append(cdr) == Appended.CONFLICT) {
                return setAside(file, "differs from the record of its call that is stored", null);
            }
        } catch (StoreRefused e) {
            return setAside(file, "is refused by the store", e);
        } catch (StoreUnavailable e) {
            LOG.debug("The CDR store is still away", e);
            return Outcome.STORE_AWAY;
        } catch (RuntimeException e) {
            return failed(file, e);
        }
        done(file);
        directory.delete(file);
        return Outcome.DONE;
    }

    /** A store that is not ours does not say whether it is away or refuses; a record gets several rounds. */
    private Outcome failed(Path file, RuntimeException failure) throws IOException {
        int times = failures.merge(file, 1, Integer::sum);
        return times < ATTEMPTS ? Outcome.FAILED : setAside(file, "failed " + times + " times", failure);
    }

    private Outcome setAside(Path file, String why, @Nullable RuntimeException failure) throws IOException {
        Path to = directory.setAside(file);
        done(file);
        LOG.error("A spooled record {}; set aside as {}", why, to, failure);
        return Outcome.SET_ASIDE;
    }

    private void done(Path file) {
        failures.remove(file);
        waiting.decrementAndGet();
    }

    private Duration doubled(Duration value) {
        Duration twice = value.multipliedBy(2);
        return twice.compareTo(longestPause) < 0 ? twice : longestPause;
    }

    private enum Outcome {
        DONE,
        SET_ASIDE,
        FAILED,
        STORE_AWAY
    }
}
