package io.careflow.pstn.jdbc;

import io.careflow.pstn.cdr.Appended;
import io.careflow.pstn.cdr.Cdr;
import io.careflow.pstn.cdr.CdrStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
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
    /** So many failures of unknown kind without a success: the store is taken to be away. */
    private static final int ENOUGH = 5;

    private static final int FAREWELL_SECONDS = 5;

    private final CdrStore store;
    private final SpoolDirectory directory;
    private final Duration firstPause;
    private final Duration longestPause;
    private final ScheduledExecutorService executor;
    private final @Nullable ScheduledExecutorService owned;
    private final AtomicInteger waiting = new AtomicInteger();
    private final Map<Path, Integer> tried = new HashMap<>();
    private final Map<Path, Integer> blamed = new HashMap<>();
    private volatile boolean storeAway;
    private volatile boolean answeredSince;
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
        return Math.max(0, waiting.get());
    }

    void added() {
        waiting.incrementAndGet();
    }

    void storeAnswered() {
        answeredSince = true;
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
            end(owned);
        }
        try {
            directory.close();
        } catch (IOException e) {
            LOG.warn("The spool directory could not be given free", e);
        }
    }

    private static void end(ScheduledExecutorService executor) {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(FAREWELL_SECONDS, TimeUnit.SECONDS)) {
                executor.shutdownNow();
            }
        } catch (InterruptedException e) {
            executor.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private void round() {
        if (closed) {
            return;
        }
        boolean answered = false;
        try {
            answered = deliver(directory.waiting());
        } catch (IOException | RuntimeException e) {
            LOG.error("The spool directory cannot be worked on; trying again", e);
        }
        pause = answered ? firstPause : doubled(pause);
        try {
            next = executor.schedule(this::round, pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("The spool is being closed", e);
        }
    }

    /** Tries every file, until the store turns out to be away. True if it is not. */
    private boolean deliver(List<Path> files) throws IOException {
        boolean answered = answeredSince;
        answeredSince = false;
        List<Path> failed = new ArrayList<>();
        for (Path file : inOrder(files)) {
            if (closed) {
                return true;
            }
            Outcome outcome = deliver(file);
            answered |= outcome == Outcome.STORED;
            if (outcome == Outcome.FAILED) {
                failed.add(file);
            }
            if (outcome == Outcome.STORE_AWAY || (!answered && failed.size() >= ENOUGH)) {
                storeAway = true;
                return false;
            }
        }
        if (answered) {
            blame(failed);
        }
        boolean answering = answered || failed.isEmpty();
        if (answering && storeAway) {
            storeAway = false;
            LOG.warn("The CDR store answers again; {} records still wait in the spool", waiting.get());
        }
        return answering;
    }

    /** Those that failed before come last, so that they hold up nobody. */
    private List<Path> inOrder(List<Path> files) {
        return files.stream()
                .sorted(Comparator.comparing(file -> tried.getOrDefault(file, 0)))
                .toList();
    }

    private Outcome deliver(Path file) throws IOException {
        try {
            Cdr cdr = directory.read(file);
            if (store.append(cdr) == Appended.CONFLICT) {
                return setAside(file, "differs from the record of its call that is stored", null);
            }
        } catch (SpoolDirectory.Unreadable e) {
            return setAside(file, "cannot be read", e);
        } catch (StoreRefused e) {
            return setAside(file, "is refused by the store", e);
        } catch (StoreUnavailable e) {
            LOG.debug("The CDR store is still away", e);
            return Outcome.STORE_AWAY;
        } catch (IOException | RuntimeException e) {
            LOG.warn("A spooled record could not be stored; trying again: {}", file, e);
            tried.merge(file, 1, Integer::sum);
            return Outcome.FAILED;
        }
        directory.delete(file);
        done(file);
        return Outcome.STORED;
    }

    /**
     * A store that is not ours does not say whether it is away or refuses. Where it took other records meanwhile, the ones that
     * failed are to blame themselves, and get a limited number of rounds.
     */
    private void blame(List<Path> failed) throws IOException {
        for (Path file : failed) {
            if (blamed.merge(file, 1, Integer::sum) >= ATTEMPTS) {
                setAside(file, "failed " + ATTEMPTS + " times while others were stored", null);
            }
        }
    }

    private Outcome setAside(Path file, String why, @Nullable RuntimeException failure) throws IOException {
        Path to = directory.setAside(file);
        done(file);
        LOG.error("A spooled record {}; set aside as {}", why, to, failure);
        return Outcome.SET_ASIDE;
    }

    private void done(Path file) {
        tried.remove(file);
        blamed.remove(file);
        waiting.decrementAndGet();
    }

    private Duration doubled(Duration value) {
        Duration twice = value.multipliedBy(2);
        return twice.compareTo(longestPause) < 0 ? twice : longestPause;
    }

    private enum Outcome {
        STORED,
        SET_ASIDE,
        FAILED,
        STORE_AWAY
    }
}
