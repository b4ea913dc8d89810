package io.careflow.pstn.tck;

import io.careflow.pstn.ProviderHealth;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.Failure;
import io.careflow.pstn.error.ProviderUnavailable;
import io.careflow.pstn.error.PstnException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What stands between the capabilities of an in-memory provider and its carrier, where others have a network: does one
 * operation at a time, and fails when it is told to. Thread-safe.
 */
final class MemoryLine implements ProviderHealth {
    private final ProviderId provider;
    private final VirtualTime time;
    private final Map<Operation, Deque<Fault>> next = new EnumMap<>(Operation.class);
    private final Map<Operation, Fault> standing = new EnumMap<>(Operation.class);
    private @Nullable List<SentRequest> sent;
    private State state;

    MemoryLine(ProviderId provider, VirtualTime time) {
        this.provider = provider;
        this.time = time;
        this.state = new State(Availability.AVAILABLE, "", time.now(), null);
    }

    /** Asks the carrier for something as a part of this operation. */
    <T> T read(Operation operation, Supplier<T> action) {
        return time.alone(() -> carry(operation, null, action));
    }

    /** Asks for something that no {@link Operation} stands for. */
    <T> T read(String operation, Supplier<T> action) {
        return time.alone(() -> {
            if (state.availability() == Availability.UNAVAILABLE) {
                throw down(operation);
            }
            return action.get();
        });
    }

    /** Lets the carrier do what is asked for with these words. */
    <T> T write(Operation operation, Object words, Supplier<T> action) {
        return time.alone(() -> carry(operation, words, action));
    }

    /** Lets the carrier do what is asked for with these words. */
    void write(Operation operation, Object words, Runnable action) {
        this.<@Nullable Void>write(operation, words, () -> {
            action.run();
            return null;
        });
    }

    /** The next time that this operation is done, it fails; repeated, one after another. */
    void failNext(Operation operation, Fault fault) {
        time.alone(
                () -> next.computeIfAbsent(operation, any -> new ArrayDeque<>()).add(fault));
    }

    /** This operation fails always. */
    void failAlways(Operation operation, Fault fault) {
        time.alone(() -> standing.put(operation, fault));
    }

    /** Remembers what is carried from now on. Not done unless asked for: it would grow for ever. */
    void listen() {
        time.alone(() -> sent = new ArrayList<>());
    }

    /** What was carried since {@link #listen}, in order. */
    List<SentRequest> sent() {
        return time.alone(() -> sent == null ? List.of() : List.copyOf(sent));
    }

    void become(Availability availability, String reason) {
        time.alone(() -> state = new State(availability, reason, time.now(), null));
    }

    @Override
    public State state() {
        return time.alone(() -> state);
    }

    /** The facts of a failure that did nothing. */
    Failure nothing(Operation operation, String reason) {
        return Failure.of(provider, operation.toString(), Effect.NONE, reason);
    }

    private ProviderUnavailable down(String operation) {
        return new ProviderUnavailable(
                Failure.of(provider, operation, Effect.NONE, "the provider is down: " + state.reason()));
    }

    private <T> T carry(Operation operation, @Nullable Object words, Supplier<T> action) {
        if (state.availability() == Availability.UNAVAILABLE) {
            throw down(operation.toString());
        }
        boolean write = words != null;
        if (sent != null) {
            String body = words == null ? "" : words.toString();
            sent.add(new SentRequest(write ? "WRITE" : "READ", "/" + operation, List.of(), body, write));
        }
        Fault fault = write || !operation.isWrite() ? faultOf(operation) : null;
        if (fault != null && !fault.afterDoing()) {
            throw fault.failure();
        }
        T done = action.get();
        if (fault != null) {
            throw fault.failure();
        }
        return done;
    }

    private @Nullable Fault faultOf(Operation operation) {
        Deque<Fault> waiting = next.get(operation);
        Fault first = waiting == null ? null : waiting.poll();
        return first == null ? standing.get(operation) : first;
    }

    /**
     * How an operation fails.
     *
     * @param failure what is thrown
     * @param afterDoing whether the carrier does it all the same: the answer is lost
     */
    record Fault(PstnException failure, boolean afterDoing) {}
}
