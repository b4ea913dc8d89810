package io.careflow.pstn.telnyx;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.event.PstnEvent;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the application what happens. What its listener throws is logged: a call goes on all the same, and nothing but a text comes again
 * because of it. Thread-safe if the listener is.
 */
record Telling(ProviderId provider, Consumer<? super PstnEvent> listener) implements Consumer<PstnEvent> {
    private static final Logger LOG = LoggerFactory.getLogger(Telling.class);

    @Override
    public void accept(PstnEvent event) {
        boolean unused = isHeard(event);
    }

    /** Tells it. Returns whether the listener came to its end. */
    boolean isHeard(PstnEvent event) {
        try {
            listener.accept(event);
            return true;
        } catch (RuntimeException e) {
            LOG.error(
                    "{}: the listener failed on {}", provider, event.getClass().getSimpleName(), e);
            return false;
        }
    }
}
