package io.careflow.pstn.call;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the network says about where a call comes from. Headers come from strangers: believe nothing in them.
 *
 * @param attestation how far the caller's network vouches for the number
 * @param rawAttestation the carrier's words for it, or null if it said nothing
 * @param forwardedFrom who forwarded the call to us, or null
 * @param sipHeaders headers of the INVITE that the carrier passes on, such as {@code X-...}
 */
public record CallOrigin(
        Attestation attestation,
        @Nullable String rawAttestation,
        @Nullable Party forwardedFrom,
        Map<String, String> sipHeaders) {
    /** Nothing is known. */
    public static final CallOrigin UNKNOWN = new CallOrigin(Attestation.NONE, null, null, Map.of());

    public CallOrigin {
        Objects.requireNonNull(attestation, "attestation");
        sipHeaders = Map.copyOf(sipHeaders);
    }
}
