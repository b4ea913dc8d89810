package io.careflow.pstn.siptrunk;

import io.careflow.pstn.trunk.SipTransport;
import java.util.ArrayList;
import java.util.List;

/** What works in a profile but should be looked at. */
final class ProfileWarnings {
    private ProfileWarnings() {}

    static List<String> of(SipTrunkProfile profile) {
        List<String> found = new ArrayList<>();
        boolean plain = profile.endpoints().stream().anyMatch(server -> server.transport() != SipTransport.TLS);
        TrunkMedia media = profile.media();
        if (media.srtp() != TrunkMedia.Srtp.NONE && media.keying() == TrunkMedia.Keying.SDES && plain) {
            found.add("media.srtp: keys travel readable, as not all endpoints have TLS");
        }
        if (!profile.emergency().supported()) {
            found.add("emergency: calls to emergency services are denied over this trunk;"
                    + " make sure that every site has another way to them. Where the carrier takes them:"
                    + " emergency.supported=true, and an emergencyAddress for each number");
        } else if (profile.numbers().stream().allMatch(number -> number.emergencyAddress() == null)) {
            found.add("emergency: no number has an address registered; help may be sent to the wrong place");
        }
        if (profile.callerIds().isEmpty()) {
            found.add(
                    "numbering.callerIds: no number may be shown, so no call can be placed; name numbers or callerIds");
        }
        if (profile.sources().isEmpty()) {
            found.add("sources: are not known; incoming calls can be told from strangers' only by a registration");
        }
        if (profile.pricing().model() == TrunkPricing.Model.UNKNOWN) {
            found.add("pricing: is unknown, so no call over this trunk has a price");
        }
        for (String prefix : profile.pricing().includedPrefixes()) {
            if (prefix.equals("1") && profile.pricing().excludedPrefixes().isEmpty()) {
                found.add("pricing.includedPrefixes: 1 is more than 20 countries and premium numbers;"
                        + " name what the flat rate does not cover as excludedPrefixes");
            }
        }
        return List.copyOf(found);
    }
}
