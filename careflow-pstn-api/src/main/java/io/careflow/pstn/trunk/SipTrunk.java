package io.careflow.pstn.trunk;

import io.careflow.pstn.PhoneNumber;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A SIP trunk, neutral of its carrier: enough to render the configuration of a PBX from it.
 *
 * @param ref which trunk
 * @param kind what it is to the carrier
 * @param name what people call it
 * @param outbound the carrier's servers that we send calls to, in order of priority
 * @param inbound our servers that the carrier sends calls to
 * @param credentials what we prove ourselves with; a password is there only where the carrier tells it or we made it just now
 * @param allowed addresses from which the carrier accepts our calls
 * @param sources addresses from which the carrier sends calls to us, for firewalls and allow lists; empty if it names none
 * @param secure whether TLS and SRTP are demanded
 * @param registration whether devices may register at it
 * @param numbers the numbers whose calls come over it
 * @param limits what the carrier lets it spend; null if it knows no such limits, or does not tell them here
 * @param details what else the carrier says of it, by the carrier's names; never holds secrets
 */
public record SipTrunk(
        TrunkRef ref,
        TrunkKind kind,
        String name,
        List<SipEndpoint> outbound,
        List<SipEndpoint> inbound,
        List<SipCredential> credentials,
        List<IpRange> allowed,
        List<IpRange> sources,
        boolean secure,
        boolean registration,
        List<PhoneNumber> numbers,
        @Nullable TrunkLimits limits,
        Map<String, String> details) {
    public SipTrunk {
        Objects.requireNonNull(ref, "ref");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(name, "name");
        outbound = List.copyOf(outbound);
        inbound = List.copyOf(inbound);
        credentials = List.copyOf(credentials);
        allowed = List.copyOf(allowed);
        sources = List.copyOf(sources);
        numbers = List.copyOf(numbers);
        details = Map.copyOf(details);
    }

    /** A trunk of whose limits nothing is known. */
    public SipTrunk(
            TrunkRef ref,
            TrunkKind kind,
            String name,
            List<SipEndpoint> outbound,
            List<SipEndpoint> inbound,
            List<SipCredential> credentials,
            List<IpRange> allowed,
            List<IpRange> sources,
            boolean secure,
            boolean registration,
            List<PhoneNumber> numbers,
            Map<String, String> details) {
        this(
                ref,
                kind,
                name,
                outbound,
                inbound,
                credentials,
                allowed,
                sources,
                secure,
                registration,
                numbers,
                null,
                details);
    }
}
