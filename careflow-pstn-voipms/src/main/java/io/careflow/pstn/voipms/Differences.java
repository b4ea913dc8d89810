package io.careflow.pstn.voipms;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.Failure;
import io.careflow.pstn.error.ProviderUnavailable;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.http.Commands;
import io.careflow.pstn.http.Commands.Doubt;
import io.careflow.pstn.http.Fields;
import io.careflow.pstn.http.Reads;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Orders of which VoIP.ms answers nothing but success: what they brought is what is there afterwards and was not before. One is under
 * way at a time. None is sent twice. Thread-safe.
 */
final class Differences {
    private static final List<Duration> PAUSES =
            List.of(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4));

    private final VoipMsClient client;
    private final String operation;
    private final Supplier<Set<String>> reading;
    private final Commands<Object, Set<String>> commands;
    private final Map<CommandId, Set<String>> before = new ConcurrentHashMap<>();
    private final ReentrantLock oneAtATime = new ReentrantLock();

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
        Set<String> brought = commands.once(
                command, asked, () -> sent(command, call, quantity), doubt -> found(command, doubt, quantity));
        before.remove(command);
        return brought;
    }

    private Set<String> sent(CommandId command, VoipMsCall call, int quantity) {
        oneAtATime.lock();
        try {
            before.put(command, Reads.before(operation, reading));
            try {
                Fields unused = client.write(call);
            } catch (PstnException e) {
                if (e.effect() == Effect.NONE) {
                    before.remove(command);
                }
                throw e;
            }
            return awaited(command, quantity);
        } finally {
            oneAtATime.unlock();
        }
    }

    // The order was taken, so whatever fails now is in doubt.
    private Set<String> awaited(CommandId command, int quantity) {
        try {
            for (int waits = 0; ; waits++) {
                Set<String> brought = brought(command);
                if (brought.size() == quantity) {
                    return brought;
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
                return brought;
            }
        } catch (PstnException e) {
            doubt.failure().addSuppressed(e);
        }
        throw doubt.failure();
    }

    private Set<String> brought(CommandId command) {
        Set<String> known = before.get(command);
        if (known == null) {
            return Set.of();
        }
        Set<String> brought = new HashSet<>(reading.get());
        brought.removeAll(known);
        commands.results().forEach(brought::removeAll);
        return brought;
    }
}
