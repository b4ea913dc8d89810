package io.careflow.pstn.asterisk.config;

import io.careflow.pstn.siptrunk.SecretRef;
import io.careflow.pstn.siptrunk.SecretSource;
import io.careflow.pstn.siptrunk.SipTrunkBuilder;
import io.careflow.pstn.siptrunk.SipTrunkProfile;
import io.careflow.pstn.siptrunk.TrunkAuth;
import io.careflow.pstn.siptrunk.TrunkCapacity;
import io.careflow.pstn.siptrunk.TrunkMedia;
import io.careflow.pstn.trunk.SipCredential;
import io.careflow.pstn.trunk.SipEndpoint;
import io.careflow.pstn.trunk.SipTransport;
import io.careflow.pstn.trunk.SipTrunk;
import io.careflow.pstn.trunk.TrunkKind;
import io.careflow.pstn.trunk.TrunkLimits;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * The trunk of a carrier that has an API, as our SIP servers are configured for it: what {@code TrunkControl} tells, made a
 * profile. Numbers are E.164 and the caller is in P-Asserted-Identity; a carrier that wants something else gets it with
 * {@link SipTrunkProfile#toBuilder()}. Immutable.
 *
 * @param profile how it is used
 * @param secrets knows the password of this trunk, and no other
 */
public record CarrierTrunk(SipTrunkProfile profile, SecretSource secrets) {
    /** Both are there. */
    public CarrierTrunk {
        Objects.requireNonNull(profile, "profile");
        Objects.requireNonNull(secrets, "secrets");
    }

    /**
     * A trunk as the carrier describes it. It is registered at where that is allowed and the carrier was told no server of ours
     * to send calls to; the first credential whose password is known proves us, or else our addresses.
     *
     * @param id names it in our configuration: 1 to 40 lower-case letters, digits and inner dashes
     * @param trunk with the carrier's servers
     * @param calls how many may go at once, where the carrier names no limit; at least 1
     * @throws IllegalArgumentException if it is a domain, names no server, or nothing proves us
     */
    public static CarrierTrunk of(String id, SipTrunk trunk, int calls) {
        if (trunk.kind() == TrunkKind.DOMAIN) {
            throw new IllegalArgumentException(
                    "trunk " + trunk.ref() + " is a DOMAIN, where devices register; allowed is a TRUNK");
        }
        Optional<SipCredential> credential = trunk.credentials().stream()
                .filter(candidate -> candidate.password() != null)
                .findFirst();
        SecretRef reference = new SecretRef(
                "env:CAREFLOW_TRUNK_" + id.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_"));
        SipTrunkBuilder builder = SipTrunkProfile.builder(id)
                .name(trunk.name())
                .brand(trunk.ref().provider().toString())
                .sources(trunk.sources())
                .auth(auth(trunk, credential, reference))
                .capacity(TrunkCapacity.of(limit(trunk, calls)));
        trunk.outbound().forEach(server -> builder.endpoint(trunk.secure() ? encrypted(server) : server));
        trunk.numbers().forEach(builder::number);
        if (trunk.secure()) {
            builder.media(TrunkMedia.USUAL.srtp(TrunkMedia.Srtp.REQUIRED));
        }
        return new CarrierTrunk(
                builder.build(),
                asked -> credential
                        .map(SipCredential::password)
                        .filter(password -> asked.equals(reference))
                        .orElseThrow(() -> new IllegalArgumentException("there is no secret at " + asked)));
    }

    private static TrunkAuth auth(SipTrunk trunk, Optional<SipCredential> credential, SecretRef reference) {
        if (credential.isPresent()) {
            String user = credential.get().username();
            return trunk.registration() && trunk.inbound().isEmpty()
                    ? TrunkAuth.register(user, reference)
                    : TrunkAuth.digest(user, reference);
        }
        if (trunk.allowed().isEmpty()) {
            throw new IllegalArgumentException(
                    "trunk " + trunk.ref()
                            + " has no credential whose password is known, and no addresses of ours; one of them must prove us");
        }
        return TrunkAuth.ip(trunk.allowed());
    }

    private static int limit(SipTrunk trunk, int calls) {
        TrunkLimits limits = trunk.limits();
        Integer concurrent = limits == null ? null : limits.concurrentCalls();
        return concurrent == null ? calls : concurrent;
    }

    private static SipEndpoint encrypted(SipEndpoint server) {
        return server.transport() == SipTransport.TLS ? server : server.over(SipTransport.TLS);
    }

    /** The password is not shown. */
    @Override
    public String toString() {
        return "CarrierTrunk[" + profile.id() + "]";
    }
}
