package io.careflow.pstn.siptrunk;

import io.careflow.pstn.Capability;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.PstnProvider;
import io.careflow.pstn.account.Prices;
import io.careflow.pstn.error.UnsupportedCapability;
import io.careflow.pstn.number.NumberInventory;
import io.careflow.pstn.trunk.TrunkControl;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A carrier without an API as a provider: knows what its {@link SipTrunkProfile} says and can change nothing. Numbers and the trunk
 * itself can be listed; prices are those of the profile. Everything that would need the carrier is refused before any I/O: calls go
 * through a PBX, so join it with one by {@link io.careflow.pstn.CompositeProvider}. It has no balance, no call records, no recordings
 * and no texts. Immutable and thread-safe; closing it does nothing.
 */
public final class SipTrunkProvider implements PstnProvider {
    private static final String HINT =
            "a SIP trunk without an API only carries calls: they are placed and watched by a PBX, such as careflow-pstn-asterisk,"
                    + " joined with it by CompositeProvider";

    private final SipTrunkProfile profile;
    private final ProviderId id;
    private final List<Capability> capabilities;

    private SipTrunkProvider(SipTrunkProfile profile) {
        this.profile = profile;
        this.id = new ProviderId(profile.id());
        this.capabilities =
                List.of(new ProfileNumbers(id, profile), new ProfileTrunk(id, profile), new ProfilePrices(profile));
    }

    /** The provider of this trunk; its id is that of the profile. */
    public static SipTrunkProvider of(SipTrunkProfile profile) {
        return new SipTrunkProvider(Objects.requireNonNull(profile, "profile"));
    }

    /** What it knows. */
    public SipTrunkProfile profile() {
        return profile;
    }

    @Override
    public ProviderId id() {
        return id;
    }

    /** {@link NumberInventory} and {@link TrunkControl}, of both only what reads, and {@link Prices}. */
    @Override
    public <T extends Capability> Optional<T> find(Class<T> capability) {
        return capabilities.stream()
                .filter(capability::isInstance)
                .map(capability::cast)
                .findFirst();
    }

    @Override
    public <T extends Capability> T require(Class<T> capability) {
        return find(capability).orElseThrow(() -> new UnsupportedCapability(id, capability, HINT));
    }

    @Override
    public void close() {
        // There is nothing to release.
    }

    @Override
    public String toString() {
        return "SipTrunkProvider[" + id + "]";
    }
}
