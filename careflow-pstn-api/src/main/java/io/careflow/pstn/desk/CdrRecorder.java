package io.careflow.pstn.desk;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.cdr.Appended;
import io.careflow.pstn.cdr.CallProgress;
import io.careflow.pstn.cdr.Cdr;
import io.careflow.pstn.cdr.CdrCost;
import io.careflow.pstn.cdr.CdrStore;
import io.careflow.pstn.event.CallEvent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Turns the events of calls into records: collects them, and once a call is complete, prices and stores its record, once.
 * Events may come from any thread and in any order. Thread-safe.
 *
 * <p>A call is complete when its beginning and its end were seen. Where events can overtake each other, so that a leg or a
 * recording may be heard of after the end, give it a grace: the record is then made that much later, of everything known by
 * then. What comes after the record is ignored.
 *
 * <p>Of a call whose beginning is not seen there can be no record. It is given up after an hour, or when 10,000 newer ones wait
 * likewise, and the listener hears of it.
 */
public final class CdrRecorder implements AutoCloseable {
    private static final int REMEMBERED = 10_000;
    private static final int MOST_UNBEGUN = 10_000;
    private static final Duration LONGEST_UNBEGUN = Duration.ofHours(1);

    private final CdrStore store;
    private final CdrPricing pricing;
    private final Listener listener;
    private final Duration grace;
    private final @Nullable ScheduledExecutorService timers;
    private final Clock clock;
    private final CdrCompletion completion;

    // Guards everything below. Nothing is priced, stored or told while it is held.
    private final Object lock = new Object();
    private final Map<CallRef, CallProgress> open = new HashMap<>();
    private final Map<CallRef, Instant> unbegun = new LinkedHashMap<>();
    private final Set<CallRef> complete = new LinkedHashSet<>();
    private final Set<CallRef> done = Collections.newSetFromMap(new Recent<>(REMEMBERED));
    private boolean closed;

    /** A recorder into this store, which makes a record as soon as a call is complete, on the thread of its last event. */
    public CdrRecorder(CdrStore store, CdrPricing pricing, Listener listener) {
        this(store, pricing, listener, Clock.systemUTC(), Duration.ZERO, null, (cdr, command) -> cdr);
    }

    /**
     * A recorder that waits for what may come late.
     *
     * @param grace how long after a call is complete its record is made
     * @param timers where it is made; the caller's, who closes it after this recorder
     * @param clock tells how old calls without a beginning are
     */
    public CdrRecorder(
            CdrStore store,
            CdrPricing pricing,
            Listener listener,
            Duration grace,
            ScheduledExecutorService timers,
            Clock clock) {
        this(store, pricing, listener, clock, grace, Objects.requireNonNull(timers, "timers"), (cdr, command) -> cdr);
    }

    private CdrRecorder(
            CdrStore store,
            CdrPricing pricing,
            Listener listener,
            Clock clock,
            Duration grace,
            @Nullable ScheduledExecutorService timers,
            CdrCompletion completion) {
        if (grace.isNegative()) {
            throw new IllegalArgumentException("grace is " + grace + "; it cannot be negative");
        }
        this.store = Objects.requireNonNull(store, "store");
        this.pricing = Objects.requireNonNull(pricing, "pricing");
        this.listener = Objects.requireNonNull(listener, "listener");
        this.grace = grace;
        this.timers = timers;
        this.clock = clock;
        this.completion = Objects.requireNonNull(completion, "completion");
    }

    /** A new recorder like this one, whose records are completed before they are priced and stored. */
    public CdrRecorder completing(CdrCompletion value) {
        return new CdrRecorder(store, pricing, listener, clock, grace, timers, value);
    }

    /** Takes an event in. Events of a call that is recorded already, or given up, are ignored. */
    public void accept(CallEvent event) {
        CallRef call = event.call();
        boolean completed;
        boolean waits;
        List<CallRef> lost;
        synchronized (lock) {
            completed = !done.contains(call) && completes(event);
            waits = !closed && !grace.isZero();
            lost = giveUpSome();
        }
        lost.forEach(listener::gaveUp);
        if (completed && !(waits && schedule(call))) {
            record(call);
        }
    }

    /** How many calls are in progress, those included whose record waits for the grace to pass. */
    public int openCalls() {
        synchronized (lock) {
            return open.size();
        }
    }

    /** Makes the record of every call that is complete at once, without waiting for the grace to pass. */
    public void flush() {
        List<CallRef> waiting;
        synchronized (lock) {
            waiting = List.copyOf(complete);
        }
        waiting.forEach(this::record);
    }

    /** Flushes, and from now on makes records without a grace. Calls in progress are still recorded when they end. Idempotent. */
    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
        }
        flush();
    }

    /** Whether the call became complete by this event. */
    private boolean completes(CallEvent event) {
        CallRef call = event.call();
        CallProgress progress = open.computeIfAbsent(call, CallProgress::new);
        progress.accept(event);
        if (progress.hasBegun()) {
            unbegun.remove(call);
        } else {
            unbegun.putIfAbsent(call, clock.instant());
        }
        return progress.isComplete() && complete.add(call);
    }

    private List<CallRef> giveUpSome() {
        if (unbegun.isEmpty()) {
            return List.of();
        }
        Instant oldest = clock.instant().minus(LONGEST_UNBEGUN);
        List<CallRef> lost = new ArrayList<>();
        for (Map.Entry<CallRef, Instant> entry : unbegun.entrySet()) {
            if (unbegun.size() - lost.size() <= MOST_UNBEGUN && entry.getValue().isAfter(oldest)) {
                break;
            }
            lost.add(entry.getKey());
        }
        lost.forEach(call -> {
            unbegun.remove(call);
            open.remove(call);
            done.add(call);
        });
        return lost;
    }

    private boolean schedule(CallRef call) {
        try {
            ScheduledFuture<?> unused = Objects.requireNonNull(timers)
                    .schedule(() -> record(call), grace.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    /** Of several threads that want to record a call, one does. */
    private void record(CallRef call) {
        Cdr told;
        CommandId command;
        synchronized (lock) {
            CallProgress progress = complete.remove(call) ? open.remove(call) : null;
            if (progress == null) {
                return;
            }
            done.add(call);
            told = progress.toCdr();
            command = progress.command().orElse(null);
        }
        Cdr unrated = complete(told, command);
        Cdr cdr = unrated.costing(price(unrated));
        try {
            listener.recorded(cdr, store.append(cdr));
        } catch (RuntimeException e) {
            listener.failed(cdr, e);
        }
    }

    /** Half a record is better than none. */
    private Cdr complete(Cdr told, @Nullable CommandId command) {
        try {
            return completion.complete(told, command);
        } catch (RuntimeException e) {
            listener.incomplete(told, e);
            return told;
        }
    }

    /** A price can be found later; a record that is not kept is lost. */
    private CdrCost price(Cdr unrated) {
        try {
            return pricing.price(unrated);
        } catch (RuntimeException e) {
            listener.unpriced(unrated, e);
            return new CdrCost(null, null, "pricing failed: " + e.getClass().getSimpleName());
        }
    }

    /** Hears of every record. Called on the thread that makes the record; must not throw. */
    public interface Listener {
        /** A record was handed to the store. */
        void recorded(Cdr cdr, Appended result);

        /** A record could not be stored: the last chance to keep it somewhere. */
        void failed(Cdr cdr, RuntimeException failure);

        /** Pricing threw; the record is stored next, at an unknown cost. Not heard if not overridden. */
        default void unpriced(Cdr cdr, RuntimeException failure) {}

        /** Completing threw; the record is priced and stored as its events tell it. Not heard if not overridden. */
        default void incomplete(Cdr cdr, RuntimeException failure) {}

        /** The record is stored, but its money could not be settled now. Not heard if not overridden. */
        default void unsettled(Cdr cdr, RuntimeException failure) {}

        /** There will be no record of a call, as its beginning was not seen. Not heard if not overridden. */
        default void gaveUp(CallRef call) {}
    }

    private static final class Recent<K> extends LinkedHashMap<K, Boolean> {
        private static final long serialVersionUID = 1L;
        private final int most;

        Recent(int most) {
            this.most = most;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, Boolean> eldest) {
            return size() > most;
        }
    }
}
