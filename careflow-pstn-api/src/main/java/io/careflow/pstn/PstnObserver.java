package io.careflow.pstn;

import io.careflow.pstn.error.PstnException;
import org.jspecify.annotations.Nullable;

/**
 * Told of every operation against a provider, for metrics and traces: one start and exactly one end each. Called on the
 * thread that does the work, from several threads at once; must be thread-safe, quick and must not throw.
 */
@FunctionalInterface
public interface PstnObserver {

    /**
     * An operation begins.
     *
     * @param provider which provider
     * @param operation a fixed, low-cardinality name such as {@code call.place}; never holds numbers, ids or secrets
     * @return what to tell when it ends
     */
    Observation started(ProviderId provider, String operation);

    /** An observer that does nothing. */
    static PstnObserver none() {
        return (provider, operation) -> failure -> {};
    }

    /** The end of one operation. */
    @FunctionalInterface
    interface Observation {
        /**
         * The operation ended.
         *
         * @param failure why it failed, or null if it succeeded
         */
        void ended(@Nullable PstnException failure);
    }
}
