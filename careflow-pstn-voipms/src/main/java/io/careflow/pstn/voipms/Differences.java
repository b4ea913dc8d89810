package io.careflow.pstn.voipms;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.error.Conflict;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.Failure;
import io.careflow.pstn.error.ProviderUnavailable;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.http.Commands;
import io.careflow.pstn.http.Commands.Doubt;
import io.careflow.pstn.http.Fields;
import io.careflow.pstn.http.Reads;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Orders of which VoIP.ms answers nothing but success: what they brought is what is there afterwards and was not before. One is under
 * way or looked up at a time, and what one has brought is no other's. While one is in doubt, none that asks for something else is sent
 * for an hour: what appears then could be of either. None is sent twice. Thread-safe.
 */
final class Differences {
    private static final List<Duration> PAUSES =
            List.of(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4));
    /** So long what an order in doubt brings may still appear. */
    private static final Duration UNCLEAR = Duration.ofHours(1);

    private final VoipMsClient client;
    private final String operation;
    private final Supplier<Set<String>> reading;
    private final Commands<Object, Set<String>> commands;
    private final ReentrantLock oneAtATime = new ReentrantLock();
    /** Orders that were sent and whose fruit is not known yet. Guarded by the lock, as is what follows. */
    private final Map<CommandId, Open> open = new HashMap<>();

    private final Set<String> taken = new HashSet<>();

    /**
     * Nothing is ordered yet.
     *
     * @param reading the ids of what is there now
     */
    Differences(VoipMsClient client, String operation, Supplier<Set<String>> reading) {
        this.client = client;
        this.operation = operation;
        this.reading = reading;
        this.commands = new Commands<>(client.id(), operation, client.clock());
    }

    /**
     * Sends an order, unless it was sent.
     *
     * @param asked what the application asked for; equal if it is the same
     * @param quantity how many things it shall bring
     * @return the ids of what it brought
     */
    Set<String> order(CommandId command, Object asked, VoipMsCall call, int quantity) {
        return commands.once(
                command,
                asked,
                () -> locked(() -> sent(command, asked, call, quantity)),
                doubt -> locked(() -> found(command, doubt, quantity)));
    }

    private Set<String> locked(Supplier<Set<String>> task) {
        oneAtATime.lock();
        try {
            return task.get();
        } finally {
            oneAtATime.unlock();
        }
    }

    private Set<String> sent(CommandId command, Object asked, VoipMsCall call, int quantity) {
        requireNoOtherDoubt(asked);
        Set<String> before = Reads.before(operation, reading);
        open.put(command, new Open(asked, before, client.clock().instant()));
        try {
            Fields unused = client.write(call);
        } catch (PstnException e) {
            if (e.effect() == Effect.NONE) {
                open.remove(command);
            }
            throw e;
        }
        return awaited(command, quantity);
    }

    private void requireNoOtherDoubt(Object asked) {
        Instant since = client.clock().instant().minus(UNCLEAR);
        for (Map.Entry<CommandId, Open> other : open.entrySet()) {
            if (!other.getValue().asked().equals(asked)
                    && other.getValue().begun().isAfter(since)) {
                throw new Conflict(Failure.of(
                        client.id(),
                        operation,
                        Effect.NONE,
                        "not sent: command '" + other.getKey() + "' is in doubt, and what appears could be of either;"
                                + " give that one again first"));
            }
        }
    }

    // The order was taken, so whatever fails now is in doubt.
    private Set<String> awaited(CommandId command, int quantity) {
        try {
            for (int waits = 0; ; waits++) {
                Set<String> brought = brought(command);
                if (brought.size() == quantity) {
                    return taken(command, brought);
                }
                if (brought.size() > quantity || waits == PAUSES.size() || !client.slept(PAUSES.get(waits))) {
                    throw new ProviderUnavailable(Failure.of(
                            client.id(),
                            operation,
                            Effect.UNKNOWN,
                            brought.size() + " of " + quantity + " are there; look again later"));
                }
            }
        } catch (PstnException e) {
            throw Partly.done(e, operation, "VoIP.ms took the order");
        }
    }

    private Set<String> found(CommandId command, Doubt doubt, int quantity) {
        try {
            Set<String> brought = brought(command);
            if (brought.size() == quantity) {
                return taken(command, brought);
            }
        } catch (PstnException e) {
            doubt.failure().addSuppressed(e);
        }
        throw doubt.failure();
    }

    private Set<String> brought(CommandId command) {
        Open order = open.get(command);
        if (order == null) {
            return Set.of();
        }
        Set<String> brought = new HashSet<>(reading.get());
        brought.removeAll(order.before());
        brought.removeAll(taken);
        return brought;
    }

    private Set<String> taken(CommandId command, Set<String> brought) {
        taken.addAll(brought);
        open.remove(command);
        return brought;
    }

    /**
     * An order that was sent.
     *
     * @param before what was there
     */
    private record Open(Object asked, Set<String> before, Instant begun) {}
}
