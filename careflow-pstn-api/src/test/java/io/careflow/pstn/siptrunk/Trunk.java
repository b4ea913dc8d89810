package io.careflow.pstn.siptrunk;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.money.Money;
import io.careflow.pstn.rating.Rate;
import io.careflow.pstn.trunk.IpRange;
import io.careflow.pstn.trunk.SipEndpoint;
import java.util.List;
import java.util.Set;

/** A trunk of tests. */
final class Trunk {
    static final PhoneNumber OURS = new PhoneNumber("+14165550100");
    static final PhoneNumber FOREIGN = new PhoneNumber("+12125550100");
    static final TrunkAuth REGISTER = TrunkAuth.register("100000_pbx", new SecretRef("env:TRUNK_PASSWORD"));

    private Trunk() {}

    static SipTrunkBuilder builder() {
        return SipTrunkProfile.builder("siproute")
                .brand("SIPROUTE")
                .endpoint(SipEndpoint.of("sip.carrier.example"))
                .source("192.0.2.0/24")
                .auth(REGISTER)
                .capacity(TrunkCapacity.of(4))
                .number(OURS);
    }

    static TrunkAuth prefixed() {
        return TrunkAuth.ip(List.of(IpRange.parse("192.0.2.10")), new TrunkAuth.TechPrefix("12345678", "*"));
    }

    /** 24.99 USD for each of 4 channels, Canada and the States without premium numbers, Jamaica priced. */
    static TrunkPricing flat() {
        return TrunkPricing.flatPerChannel(Money.of("24.99", "USD"), 4, Set.of("1"), Set.of("1900", "1876", "1242"))
                .rates(List.of(Rate.builder("1876")
                        .perMinute("0.30")
                        .increments(60, 60)
                        .build()));
    }
}
