package io.careflow.pstn.voipms;

import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.Failure;
import io.careflow.pstn.error.ProviderUnavailable;
import io.careflow.pstn.error.PstnException;

/** A failure after something was done already. */
final class Partly {
    private Partly() {}

    /**
     * The failure, which cannot say any more that nothing was done.
     *
     * @param done what was, for people
     */
    static PstnException done(PstnException failure, String operation, String done) {
        Failure facts = failure.failure();
        return new ProviderUnavailable(
                new Failure(
                        facts.provider(),
                        operation,
                        Effect.UNKNOWN,
                        done + ", then " + facts.operation() + " failed: " + facts.reason(),
                        facts.code(),
                        facts.httpStatus(),
                        facts.requestId(),
                        facts.retryAfter()),
                failure);
    }
}
