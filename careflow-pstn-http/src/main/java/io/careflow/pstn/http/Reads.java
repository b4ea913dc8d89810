package io.careflow.pstn.http;

import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.Failure;
import io.careflow.pstn.error.ProtocolError;
import io.careflow.pstn.error.ProviderUnavailable;
import io.careflow.pstn.error.PstnException;
import java.util.function.Supplier;

/** Reads that belong to writes. */
public final class Reads {
    private Reads() {}

    /**
     * Does the reads that come before a write. If they fail, nothing was done, whatever became of the reads themselves.
     *
     * @param operation the write's, which is what failed
     */
    public static <T> T before(String operation, Supplier<T> reads) {
        try {
            return reads.get();
        } catch (PstnException e) {
            if (e.effect() == Effect.NONE && !(e instanceof ProviderUnavailable)) {
                throw e;
            }
            Failure facts = e.failure();
            Failure failure = new Failure(
                    facts.provider(),
                    operation,
                    Effect.NONE,
                    facts.operation() + " failed before: " + facts.reason(),
                    facts.code(),
                    facts.httpStatus(),
                    facts.requestId(),
                    facts.retryAfter());
            throw e instanceof ProtocolError ? new ProtocolError(failure, e) : new ProviderUnavailable(failure, e);
        }
    }
}
