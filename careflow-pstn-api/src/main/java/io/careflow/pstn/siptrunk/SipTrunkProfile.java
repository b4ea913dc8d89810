package io.careflow.pstn.siptrunk;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.trunk.IpRange;
import io.careflow.pstn.trunk.SipEndpoint;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A SIP trunk of a carrier that has no API: what the customer knows of it, from contract and portal. Enough to configure a PBX or
 * proxy from, to write numbers as the carrier wants them, to count its channels and to price its calls. Holds no secret, only
 * references to them. Immutable and thread-safe.
 *
 * <p>The constructor, the builder and the readers check everything together and list all problems in one {@link InvalidProfile}.
 *
 * @param id names the trunk everywhere: 1 to 40 lower-case letters, digits and inner dashes, starting with a letter
 * @param name what people call it
 * @param brand the carrier's name; may be empty
 * @param endpoints the carrier's servers that calls are sent to, at least one
 * @param outboundProxy the server over which all SIP to the carrier goes, or null
 * @param sources addresses from which the carrier sends calls, for allow lists; empty if it names none
 * @param auth how the carrier knows us
 * @param media how voice travels
 * @param numbering how numbers are written, and which may be shown
 * @param capacity how many calls go at once
 * @param pricing what it costs
 * @param numbers the numbers whose calls come over it
 * @param emergency whether emergency services can be called over it
 * @param health how its servers are watched
 */
public record SipTrunkProfile(
        String id,
        String name,
        String brand,
        List<SipEndpoint> endpoints,
        @Nullable SipEndpoint outboundProxy,
        List<IpRange> sources,
        TrunkAuth auth,
        TrunkMedia media,
        TrunkNumbering numbering,
        TrunkCapacity capacity,
        TrunkPricing pricing,
        List<TrunkNumber> numbers,
        TrunkEmergency emergency,
        TrunkHealth health) {

    /**
     * Checks everything together.
     *
     * @throws InvalidProfile listing all problems
     */
    public SipTrunkProfile {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(brand, "brand");
        endpoints = List.copyOf(endpoints);
        sources = List.copyOf(sources);
        Objects.requireNonNull(auth, "auth");
        Objects.requireNonNull(media, "media");
        Objects.requireNonNull(numbering, "numbering");
        Objects.requireNonNull(capacity, "capacity");
        Objects.requireNonNull(pricing, "pricing");
        numbers = List.copyOf(numbers);
        Objects.requireNonNull(emergency, "emergency");
        Objects.requireNonNull(health, "health");
        List<String> problems = new ProfileCheck(
                        id,
                        name,
                        brand,
                        endpoints,
                        outboundProxy,
                        sources,
                        auth,
                        media,
                        numbering,
                        capacity,
                        pricing,
                        numbers,
                        emergency,
                        health)
                .problems();
        if (!problems.isEmpty()) {
            throw new InvalidProfile(id, problems);
        }
    }

    /** Starts a profile. */
    public static SipTrunkBuilder builder(String id) {
        return new SipTrunkBuilder(id);
    }

    /** A builder that begins with everything of this profile. */
    public SipTrunkBuilder toBuilder() {
        return new SipTrunkBuilder(id)
                .name(name)
                .brand(brand)
                .endpoints(endpoints)
                .outboundProxy(outboundProxy)
                .sources(sources)
                .auth(auth)
                .media(media)
                .numbering(numbering)
                .capacity(capacity)
                .pricing(pricing)
                .numbers(numbers)
                .emergency(emergency)
                .health(health);
    }

    /** The numbers that may be shown: those that the profile allows, or else its own. */
    public Set<PhoneNumber> callerIds() {
        return numbering.callerIds().isEmpty()
                ? numbers.stream().map(TrunkNumber::number).collect(Collectors.toUnmodifiableSet())
                : numbering.callerIds();
    }

    /** What works but should be looked at: for logs and for {@code config check}. Empty if there is nothing. */
    public List<String> warnings() {
        return ProfileWarnings.of(this);
    }
}
