package io.careflow.pstn.http;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.error.Conflict;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.Failure;
import io.careflow.pstn.error.ProviderUnavailable;
import io.careflow.pstn.error.PstnException;
import java.time.Clock;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what became of the last commands of this process, so that none is carried out twice: for carriers that know no
 * idempotency key. A command that certainly did nothing is forgotten and may be given again. One in doubt is looked up, now and whenever it
 * is given again. Who gives a command while it is under way waits for its result. Thread-safe.
 *
 * <p>Of the commands that are done the last 10,000 are remembered. One that is under way or in doubt is never forgotten, as it
 * could then be carried out a second time; while there are 50,000 of them, new commands are refused.
 *
 * @param <Q> what a command asks for; equal if it is the same
 * @param <A> what it gives
 */
public final class Commands<Q, A> {
    private static final int REMEMBERED = 10_000;
    private static final int MOST_UNSETTLED = 50_000;

    private final ProviderId provider;
    private final String operation;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<CommandId, Entry<Q, A>> unsettled = new LinkedHashMap<>();
    private final Map<CommandId, Entry<Q, A>> settled = new LinkedHashMap<>();

    /**
     * An empty memory.
     *
     * @param operation the name that failures give it
     */
    public Commands(ProviderId provider, String operation, Clock clock) {
        this.provider = provider;
        this.operation = operation;
        this.clock = clock;
    }

    /**
     * Carries a command out, unless it was.
     *
     * @param first does it; nothing but sending it, because whatever it throws may have been sent
     * @param lookUp finds what a command in doubt did, or throws
     * @throws Conflict if the command asked for something else before
     * @throws ProviderUnavailable with effect NONE if the command is new and too many others are under way or in doubt
     */
    public A once(CommandId id, Q request, Supplier<A> first, Function<Doubt, A> lookUp) {
        Entry<Q, A> mine = new Entry<>(id, request, clock.instant());
        Entry<Q, A> entry = enter(mine);
        if (!entry.request.equals(request)) {
            throw new Conflict(Failure.of(
                    provider, operation, Effect.NONE, "command '" + id + "' was given before with another request"));
        }
        return entry == mine ? carryOut(mine, first, lookUp) : repeated(entry, lookUp);
    }

    /** The requests of other commands that are under way, or that have been in doubt since this moment. */
    public List<Q> unsettled(CommandId except, Instant since) {
        lock.lock();
        try {
            return unsettled.values().stream()
                    .filter(entry -> !entry.id.equals(except))
                    .filter(entry -> entry.isUnsettledSince(since))
                    .map(entry -> entry.request)
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    /** What the commands gave that are done. */
    public List<A> results() {
        lock.lock();
        try {
            return settled.values().stream().map(entry -> entry.result.join()).toList();
        } finally {
            lock.unlock();
        }
    }

    /** Forgets commands that are done, because what they gave is there no more. */
    public void forget(Predicate<A> gone) {
        lock.lock();
        try {
            settled.values().removeIf(entry -> gone.test(entry.result.join()));
        } finally {
            lock.unlock();
        }
    }

    private Entry<Q, A> enter(Entry<Q, A> mine) {
        lock.lock();
        try {
            Entry<Q, A> done = settled.get(mine.id);
            Entry<Q, A> before = done != null ? done : unsettled.get(mine.id);
            if (before != null) {
                return before;
            }
            if (unsettled.size() >= MOST_UNSETTLED) {
                throw new ProviderUnavailable(Failure.of(
                        provider,
                        operation,
                        Effect.NONE,
                        "not sent: " + MOST_UNSETTLED + " commands of this process are under way or in doubt"));
            }
            unsettled.put(mine.id, mine);
            return mine;
        } finally {
            lock.unlock();
        }
    }

    private A carryOut(Entry<Q, A> mine, Supplier<A> first, Function<Doubt, A> lookUp) {
        try {
            A result = first.get();
            settle(mine, result);
            return result;
        } catch (PstnException e) {
            if (e.effect() == Effect.NONE) {
                forget(mine);
                mine.result.completeExceptionally(e);
                throw e;
            }
            return found(mine, new Doubt(e, mine.begun, clock.instant()), lookUp);
        } catch (RuntimeException | Error e) {
            mine.result.completeExceptionally(e);
            throw e;
        }
    }

    private A repeated(Entry<Q, A> entry, Function<Doubt, A> lookUp) {
        try {
            return entry.result.join();
        } catch (CompletionException e) {
            Doubt doubt = entry.doubt;
            if (doubt != null) {
                return found(entry, doubt, lookUp);
            }
            throw unchecked(e.getCause());
        }
    }

    private A found(Entry<Q, A> entry, Doubt doubt, Function<Doubt, A> lookUp) {
        entry.doubt = doubt;
        try {
            A result = lookUp.apply(doubt);
            settle(entry, result);
            return result;
        } catch (RuntimeException | Error e) {
            entry.result.completeExceptionally(e);
            throw e;
        }
    }

    private void settle(Entry<Q, A> entry, A result) {
        lock.lock();
        try {
            entry.settle(result);
            if (unsettled.remove(entry.id, entry)) {
                settled.put(entry.id, entry);
            }
            if (settled.size() > REMEMBERED) {
                Iterator<Entry<Q, A>> oldest = settled.values().iterator();
                oldest.next();
                oldest.remove();
            }
        } finally {
            lock.unlock();
        }
    }

    private void forget(Entry<Q, A> mine) {
        lock.lock();
        try {
            unsettled.remove(mine.id, mine);
        } finally {
            lock.unlock();
        }
    }

    private static RuntimeException unchecked(@Nullable Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException failure ? failure : new IllegalStateException(cause);
    }

    /**
     * A command of which nobody knows whether it was carried out.
     *
     * @param failure how it ended
     * @param begun when it was sent, by our clock
     * @param ended when it failed, by our clock
     */
    public record Doubt(PstnException failure, Instant begun, Instant ended) {}

    private static final class Entry<Q, A> {
        final CommandId id;
        final Q request;
        final Instant begun;
        volatile CompletableFuture<A> result = new CompletableFuture<>();

        @Nullable
        volatile Doubt doubt;

        Entry(CommandId id, Q request, Instant begun) {
            this.id = id;
            this.request = request;
            this.begun = begun;
        }

        void settle(A value) {
            if (!result.complete(value)) {
                result = CompletableFuture.completedFuture(value);
            }
        }

        boolean isUnsettledSince(Instant since) {
            Doubt known = doubt;
            return known == null || !known.ended().isBefore(since);
        }
    }
}
