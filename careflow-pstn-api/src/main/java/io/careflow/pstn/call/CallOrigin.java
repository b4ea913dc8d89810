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
 * @param user the user of our own whose phone dialled, proved by our own server, or null if a stranger calls; unlike the number that
 *     is shown, nobody can pretend to be it
 */
public record CallOrigin(
        Attestation attestation,
        @Nullable String rawAttestation,
        @Nullable Party forwardedFrom,
        Map<String, String> sipHeaders,
        @Nullable SipAddress user) {
    /** Nothing is known. */
    public static final CallOrigin UNKNOWN = new CallOrigin(Attestation.NONE, null, null, Map.of(), null);

    public CallOrigin {
        Objects.requireNonNull(attestation, "attestation");
        sipHeaders = Map.copyOf(sipHeaders);
    }

    /** A call of a stranger. */
    public CallOrigin(
            Attestation attestation,
            @Nullable String rawAttestation,
            @Nullable Party forwardedFrom,
            Map<String, String> sipHeaders) {
        this(attestation, rawAttestation, forwardedFrom, sipHeaders, null);
    }

    /** A call that this user of our own dials from a phone of theirs. */
    public static CallOrigin of(SipAddress user) {
        return new CallOrigin(Attestation.NONE, null, null, Map.of(), Objects.requireNonNull(user, "user"));
    }
}
