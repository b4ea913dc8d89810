package io.careflow.pstn.error;

import io.careflow.pstn.Capability;
import io.careflow.pstn.ProviderId;

/** The provider cannot do this at all. Known before any I/O; effect NONE. */
public final class UnsupportedCapability extends PstnException {
    private static final long serialVersionUID = 1L;

    /** Names the provider and the capability that it lacks. */
    public UnsupportedCapability(ProviderId provider, Class<? extends Capability> capability) {
        this(provider, capability, "");
    }

    /** The same, saying where else it may be had. */
    public UnsupportedCapability(ProviderId provider, Class<? extends Capability> capability, String hint) {
        super(
                Failure.of(
                        provider,
                        "require",
                        Effect.NONE,
                        "provider '" + provider + "' has no capability " + capability.getSimpleName()
                                + (hint.isEmpty() ? "" : "; " + hint)),
                null);
    }
}
