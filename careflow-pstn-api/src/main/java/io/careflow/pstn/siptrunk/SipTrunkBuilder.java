package io.careflow.pstn.siptrunk;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.trunk.IpRange;
import io.careflow.pstn.trunk.SipEndpoint;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Collects the parts of a {@link SipTrunkProfile}. Endpoints, {@link #auth} and {@link #capacity} must be given; the rest has usual
 * values. Not thread-safe.
 *
 * <pre>{@code
 * SipTrunkProfile trunk = SipTrunkProfile.builder("siproute")
 *     .brand("SIPROUTE")
 *     .endpoint(SipEndpoint.of("sip.of-your-contract.example"))
 *     .auth(TrunkAuth.register("your-user", new SecretRef("env:SIPROUTE_PASSWORD")))
 *     .capacity(TrunkCapacity.of(4))
 *     .number(new PhoneNumber("+14165550100"))
 *     .build();
 * }</pre>
 */
public final class SipTrunkBuilder {
    private final String id;
    private @Nullable String name;
    private String brand = "";
    private List<SipEndpoint> endpoints = List.of();
    private @Nullable SipEndpoint outboundProxy;
    private List<IpRange> sources = List.of();
    private @Nullable TrunkAuth auth;
    private TrunkMedia media = TrunkMedia.USUAL;
    private TrunkNumbering numbering = TrunkNumbering.E164;
    private @Nullable TrunkCapacity capacity;
    private TrunkPricing pricing = TrunkPricing.UNKNOWN;
    private List<TrunkNumber> numbers = List.of();
    private TrunkEmergency emergency = TrunkEmergency.DENIED;
    private TrunkHealth health = TrunkHealth.USUAL;

    SipTrunkBuilder(String id) {
        this.id = Objects.requireNonNull(id, "id");
    }

    /** What people call it; the id if not set. */
    public SipTrunkBuilder name(String value) {
        name = Objects.requireNonNull(value, "name");
        return this;
    }

    /** The carrier's name. */
    public SipTrunkBuilder brand(String value) {
        brand = Objects.requireNonNull(value, "brand");
        return this;
    }

    /** One more server of the carrier. */
    public SipTrunkBuilder endpoint(SipEndpoint value) {
        endpoints = plus(endpoints, value);
        return this;
    }

    /** The carrier's servers, all of them. */
    public SipTrunkBuilder endpoints(List<SipEndpoint> value) {
        endpoints = List.copyOf(value);
        return this;
    }

    /** The server over which all SIP to the carrier goes, or null. */
    public SipTrunkBuilder outboundProxy(@Nullable SipEndpoint value) {
        outboundProxy = value;
        return this;
    }

    /** One more range of addresses from which the carrier sends calls, such as {@code 192.0.2.0/24}. */
    public SipTrunkBuilder source(String range) {
        sources = plus(sources, IpRange.parse(range));
        return this;
    }

    /** The addresses from which the carrier sends calls, all of them. */
    public SipTrunkBuilder sources(List<IpRange> value) {
        sources = List.copyOf(value);
        return this;
    }

    /** How the carrier knows us. */
    public SipTrunkBuilder auth(TrunkAuth value) {
        auth = Objects.requireNonNull(value, "auth");
        return this;
    }

    /** How voice travels; {@link TrunkMedia#USUAL} if not set. */
    public SipTrunkBuilder media(TrunkMedia value) {
        media = Objects.requireNonNull(value, "media");
        return this;
    }

    /** How numbers are written; {@link TrunkNumbering#E164} if not set. */
    public SipTrunkBuilder numbering(TrunkNumbering value) {
        numbering = Objects.requireNonNull(value, "numbering");
        return this;
    }

    /** How many calls go at once. */
    public SipTrunkBuilder capacity(TrunkCapacity value) {
        capacity = Objects.requireNonNull(value, "capacity");
        return this;
    }

    /** What it costs; unknown if not set. */
    public SipTrunkBuilder pricing(TrunkPricing value) {
        pricing = Objects.requireNonNull(value, "pricing");
        return this;
    }

    /** One more number whose calls come over it. */
    public SipTrunkBuilder number(PhoneNumber value) {
        return number(TrunkNumber.of(value));
    }

    /** One more number whose calls come over it. */
    public SipTrunkBuilder number(TrunkNumber value) {
        numbers = plus(numbers, value);
        return this;
    }

    /** The numbers whose calls come over it, all of them. */
    public SipTrunkBuilder numbers(List<TrunkNumber> value) {
        numbers = List.copyOf(value);
        return this;
    }

    /** Whether emergency services can be called over it; denied if not set. */
    public SipTrunkBuilder emergency(TrunkEmergency value) {
        emergency = Objects.requireNonNull(value, "emergency");
        return this;
    }

    /** How its servers are watched; {@link TrunkHealth#USUAL} if not set. */
    public SipTrunkBuilder health(TrunkHealth value) {
        health = Objects.requireNonNull(value, "health");
        return this;
    }

    /**
     * The profile.
     *
     * @throws InvalidProfile listing all problems
     */
    public SipTrunkProfile build() {
        List<String> problems = check().problems();
        if (auth == null || capacity == null || !problems.isEmpty()) {
            throw new InvalidProfile(id, problems);
        }
        return new SipTrunkProfile(
                id,
                name(),
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
                health);
    }

    /** What {@link #build} would object to. */
    ProfileCheck check() {
        return new ProfileCheck(
                id,
                name(),
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
                health);
    }

    TrunkMedia media() {
        return media;
    }

    TrunkNumbering numbering() {
        return numbering;
    }

    private String name() {
        return name == null ? id : name;
    }

    private static <T> List<T> plus(List<T> list, T more) {
        return Stream.concat(list.stream(), Stream.of(more)).toList();
    }
}
