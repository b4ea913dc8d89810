package io.careflow.pstn.asterisk;

import io.careflow.pstn.Capability;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.PstnProvider;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Stream;

/**
 * An Asterisk as provider: calls that arrive over its trunks run the application's flows, and calls are placed over them.
 * Thread-safe. Built by {@link AsteriskBuilder}.
 *
 * <p>Calls survive the application: when it comes back under the same application name, it takes them over, and hears of
 * those that ended meanwhile. One application name belongs to one running application.
 */
public final class AsteriskProvider implements PstnProvider {
    private final ProviderId id;
    private final AsteriskCallControl control;
    private final AsteriskRecordings recordings;
    private final AsteriskConferences conferences;
    private final Calls calls;
    private final Health health;
    private final AriEvents events;
    private final Mailboxes mailboxes;
    private final ScheduledExecutorService timers;
    private final AutoCloseable transport;

    AsteriskProvider(
            ProviderId id,
            AsteriskCallControl control,
            AsteriskRecordings recordings,
            AsteriskConferences conferences,
            Calls calls,
            Health health,
            AriEvents events,
            Mailboxes mailboxes,
            ScheduledExecutorService timers,
            AutoCloseable transport) {
        this.id = id;
        this.control = control;
        this.recordings = recordings;
        this.conferences = conferences;
        this.calls = calls;
        this.health = health;
        this.events = events;
        this.mailboxes = mailboxes;
        this.timers = timers;
        this.transport = transport;
    }

    @Override
    public ProviderId id() {
        return id;
    }

    @Override
    public <T extends Capability> Optional<T> find(Class<T> capability) {
        return Stream.of(control, conferences, recordings)
                .filter(capability::isInstance)
                .findFirst()
                .map(capability::cast);
    }

    /** Whether Asterisk is there at this moment. */
    public AsteriskHealth health() {
        return health.now();
    }

    /** How many calls are live. */
    public int liveCalls() {
        return calls.count();
    }

    /**
     * Waits until the first connection stands and calls of a predecessor are taken over.
     *
     * @return false if that takes longer than this
     * @throws InterruptedException if the thread is interrupted
     */
    public boolean awaitConnected(Duration patience) throws InterruptedException {
        return health.await(patience.toMillis());
    }

    /** Stops listening. Calls go on; whoever connects next under the same application name takes them over. */
    @Override
    public void close() {
        events.close();
        mailboxes.close(Duration.ofSeconds(2));
        timers.shutdownNow();
        try {
            transport.close();
        } catch (Exception e) {
            throw new IllegalStateException("transport did not close", e);
        }
    }
}
