package io.careflow.pstn.twilio;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.Failure;
import io.careflow.pstn.event.PstnEvent;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the application what our own requests did. Thread-safe if the listener is. */
final class Telling {
    private static final Logger log = LoggerFactory.getLogger(Telling.class);

    private final ProviderId provider;
    private final Clock clock;
    private final Consumer<? super PstnEvent> listener;

    Telling(ProviderId provider, Clock clock, Consumer<? super PstnEvent> listener) {
        this.provider = provider;
        this.clock = clock;
        this.listener = listener;
    }

    /** Tells an event. What the listener throws is logged: it must not make a call that was placed look like a failure. */
    void tell(PstnEvent event) {
        try {
            listener.accept(event);
        } catch (RuntimeException e) {
            log.error(
                    "{}: the listener failed on {}", provider, event.getClass().getSimpleName(), e);
        }
    }

    /** The moment, in milliseconds. */
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** The facts of a failure before which nothing was done. */
    Failure nothingDone(String operation, String reason) {
        return Failure.of(provider, operation, Effect.NONE, reason);
    }
}
