package io.careflow.pstn.jdbc;

import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.cdr.Appended;
import io.careflow.pstn.cdr.Cdr;
import io.careflow.pstn.cdr.CdrQuery;
import io.careflow.pstn.cdr.CdrStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps records on the local disk while the store behind it is away, and stores them later. Thread-safe.
 *
 * <p>What {@link #append} answers is true of this moment: {@code STORED} means that the record is safe, either in the store or
 * forced to the local disk, where it survives a crash of the process. A record on disk is stored in the background, with pauses
 * that double while the store stays away, and by the next {@code open} of the directory after a crash. While the store is known
 * to be away, appends do not wait for it. Storing twice does no harm, and order does not matter.
 *
 * <p>What cannot be stored ever is set aside in the subdirectory {@code aside} and logged as an error, not tried again: a record
 * that the store refuses, a second record of a call that differs from the first, a file that cannot be read.
 *
 * <p>The directory belongs to one process at a time and must survive restarts of the machine or container. It holds phone
 * numbers: it is made readable by its owner only. POSIX file systems only.
 */
public final class SpoolingCdrStore implements CdrStore, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SpoolingCdrStore.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final CdrStore store;
    private final SpoolDirectory directory;
    private final SpoolDelivery delivery;

    private SpoolingCdrStore(CdrStore store, SpoolDirectory directory, SpoolDelivery delivery) {
        this.store = store;
        this.directory = directory;
        this.delivery = delivery;
    }

    /**
     * Takes possession of a directory, which is made if need be, and begins to store what it holds. Pauses between attempts grow
     * from a second to a minute.
     *
     * @throws IllegalStateException if another process, or another spool of this one, has the directory
     * @throws java.io.UncheckedIOException if the directory cannot be used
     */
    public static SpoolingCdrStore open(CdrStore store, Path directory) {
        return open(store, directory, FIRST_PAUSE, LONGEST_PAUSE);
    }

    /** As {@link #open(CdrStore, Path)}, with the first and the longest pause between attempts. */
    public static SpoolingCdrStore open(CdrStore store, Path directory, Duration firstPause, Duration longestPause) {
        ScheduledExecutorService own = Executors.newSingleThreadScheduledExecutor(Daemon.named("pstn-cdr-spool"));
        try {
            return open(store, directory, firstPause, longestPause, own, own);
        } catch (RuntimeException e) {
            own.shutdownNow();
            throw e;
        }
    }

    /** As above, on an executor of the caller, who closes it. */
    public static SpoolingCdrStore open(
            CdrStore store,
            Path directory,
            Duration firstPause,
            Duration longestPause,
            ScheduledExecutorService executor) {
        return open(store, directory, firstPause, longestPause, executor, null);
    }

    private static SpoolingCdrStore open(
            CdrStore store,
            Path path,
            Duration firstPause,
            Duration longestPause,
            ScheduledExecutorService executor,
            @Nullable ScheduledExecutorService owned) {
        if (firstPause.toMillis() < 1 || longestPause.compareTo(firstPause) < 0) {
            throw new IllegalArgumentException("pauses must be positive, and the longest not shorter than the first");
        }
        SpoolDirectory directory = SpoolDirectory.open(path);
        SpoolDelivery delivery = new SpoolDelivery(store, directory, firstPause, longestPause, executor, owned);
        delivery.start();
        return new SpoolingCdrStore(store, directory, delivery);
    }

    /**
     * Keeps a record, in the store or on the local disk.
     *
     * @return STORED: it is safe. DUPLICATE: it was there already, in the store or on disk. CONFLICT: another record of the call
     *     was; this one was not kept
     * @throws StoreRefused if the store will never take it; it has been set aside
     * @throws StoreUnavailable if neither store nor disk took it: it is not kept
     */
    @Override
    public Appended append(Cdr cdr) {
        if (delivery.isStoreAway()) {
            try {
                return spool(cdr);
            } catch (IOException e) {
                LOG.error("The spool cannot be written; trying the store instead", e);
            }
        }
        try {
            Appended result = store.append(cdr);
            delivery.storeAnswered();
            return result;
        } catch (StoreRefused e) {
            setAside(cdr, e);
            throw e;
        } catch (RuntimeException e) {
            return spoolAfter(cdr, e);
        }
    }

    /** The record of a call, in the store or waiting on disk. Throws the store's failure only if it is not on disk either. */
    @Override
    public Optional<Cdr> find(CallRef call) {
        // The disk first: a record that moves from there to the store in between is then seen twice, not never.
        Optional<Cdr> waiting = waiting(call);
        try {
            return store.find(call).or(() -> waiting);
        } catch (RuntimeException e) {
            if (waiting.isPresent()) {
                return waiting;
            }
            throw e;
        }
    }

    /** Records of the store only; what waits on disk is not among them, see {@link #spooled}. */
    @Override
    public void each(CdrQuery query, Consumer<Cdr> consumer) {
        store.each(query, consumer);
    }

    /** How many records wait on disk to be stored. */
    public int spooled() {
        return delivery.waiting();
    }

    /**
     * How many records were set aside and need a person to look at them.
     *
     * @throws StoreUnavailable if the directory cannot be read
     */
    public int setAside() {
        try {
            return directory.countAside();
        } catch (IOException e) {
            throw new StoreUnavailable("spool.count", "the spool directory cannot be read", null, e);
        }
    }

    /** Ends the work in the background and gives the directory free; what waits there stays. Closes not the store. Idempotent. */
    @Override
    public void close() {
        delivery.close();
    }

    private Appended spoolAfter(Cdr cdr, RuntimeException failure) {
        try {
            Appended result = spool(cdr);
            delivery.storeFailed(failure);
            return result;
        } catch (IOException e) {
            StoreUnavailable lost = new StoreUnavailable(
                    "cdr.append", "neither the store nor the spool took the record", null, failure);
            lost.addSuppressed(e);
            throw lost;
        }
    }

    private Appended spool(Cdr cdr) throws IOException {
        Appended result = directory.keep(cdr);
        if (result == Appended.STORED) {
            delivery.added();
        }
        return result;
    }

    private void setAside(Cdr cdr, StoreRefused refusal) {
        try {
            LOG.error("Record of call {} refused; set aside as {}", cdr.call(), directory.setAside(cdr), refusal);
        } catch (IOException e) {
            refusal.addSuppressed(e);
        }
    }

    private Optional<Cdr> waiting(CallRef call) {
        try {
            return directory.find(call);
        } catch (IOException | SpoolDirectory.Unreadable e) {
            throw new StoreUnavailable("spool.find", "the spool cannot be read", null, e);
        }
    }
}
