package io.careflow.pstn.cdr;

import io.careflow.pstn.Capability;
import io.careflow.pstn.call.CallRef;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** The carrier's own call records. Thread-safe. */
public interface ProviderCdrs extends Capability {

    /**
     * Reads the calls that started in this span, page by page. A call that the carrier lists twice while pages shift is handed
     * over once. If it fails half-way, what was handed over is right but not all.
     *
     * @param from first instant
     * @param to first instant that does not count any more
     * @param sink takes one record after another, on the calling thread
     * @return how many were handed over
     * @throws IllegalArgumentException if the span is empty
     * @throws io.careflow.pstn.error.PstnException if the carrier fails
     */
    long pull(Instant from, Instant to, Consumer<ProviderCdr> sink);

    /** What the carrier recorded of one leg up to now, also while it goes on; empty if it does not know it. */
    Optional<ProviderCdr> find(CallRef call);
}
