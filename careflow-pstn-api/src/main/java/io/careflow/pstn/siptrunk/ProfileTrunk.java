package io.careflow.pstn.siptrunk;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.error.UnsupportedFeature;
import io.careflow.pstn.trunk.SipCredential;
import io.careflow.pstn.trunk.SipEndpoint;
import io.careflow.pstn.trunk.SipTransport;
import io.careflow.pstn.trunk.SipTrunk;
import io.careflow.pstn.trunk.TrunkControl;
import io.careflow.pstn.trunk.TrunkKind;
import io.careflow.pstn.trunk.TrunkLimits;
import io.careflow.pstn.trunk.TrunkRef;
import io.careflow.pstn.trunk.TrunkRequest;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The trunk of a profile; it changes with the profile only. */
final class ProfileTrunk implements TrunkControl {
    private final ProviderId provider;
    private final SipTrunkProfile profile;

    ProfileTrunk(ProviderId provider, SipTrunkProfile profile) {
        this.provider = provider;
        this.profile = profile;
    }

    @Override
    public Set<TrunkKind> kinds() {
        return Set.of();
    }

    @Override
    public Optional<SipTrunk> fetch(TrunkRef trunk) {
        return list().stream().filter(known -> known.ref().equals(trunk)).findFirst();
    }

    @Override
    public List<SipTrunk> list() {
        TrunkAuth auth = profile.auth();
        String user = auth.digestUser();
        boolean secure = profile.media().srtp() == TrunkMedia.Srtp.REQUIRED
                && profile.endpoints().stream().allMatch(server -> server.transport() == SipTransport.TLS);
        return List.of(new SipTrunk(
                new TrunkRef(provider, profile.id()),
                TrunkKind.TRUNK,
                profile.name(),
                profile.endpoints().stream()
                        .sorted(Comparator.comparing(SipEndpoint::priority))
                        .toList(),
                List.of(),
                user == null ? List.of() : List.of(new SipCredential(user, null)),
                auth.localAddresses(),
                profile.sources(),
                secure,
                auth.mode() == TrunkAuth.Mode.REGISTER,
                profile.numbers().stream().map(TrunkNumber::number).toList(),
                new TrunkLimits(null, null, null, profile.capacity().maxConcurrent()),
                Map.of("brand", profile.brand(), "auth", auth.mode().name())));
    }

    @Override
    public SipTrunk create(TrunkRequest request) {
        throw refused("trunk.create", "making trunks at a carrier without an API");
    }

    @Override
    public void attach(TrunkRef trunk, PhoneNumber number) {
        throw refused("trunk.attach", "moving numbers at a carrier without an API");
    }

    @Override
    public void detach(TrunkRef trunk, PhoneNumber number) {
        throw refused("trunk.detach", "moving numbers at a carrier without an API");
    }

    @Override
    public void delete(TrunkRef trunk) {
        throw refused("trunk.delete", "deleting trunks at a carrier without an API");
    }

    @Override
    public void limit(TrunkRef trunk, TrunkLimits limits) {
        throw refused("trunk.limit", "limits at a carrier without an API; channels are counted by ChannelLeases");
    }

    private UnsupportedFeature refused(String operation, String feature) {
        return new UnsupportedFeature(provider, operation, feature, List.of("fetch", "list"));
    }
}
