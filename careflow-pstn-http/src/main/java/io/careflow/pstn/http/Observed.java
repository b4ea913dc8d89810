package io.careflow.pstn.http;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.PstnObserver;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.Failure;
import io.careflow.pstn.error.ProtocolError;
import io.careflow.pstn.error.PstnException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One operation as the observer and the log see it: a start, and exactly one end. An observer that throws spoils nothing.
 * Thread-safe.
 */
final class Observed {
    private static final Logger LOG = LoggerFactory.getLogger(HttpTransport.class);

    private final ProviderId provider;
    private final HttpCall call;
    private final long started = System.nanoTime();
    private final AtomicBoolean over = new AtomicBoolean();
    private final PstnObserver.Observation observation;

    Observed(PstnObserver observer, ProviderId provider, HttpCall call) {
        this.provider = provider;
        this.call = call;
        this.observation = start(observer, provider, call.operation());
    }

    void ended(@Nullable PstnException failure) {
        if (!over.compareAndSet(false, true)) {
            return;
        }
        if (LOG.isDebugEnabled()) {
            LOG.debug(
                    "{} {} {}: {} in {} ms",
                    provider,
                    call.method(),
                    call.operation(),
                    failure == null ? "done" : failure.getClass().getSimpleName() + " " + failure.effect(),
                    (System.nanoTime() - started) / 1_000_000);
        }
        try {
            observation.ended(failure);
        } catch (RuntimeException e) {
            LOG.warn("An observer failed at the end of {}", call.operation(), e);
        }
    }

    /** A defect of ours or of an adapter's reader: an end all the same. */
    void brokenBy(RuntimeException defect) {
        ended(new ProtocolError(Failure.of(
                provider,
                call.operation(),
                Effect.UNKNOWN,
                "failed by a " + defect.getClass().getSimpleName())));
    }

    private static PstnObserver.Observation start(PstnObserver observer, ProviderId provider, String operation) {
        try {
            return observer.started(provider, operation);
        } catch (RuntimeException e) {
            LOG.warn("An observer failed at the start of {}", operation, e);
            return failure -> {};
        }
    }
}
