package io.careflow.pstn.siptrunk;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.error.UnsupportedFeature;
import io.careflow.pstn.number.AvailableNumber;
import io.careflow.pstn.number.NumberAtCarrier;
import io.careflow.pstn.number.NumberInventory;
import io.careflow.pstn.number.NumberOrder;
import io.careflow.pstn.number.NumberQuery;
import io.careflow.pstn.number.NumberSettings;
import java.util.List;
import java.util.Optional;

/** The numbers of a profile; they change with the profile only. */
final class ProfileNumbers implements NumberInventory {
    private final ProviderId provider;
    private final SipTrunkProfile profile;

    ProfileNumbers(ProviderId provider, SipTrunkProfile profile) {
        this.provider = provider;
        this.profile = profile;
    }

    @Override
    public Optional<NumberAtCarrier> find(PhoneNumber number) {
        return list().stream().filter(known -> known.number().equals(number)).findFirst();
    }

    @Override
    public List<NumberAtCarrier> list() {
        return profile.numbers().stream().map(this::number).toList();
    }

    @Override
    public List<AvailableNumber> search(NumberQuery query) {
        throw refused("number.search", "searching numbers at a carrier without an API");
    }

    @Override
    public NumberAtCarrier order(NumberOrder order) {
        throw refused("number.order", "ordering numbers at a carrier without an API");
    }

    @Override
    public NumberAtCarrier configure(PhoneNumber number, NumberSettings settings) {
        throw refused("number.configure", "changing numbers at a carrier without an API; the PBX routes their calls");
    }

    @Override
    public void release(PhoneNumber number) {
        throw refused("number.release", "releasing numbers at a carrier without an API");
    }

    private NumberAtCarrier number(TrunkNumber known) {
        return new NumberAtCarrier(
                known.number(),
                known.number().e164(),
                known.label(),
                NumberAtCarrier.Status.ACTIVE,
                "configured",
                known.features(),
                null,
                null,
                profile.id());
    }

    private UnsupportedFeature refused(String operation, String feature) {
        return new UnsupportedFeature(provider, operation, feature, List.of("find", "list"));
    }
}
