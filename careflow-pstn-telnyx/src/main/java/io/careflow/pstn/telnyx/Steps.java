package io.careflow.pstn.telnyx;

import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.Failure;
import io.careflow.pstn.error.ProviderUnavailable;
import io.careflow.pstn.error.PstnException;
import java.util.function.Supplier;

/** Several writes of one operation that may be given again: after the first one, no failure says that nothing was done. */
final class Steps {
    private final String again;
    private boolean begun;

    /** @param again what to do after a failure half-way, for people */
    Steps(String again) {
        this.again = again;
    }

    void next(Runnable write) {
        Object unused = next(() -> {
            write.run();
            return this;
        });
    }

    <T> T next(Supplier<T> write) {
        try {
            T answer = write.get();
            begun = true;
            return answer;
        } catch (PstnException e) {
            throw begun && e.effect() == Effect.NONE ? halfway(e) : e;
        }
    }

    private PstnException halfway(PstnException refused) {
        Failure facts = refused.failure();
        return new ProviderUnavailable(
                new Failure(
                        facts.provider(),
                        facts.operation(),
                        Effect.UNKNOWN,
                        facts.reason() + "; a part of it was done before: " + again,
                        facts.code(),
                        facts.httpStatus(),
                        facts.requestId(),
                        facts.retryAfter()),
                refused);
    }
}
