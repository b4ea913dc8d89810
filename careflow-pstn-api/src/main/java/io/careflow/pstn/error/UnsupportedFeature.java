package io.careflow.pstn.error;

import io.careflow.pstn.ProviderId;
import java.util.Collection;
import java.util.TreeSet;

/**
 * The provider has the capability but cannot honour a step or an option of the request. Refused before anything rings;
 * effect NONE.
 */
public final class UnsupportedFeature extends PstnException {
    private static final long serialVersionUID = 1L;

    /**
     * Names what was asked and what is supported instead.
     *
     * @param feature the step or option that cannot be honoured
     * @param supported what can be
     */
    public UnsupportedFeature(ProviderId provider, String operation, String feature, Collection<String> supported) {
        super(
                Failure.of(
                        provider,
                        operation,
                        Effect.NONE,
                        feature + " is not supported; supported are " + new TreeSet<>(supported)),
                null);
    }
}
